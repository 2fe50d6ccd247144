import { openField } from './field.ts';
import { bigIntOf, bytesOf, NOTHING, type PrecompileRun } from './precompileRun.ts';
import type { PrecompileInstance } from './wasm.ts';

const P = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;
const GENERATOR = Buffer.from(
  '6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c2964fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5',
  'hex',
);
const GAS = 6900n;
const VALID = bytesOf(1n, 32);

let curve: PrecompileInstance | undefined;
let scalars: PrecompileInstance | undefined;

/** Where things lie in the curve's input region. */
const AT = { u1: 64, u2: 96, r: 128 };

/** Whether x of u1·G + u2·Q is r modulo the order. `node:crypto` cannot say: it hashes whatever it verifies. */
function isValid(input: Uint8Array): boolean {
  scalars ??= openField({ p: N });
  scalars.put(input.subarray(0, 96));
  if (scalars.exports.divideBySignature() === 0) return false;
  curve ??= openField({ p: P, isMinusThree: true, b: B });
  const { exports } = curve;
  curve.put(input.subarray(96, 160));
  curve.put(scalars.take(64), AT.u1);
  if (input.subarray(96).every((byte) => byte === 0)) return false;
  exports.beginSum(false);
  if (exports.readPoint(0, false) === 0) return false;
  exports.addTerm(false, AT.u2, 32);
  curve.put(GENERATOR);
  exports.readPoint(0, false);
  exports.addTerm(false, AT.u1, 32);
  exports.keepSum();
  curve.put(input.subarray(32, 64), AT.r);
  if (exports.isFirstCoordinate(AT.r) === 1) return true;
  const wrapped = bigIntOf(input.subarray(32, 64)) + N;
  if (wrapped >= P) return false;
  curve.put(bytesOf(wrapped, 32), AT.r);
  return exports.isFirstCoordinate(AT.r) === 1;
}

/** 0x100: one for a valid ECDSA signature over P-256, else nothing (EIP-7951). Input: hash, r, s, x, y. */
export const p256Verify: PrecompileRun = (input, gas) => {
  if (gas < GAS) return undefined;
  return { gasUsed: GAS, output: input.length === 160 && isValid(input) ? VALID.slice() : NOTHING };
};
