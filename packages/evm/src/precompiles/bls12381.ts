import { type Fp2, openField, powerModulo } from './field.ts';
import { G1_ISOGENY, G2_ISOGENY } from './isogenies.ts';
import { bigIntOf, bytesOf, type PrecompileRun } from './precompileRun.ts';
import type { PrecompileInstance } from './wasm.ts';

/** Of the field's elements. */
export const P = 0x1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaabn;
/** Of the groups' points. */
export const SUBGROUP = 0x73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001n;
/** |x| of the family; x is negative. */
const X = 0xd201000000010000n;
/** Cube root of one with x²·(a, b) = −(βa, b) in the subgroup. */
const BETA = powerModulo(2n, (P - 1n) / 3n, P);

const pairs = (hex: readonly string[]): Fp2[] =>
  hex.flatMap((real, i) => (i % 2 === 0 ? [[BigInt(`0x${real}`), BigInt(`0x${hex[i + 1]}`)] as const] : []));

const HALF = (P + 1n) / 2n;
const rootOf = (square: bigint): bigint => powerModulo(square, (P + 1n) / 4n, P);

let opened: PrecompileInstance | undefined;

/** Curve, twist and pairing; and the maps onto both (RFC 9380, 8.8): A, B, Z, one half, and a root of −Z or of its norm's negative. */
function instance(): PrecompileInstance {
  opened ??= openField({
    p: P,
    isWide: true,
    b: 4n,
    beta: BETA,
    twist: { b: [4n, 4n], xi: [1n, 1n], isDivided: false },
    maps: {
      onCurve: [
        0x144698a3b8e9433d693a02c96d4982b0ea985383ee66a8d8e8981aefd881ac98936f8da0e0f97f5cf428082d584c1dn,
        0x12e2908d11688030018b12e8753eee3b2016c1f0f24f4070a0b9c14fcef35ef55a23215a316ceaa5d1cc48e98e172be0n,
        11n,
        HALF,
        rootOf(P - 11n),
        ...G1_ISOGENY.map((hex) => BigInt(`0x${hex}`)),
      ],
      onTwist: [[0n, 240n], [1012n, 1012n], [P - 2n, P - 1n], [HALF, 0n], [rootOf(P - 5n), 0n], ...pairs(G2_ISOGENY)],
    },
  });
  return opened;
}

/** What differs between G1, on the curve, and G2, on its twist. Gas, and thousandths of it per term of a sum (EIP-2537). */
export interface BlsGroup {
  readonly isTwist: boolean;
  /** Bytes of an encoded point. */
  readonly point: number;
  readonly add: bigint;
  readonly multiply: bigint;
  readonly discounts: readonly number[];
  readonly map: bigint;
}

/** 0x0b, 0x0d: sum of two points of the curve. */
export function blsAdd({ isTwist, point, add: gasUsed }: BlsGroup): PrecompileRun {
  return (input, gas) => {
    if (gas < gasUsed || input.length !== 2 * point) return undefined;
    const curve = instance();
    curve.put(input);
    return curve.exports.addPoints(isTwist) === 1 ? { gasUsed, output: curve.take(point) } : undefined;
  };
}

const SCALARS = 512;

/** k·P by the endomorphism, which is −x² on G1 and x on G2 and so is cheaper than multiplying by the digits' base. */
function addMultiple(curve: PrecompileInstance, { isTwist }: Pick<BlsGroup, 'isTwist'>, k: bigint): void {
  const [base, bytes] = isTwist ? [X, 8] : [X * X, 16];
  let rest = k;
  for (let i = 0; rest > 0n; i++) {
    curve.put(bytesOf(rest % base, bytes), SCALARS);
    // Each application brings the base and a change of sign.
    if (i === 0) curve.exports.addTerm(false, SCALARS, bytes);
    else curve.exports.addImageTerm(true, SCALARS, bytes);
    rest /= base;
  }
}

/**
 * Sum of multiples of points of a group.
 * @param input point and scalar of 32 bytes, one after the other. @returns undefined where one is no point of the group.
 */
export function sumOfMultiples(group: Pick<BlsGroup, 'isTwist' | 'point'>, input: Uint8Array): Uint8Array | undefined {
  const { isTwist, point } = group;
  const curve = instance();
  curve.exports.beginSum(isTwist);
  for (let at = 0; at < input.length; at += point + 32) {
    curve.put(input.subarray(at, at + point));
    if (curve.exports.readPoint(0, true) === 0) return undefined;
    addMultiple(curve, group, bigIntOf(input.subarray(at + point, at + point + 32)) % SUBGROUP);
  }
  curve.exports.finishSum();
  return curve.take(point);
}

/** 0x0c, 0x0e: sum of multiples of points of the group. */
export function blsSum(group: BlsGroup): PrecompileRun {
  const { point, multiply, discounts } = group;
  const term = point + 32;
  return (input, gas) => {
    if (input.length === 0 || input.length % term !== 0) return undefined;
    const terms = input.length / term;
    const discount = discounts[Math.min(terms, discounts.length) - 1] as number;
    const gasUsed = (BigInt(terms) * multiply * BigInt(discount)) / 1000n;
    const output = gas < gasUsed ? undefined : sumOfMultiples(group, input);
    return output && { gasUsed, output };
  };
}

/** 0x10, 0x11: the point of the group that a field element goes to. */
export function blsMap({ isTwist, point, map: gasUsed }: BlsGroup): PrecompileRun {
  return (input, gas) => {
    if (gas < gasUsed || input.length !== point / 2) return undefined;
    const curve = instance();
    curve.put(input);
    return curve.exports.mapToPoint(isTwist) === 1 ? { gasUsed, output: curve.take(point) } : undefined;
  };
}

const PAIR = 384;

/**
 * Whether the product of pairings is one.
 * @param input pairs of a point of G1 and one of G2. @returns undefined where one is no point of its group.
 */
export function isPairingProductOne(input: Uint8Array): boolean | undefined {
  const curve = instance();
  curve.exports.beginPairing();
  for (let at = 0; at < input.length; at += PAIR) {
    curve.put(input.subarray(at, at + PAIR));
    if (curve.exports.takePair() === 0) return undefined;
  }
  return curve.exports.isProductOne() === 1;
}

/** 0x0f: whether the product of pairings is one. */
export function blsPairing(base: bigint, pair: bigint): PrecompileRun {
  return (input, gas) => {
    if (input.length === 0 || input.length % PAIR !== 0) return undefined;
    const gasUsed = base + pair * BigInt(input.length / PAIR);
    const isOne = gas < gasUsed ? undefined : isPairingProductOne(input);
    return isOne === undefined ? undefined : { gasUsed, output: bytesOf(isOne ? 1n : 0n, 32) };
  };
}
