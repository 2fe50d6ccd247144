import { constants, createPublicKey, publicEncrypt } from 'node:crypto';
import { powerModulo } from './field.ts';
import { bigIntOf, bytesOf, NOTHING, type PrecompileRun } from './precompileRun.ts';
import { INPUT_ROOM, plainInstance } from './wasm.ts';

/** How modular exponentiation is priced and bounded. */
export interface ModexpRules {
  /** Gas for operands of so many bytes (the longer of base and modulus), and the iterations that the exponent stands for. */
  price(length: bigint, iterations: bigint): bigint;
  /** Iterations for each byte of the exponent behind the first 32. */
  readonly perByte: bigint;
  /** Longest base, exponent and modulus (EIP-7823). */
  readonly maxLength?: bigint;
}

const atLeast = (floor: bigint, value: bigint): bigint => (value < floor ? floor : value);
const wordsSquared = (length: bigint): bigint => ((length + 7n) / 8n) ** 2n;

function complexity(length: bigint): bigint {
  if (length <= 64n) return length ** 2n;
  return length <= 1024n ? length ** 2n / 4n + 96n * length - 3072n : length ** 2n / 16n + 480n * length - 199_680n;
}

export const EIP_198: ModexpRules = {
  price: (length, iterations) => (complexity(length) * iterations) / 20n,
  perByte: 8n,
};
export const EIP_2565: ModexpRules = {
  price: (length, iterations) => atLeast(200n, (wordsSquared(length) * iterations) / 3n),
  perByte: 8n,
};
/** With EIP-7823, which came in the same fork. */
export const EIP_7883: ModexpRules = {
  price: (length, iterations) => atLeast(500n, (length > 32n ? 2n * wordsSquared(length) : 16n) * iterations),
  perByte: 16n,
  maxLength: 1024n,
};

/** Longer operands cost more gas than anyone has, and would not fit in memory. */
const LONGEST = 1n << 26n;

/** Bytes of the input, with zeros behind its end. */
function slice(input: Uint8Array, from: number, length: number): Uint8Array {
  const bytes = input.subarray(from, from + length);
  if (bytes.length === length) return bytes;
  const padded = new Uint8Array(length);
  padded.set(bytes);
  return padded;
}

function iterationsOf(head: bigint, exponentLength: bigint, perByte: bigint): bigint {
  const highest = head === 0n ? 0n : BigInt(head.toString(2).length - 1);
  const behind = exponentLength > 32n ? perByte * (exponentLength - 32n) : 0n;
  return atLeast(1n, highest + behind);
}

type Lengths = [base: bigint, exponent: bigint, modulus: bigint];

function gasFor(input: Uint8Array, [base, exponent, modulus]: Lengths, rules: ModexpRules): bigint {
  const headLength = exponent < 32n ? Number(exponent) : 32;
  // A base longer than this leaves nothing of the input for the exponent.
  const exponentAt = base > LONGEST ? input.length : 96 + Number(base);
  const head = bigIntOf(slice(input, exponentAt, headLength));
  return rules.price(base > modulus ? base : modulus, iterationsOf(head, exponent, rules.perByte));
}

/** 0x05: base^exponent modulo a number, all of any length (EIP-198). */
export function modexp(rules: ModexpRules): PrecompileRun {
  const { maxLength } = rules;
  return (input, gas) => {
    const lengths = [0, 32, 64].map((at) => bigIntOf(slice(input, at, 32))) as Lengths;
    if (maxLength !== undefined && lengths.some((length) => length > maxLength)) return undefined;
    const gasUsed = gasFor(input, lengths, rules);
    if (gas < gasUsed) return undefined;
    if (lengths[2] === 0n) return { gasUsed, output: NOTHING };
    if (lengths.some((length) => length > LONGEST)) return undefined;
    const [b, e, m] = lengths.map(Number) as [number, number, number];
    const modulus = bigIntOf(slice(input, 96 + b + e, m));
    const base = bigIntOf(slice(input, 96, b));
    return { gasUsed, output: bytesOf(power(base, slice(input, 96 + b, e), modulus), m) };
  };
}

/** base^exponent mod modulus; zero for a modulus of zero. */
function power(base: bigint, exponentBytes: Uint8Array, modulus: bigint): bigint {
  if (modulus <= 1n) return 0n;
  const start = exponentBytes.findIndex((byte) => byte !== 0);
  if (start === -1) return 1n;
  const exponent = exponentBytes.subarray(start);
  if ((modulus & 1n) === 1n) return powerOdd(base, exponent, modulus);
  return powerEven(base, exponent, modulus);
}

/** By the Chinese remainder theorem from the odd part of the modulus and the power of two. */
function powerEven(base: bigint, exponent: Uint8Array, modulus: bigint): bigint {
  let twos = 0;
  while (BigInt.asUintN(32, modulus >> BigInt(twos)) === 0n) twos += 32;
  while (((modulus >> BigInt(twos)) & 1n) === 0n) twos++;
  const odd = modulus >> BigInt(twos);
  const low = powerOfTwo(base, bigIntOf(exponent), twos);
  if (odd === 1n) return low;
  const rest = powerOdd(base, exponent, odd);
  let inverse = 1n;
  for (let bits = 1; bits < twos; bits *= 2) inverse = BigInt.asUintN(twos, inverse * (2n - odd * inverse));
  return rest + odd * BigInt.asUintN(twos, (low - rest) * inverse);
}

/** Modulo 2^bits. */
function powerOfTwo(base: bigint, exponent: bigint, bits: number): bigint {
  const reduced = BigInt.asUintN(bits, base);
  let result = 1n;
  for (const digit of exponent.toString(2)) {
    result = BigInt.asUintN(bits, result * result);
    if (digit === '1') result = BigInt.asUintN(bits, result * reduced);
  }
  return result;
}

function powerOdd(base: bigint, exponent: Uint8Array, modulus: bigint): bigint {
  const bytes = bytesOf(modulus, Math.ceil(modulus.toString(16).length / 2));
  const reduced = base % modulus;
  // OpenSSL wants an exponent below the modulus.
  if (exponent.length === bytes.length && Buffer.compare(exponent, bytes) >= 0) {
    const half = bigIntOf(exponent) >> 1n;
    const root = powerOdd(reduced, bytesOf(half, exponent.length), modulus);
    return (root * root * ((exponent[exponent.length - 1] as number) % 2 === 1 ? reduced : 1n)) % modulus;
  }
  return (
    powerByOpenSsl(reduced, exponent, bytes) ??
    powerByWasm(reduced, exponent, bytes, modulus) ??
    powerModulo(reduced, bigIntOf(exponent), modulus)
  );
}

/** From so many multiplications of 64-bit words on, OpenSSL is quicker although it wants a key made of the numbers. */
const WORTH_A_KEY = 12_000;

/**
 * An RSA encryption without padding is a modular exponentiation, and OpenSSL's is in assembly.
 * @returns undefined where it is not worth it, or OpenSSL does not take the numbers as a key.
 */
function powerByOpenSsl(base: bigint, exponent: Uint8Array, modulus: Uint8Array): bigint | undefined {
  const isTaken = modulus.length >= 64 && (modulus.length <= 384 || (exponent.length <= 8 && modulus.length <= 2048));
  if (!isTaken || 8 * exponent.length * (modulus.length / 8) ** 2 < WORTH_A_KEY) return undefined;
  try {
    const jwk = {
      kty: 'RSA',
      n: Buffer.from(modulus).toString('base64url'),
      e: Buffer.from(exponent).toString('base64url'),
    };
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    return bigIntOf(publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, bytesOf(base, modulus.length)));
  } catch {
    return undefined;
  }
}

/** Bits of the limbs that `assembly/precompiles/modexp.ts` takes a modulus of so many bytes in. */
const limbBits = (length: number): number => (8 * length <= 28 * 128 ? 28 : 26);

function powerByWasm(base: bigint, exponent: Uint8Array, modulus: Uint8Array, value: bigint): bigint | undefined {
  const { length } = modulus;
  const instance = plainInstance();
  if (length > instance.exports.modexpRoom() || 3 * length + exponent.length > INPUT_ROOM) return undefined;
  const bits = limbBits(length);
  const radix = bits * Math.ceil((8 * length) / bits);
  instance.put(modulus);
  instance.put(bytesOf(base, length), length);
  instance.put(bytesOf((1n << BigInt(2 * radix)) % value, length), 2 * length);
  instance.put(exponent, 3 * length);
  instance.exports.modexp(length, exponent.length);
  return bigIntOf(instance.takeInput(length));
}
