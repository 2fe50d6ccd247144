import { inverse2, multiply2, openField } from './field.ts';
import { bigIntOf, bytesOf, fitted, type PrecompileRun } from './precompileRun.ts';
import type { PrecompileInstance } from './wasm.ts';

/** Gas of the three precompiles: EIP-196 and EIP-197, then EIP-1108. */
export interface Bn254Prices {
  readonly add: bigint;
  readonly multiply: bigint;
  readonly pairing: bigint;
  readonly pair: bigint;
}

const P = 21888242871839275222246405745257275088696311157297823662689037894645226208583n;
const R = 21888242871839275222246405745257275088548364400416034343698204186575808495617n;
const XI = [9n, 1n] as const;
const BETA = 2203960485148121921418603742825762020974279258880205651966n;

let opened: PrecompileInstance | undefined;

function instance(): PrecompileInstance {
  opened ??= openField({
    p: P,
    b: 3n,
    beta: BETA,
    twist: { b: multiply2([3n, 0n], inverse2(XI, P), P), xi: XI, isDivided: true },
  });
  return opened;
}

/** 0x06: sum of two points. */
export function bn254Add({ add: gasUsed }: Bn254Prices): PrecompileRun {
  return (input, gas) => {
    if (gas < gasUsed) return undefined;
    const curve = instance();
    curve.put(fitted(input, 128));
    return curve.exports.addPoints(false) === 1 ? { gasUsed, output: curve.take(64) } : undefined;
  };
}

/** 0x07: multiple of a point. */
export function bn254Multiply({ multiply: gasUsed }: Bn254Prices): PrecompileRun {
  return (input, gas) => {
    if (gas < gasUsed) return undefined;
    const curve = instance();
    curve.put(fitted(input, 96));
    curve.exports.beginSum(false);
    if (curve.exports.readPoint(0, false) === 0) return undefined;
    addMultiple(curve, bigIntOf(fitted(input, 96).subarray(64)) % R);
    curve.exports.finishSum();
    return { gasUsed, output: curve.take(64) };
  };
}

/** A short basis of the (a, b) with a + bλ = 0 modulo the order, λ being what the endomorphism multiplies by (Gallant, Lambert and Vanstone). */
const LATTICE = [
  [9931322734385697763n, -147946756881789319000765030803803410728n],
  [147946756881789319010696353538189108491n, 9931322734385697763n],
] as const;

const divideRounded = (a: bigint): bigint => (2n * a + (a < 0n ? -R : R)) / (2n * R);
const magnitude = (a: bigint): bigint => (a < 0n ? -a : a);

/** Where two scalars lie in the input region. */
const SCALARS = 256;

/** k·P as k₁·P + k₂·φ(P), both half as long. */
function addMultiple(curve: PrecompileInstance, k: bigint): void {
  const [first, second] = LATTICE;
  const c1 = divideRounded(second[1] * k);
  const c2 = divideRounded(-first[1] * k);
  const k1 = k - c1 * first[0] - c2 * second[0];
  const k2 = -c1 * first[1] - c2 * second[1];
  curve.put(bytesOf(magnitude(k1), 17), SCALARS);
  curve.put(bytesOf(magnitude(k2), 17), SCALARS + 17);
  curve.exports.addTerm(k1 < 0n, SCALARS, 17);
  curve.exports.addImageTerm(k1 < 0n !== k2 < 0n, SCALARS + 17, 17);
}

const PAIR = 192;

/** 0x08: whether the product of pairings is one. */
export function bn254Pairing({ pairing, pair }: Bn254Prices): PrecompileRun {
  return (input, gas) => {
    if (input.length % PAIR !== 0) return undefined;
    const gasUsed = pairing + pair * BigInt(input.length / PAIR);
    if (gas < gasUsed) return undefined;
    const curve = instance();
    curve.exports.beginPairing();
    for (let at = 0; at < input.length; at += PAIR) {
      curve.put(input.subarray(at, at + PAIR));
      if (curve.exports.takePair() === 0) return undefined;
    }
    return { gasUsed, output: bytesOf(BigInt(curve.exports.isProductOne()), 32) };
  };
}
