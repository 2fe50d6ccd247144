import { PrecompileInstance } from './wasm.ts';

/** a + b·u with u² = −1. */
export type Fp2 = readonly [bigint, bigint];

/** Constants of a curve y² = x³ (− 3x) + b, and of its pairing where it has one. */
export interface CurveParameters {
  readonly p: bigint;
  /** 381 bits, and elements of 64 bytes; else up to 256 bits, and 32 bytes. */
  readonly isWide?: boolean;
  readonly isMinusThree?: boolean;
  readonly b?: bigint;
  /** Cube root of one: (x, y) → (βx, y) is the endomorphism. */
  readonly beta?: bigint;
  readonly twist?: {
    readonly b: Fp2;
    /** The tower's ξ. */
    readonly xi: Fp2;
    /** Whether b of the twist is b/ξ; else it is b·ξ. */
    readonly isDivided: boolean;
  };
  /** Constants of the maps from field elements, in the order of `assembly/precompiles/map.ts`. */
  readonly maps?: { readonly onCurve: readonly bigint[]; readonly onTwist: readonly Fp2[] };
}

const CONSTANTS = [
  'p',
  'negativeInverse',
  'inverse',
  'reciprocal',
  'r2',
  'r3',
  'one',
  'b',
  'beta',
  'bTwist',
  'psi',
  'frobenius',
  'exponent',
  'mapG1',
  'mapG2',
] as const;

export const modulo = (value: bigint, p: bigint): bigint => {
  const rest = value % p;
  return rest < 0n ? rest + p : rest;
};

export function powerModulo(base: bigint, exponent: bigint, p: bigint): bigint {
  let [result, square] = [1n % p, modulo(base, p)];
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * square) % p;
    square = (square * square) % p;
  }
  return result;
}

export function multiply2(a: Fp2, b: Fp2, p: bigint): Fp2 {
  return [modulo(a[0] * b[0] - a[1] * b[1], p), modulo(a[0] * b[1] + a[1] * b[0], p)];
}

export function inverse2(a: Fp2, p: bigint): Fp2 {
  const norm = powerModulo(a[0] * a[0] + a[1] * a[1], p - 2n, p);
  return [modulo(a[0] * norm, p), modulo(-a[1] * norm, p)];
}

function power2(base: Fp2, exponent: bigint, p: bigint): Fp2 {
  let [result, square]: [Fp2, Fp2] = [[1n, 0n], base];
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = multiply2(result, square, p);
    square = multiply2(square, square, p);
  }
  return result;
}

/** Writes field elements into an instance as its limbs. */
class ConstantWriter {
  readonly #view: DataView;
  readonly #addressOf: (index: number) => number;
  readonly #p: bigint;
  readonly #count: number;
  readonly #bits: bigint;

  constructor(instance: PrecompileInstance, { p, isWide = false }: CurveParameters) {
    this.#view = new DataView(instance.exports.memory.buffer);
    this.#addressOf = (index) => instance.exports.constantAddress(index);
    this.#p = p;
    this.#count = isWide ? 14 : 10;
    this.#bits = isWide ? 28n : 26n;
  }

  number(name: (typeof CONSTANTS)[number], value: bigint): void {
    this.#view.setBigInt64(this.#addressOf(CONSTANTS.indexOf(name)), value, true);
  }

  /** @param index of the element where several lie one behind the other. */
  plain(name: (typeof CONSTANTS)[number], value: bigint, index = 0): void {
    const address = this.#addressOf(CONSTANTS.indexOf(name)) + index * 8 * this.#count;
    for (let i = 0; i < this.#count; i++) {
      const limb = BigInt.asUintN(Number(this.#bits), value >> (this.#bits * BigInt(i)));
      this.#view.setBigInt64(address + 8 * i, limb, true);
    }
  }

  element(name: (typeof CONSTANTS)[number], value: bigint, index = 0): void {
    this.plain(name, (value << (this.#bits * BigInt(this.#count))) % this.#p, index);
  }

  pair(name: (typeof CONSTANTS)[number], [real, imaginary]: Fp2, index = 0): void {
    this.element(name, real, 2 * index);
    this.element(name, imaginary, 2 * index + 1);
  }

  /** Most significant byte first. */
  bytes(name: (typeof CONSTANTS)[number], value: bigint, length: number): void {
    const address = this.#addressOf(CONSTANTS.indexOf(name));
    for (let i = 0; i < length; i++)
      this.#view.setUint8(address + length - 1 - i, Number((value >> BigInt(8 * i)) & 255n));
  }

  montgomery(): void {
    const limb = 1n << this.#bits;
    const radix = 1n << (this.#bits * BigInt(this.#count));
    const inverse = powerModulo(this.#p, limb / 2n - 1n, limb);
    this.plain('p', this.#p);
    this.number('inverse', inverse);
    this.number('negativeInverse', limb - inverse);
    this.number('reciprocal', (1n << (40n + this.#bits * BigInt(this.#count - 1))) / this.#p);
    this.plain('r2', (radix * radix) % this.#p);
    this.plain('r3', (radix * radix * radix) % this.#p);
    this.element('one', 1n);
  }
}

/** A module instance that computes in the field, and on the curves, described. Takes a millisecond or two. */
export function openField(parameters: CurveParameters): PrecompileInstance {
  const { p, isWide = false, isMinusThree = false, b = 0n, beta = 0n, twist, maps } = parameters;
  const instance = new PrecompileInstance();
  instance.exports.configure(isWide, isMinusThree);
  const writer = new ConstantWriter(instance, parameters);
  writer.montgomery();
  writer.element('b', b);
  writer.element('beta', beta);
  if (maps !== undefined) {
    writer.bytes('exponent', (p - 3n) / 4n, 48);
    for (const [i, value] of maps.onCurve.entries()) writer.element('mapG1', value, i);
    for (const [i, value] of maps.onTwist.entries()) writer.pair('mapG2', value, i);
  }
  if (twist !== undefined) writeTwist(writer, twist, p);
  return instance;
}

function writeTwist(writer: ConstantWriter, twist: NonNullable<CurveParameters['twist']>, p: bigint): void {
  writer.pair('bTwist', twist.b);
  const root = power2(twist.xi, (p - 1n) / 6n, p);
  const powers = [root];
  for (let i = 1; i < 5; i++) powers.push(multiply2(powers[i - 1] as Fp2, root, p));
  for (const [i, power] of powers.entries()) writer.pair('frobenius', power, i);
  for (const [i, power] of powers.slice(1, 3).entries())
    writer.pair('psi', twist.isDivided ? power : inverse2(power, p), i);
}
