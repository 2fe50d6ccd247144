import * as blake2 from './blake2f';
import { B, B_TWIST, BETA, FROBENIUS, INVERSE, MODULUS, NEGATIVE_INVERSE, ONE, PSI, R2, R3, RECIPROCAL } from './constants';
import * as curve from './curve';
import { ripemd160 as ripemd160Digest, sha256 as sha256Digest } from './digests';
import * as fp from './field';
import { inv } from './inverse';
import { EXPONENT, MAP_G1, MAP_G2, mapToGroup } from './map';
import { modexp as power, modexpRoom } from './modexp';
import * as multiplication from './multiply';
import * as pairing from './pairing';
import * as point from './point';

/** Where the host lays the input, and finds the output. */
const INPUT = memory.data(65536, 16);
const OUTPUT = memory.data(512, 16);

export function input(): usize {
  return INPUT;
}

export function output(): usize {
  return OUTPUT;
}

/** Chooses the field of this instance, once. @param minusThree curve y² = x³ − 3x + b. */
export function configure(wide: bool, minusThree: bool): void {
  fp.setSize(wide);
  point.useTwist(false);
  point.useMinusThree(minusThree);
}

/** Address of a constant, by number in this order. */
export function constantAddress(index: i32): usize {
  switch (index) {
    case 0: return MODULUS;
    case 1: return NEGATIVE_INVERSE;
    case 2: return INVERSE;
    case 3: return RECIPROCAL;
    case 4: return R2;
    case 5: return R3;
    case 6: return ONE;
    case 7: return B;
    case 8: return BETA;
    case 9: return B_TWIST;
    case 10: return PSI;
    case 11: return FROBENIUS;
    case 12: return EXPONENT;
    case 13: return MAP_G1;
    default: return MAP_G2;
  }
}

const P = memory.data(672, 16);
const Q = memory.data(672, 16);
const SUM = memory.data(672, 16);

/** Sum of the two points at the start of the input. @returns whether both are of the curve. */
export function addPoints(twist: bool): bool {
  point.useTwist(twist);
  if (!curve.decodePoint(P, INPUT) || !curve.decodePoint(Q, INPUT + curve.encodedPoint())) return false;
  if (point.isInfinity(P) || point.isInfinity(Q)) point.add(P, P, Q);
  else point.addBothAffine(P, P, Q);
  curve.encodePoint(OUTPUT, P);
  return true;
}

/** Begins a sum of multiples of points. */
export function beginSum(twist: bool): void {
  point.useTwist(twist);
  multiplication.begin();
}

/** Reads the point whose multiples are added next. @returns whether it is of the curve and, where asked for, of the subgroup. */
export function readPoint(offset: usize, checkSubgroup: bool): bool {
  return curve.decodePoint(P, INPUT + offset) && (!checkSubgroup || curve.isInSubgroup(P));
}

/** Adds ±scalar · point. */
export function addTerm(isNegative: bool, scalarOffset: usize, bytes: i32): void {
  multiplication.term(P, isNegative, INPUT + scalarOffset, bytes);
}

/** Adds ±scalar · e(q), where e is the curve's endomorphism and q what the last term was a multiple of, with its sign. */
export function addImageTerm(isNegative: bool, scalarOffset: usize, bytes: i32): void {
  multiplication.termOfImage(isNegative, INPUT + scalarOffset, bytes);
}

/** Writes the sum to the output. */
export function finishSum(): void {
  multiplication.finish(SUM);
  curve.encodePoint(OUTPUT, SUM);
}

/** Finishes the sum without writing it, for {@link isFirstCoordinate}. */
export function keepSum(): void {
  multiplication.finish(SUM);
}

const X = memory.data(112, 16);
const Z2 = memory.data(112, 16);

/** Whether the kept sum's x is the field element in the input. False at infinity. */
export function isFirstCoordinate(offset: usize): bool {
  if (point.isInfinity(SUM) || !fp.decode(X, INPUT + offset)) return false;
  fp.sqr(Z2, SUM + 2 * fp.stride);
  fp.mul(X, X, Z2);
  return fp.equals(X, SUM);
}

export function beginPairing(): void {
  pairing.begin();
}

/** Takes in the pair of points at the start of the input. @returns whether both are points of their groups. */
export function takePair(): bool {
  point.useTwist(false);
  const first = curve.encodedPoint();
  if (!curve.decodePoint(P, INPUT) || !curve.isInSubgroup(P)) return false;
  const isFirstInfinity = point.isInfinity(P);
  point.useTwist(true);
  if (!curve.decodePoint(Q, INPUT + first) || !curve.isInSubgroup(Q)) return false;
  if (!isFirstInfinity && !point.isInfinity(Q)) pairing.take(P, Q);
  return true;
}

export function isProductOne(): bool {
  return pairing.isProductOne();
}

const U = memory.data(224, 16);

/** Maps the field element at the start of the input to a point of G1, or of G2. @returns whether it is below p. */
export function mapToPoint(twist: bool): bool {
  point.useTwist(twist);
  if (!fp.decode(U, INPUT)) return false;
  if (twist && !fp.decode(U + fp.stride, INPUT + fp.encodedLength)) return false;
  mapToGroup(P, U);
  curve.encodePoint(OUTPUT, P);
  return true;
}

const W = memory.data(112, 16);

/**
 * For an instance whose field is that of a curve's scalars: input e, r, s of 32 bytes; output e/s, r/s.
 * @returns whether 0 < r, s < n.
 */
export function divideBySignature(): bool {
  if (!fp.decode(X, INPUT + 32) || fp.isZero(X)) return false;
  if (!fp.decode(W, INPUT + 64) || fp.isZero(W)) return false;
  inv(W, W);
  fp.mul(X, X, W);
  fp.encode(OUTPUT + 32, X);
  fp.loadLimbs(X, INPUT, 32);
  fp.mul(X, X, R2);
  fp.mul(X, X, W);
  fp.encode(OUTPUT, X);
  return true;
}

/** Where BLAKE2b's 16 words are between its rounds: behind the precompile's input. */
const WORK = INPUT + 256;

export function blake2fBegin(): void {
  blake2.begin(INPUT, WORK);
}

export function blake2fGoOn(rounds: u32): void {
  blake2.goOn(rounds, INPUT, WORK);
}

export function blake2fFinish(): void {
  blake2.finish(INPUT, WORK, OUTPUT);
}

export function sha256(length: usize): void {
  sha256Digest(INPUT, length, OUTPUT);
}

export function ripemd160(length: usize): void {
  ripemd160Digest(INPUT, length, OUTPUT);
}

export { modexpRoom };

/** All of the input lies one behind the other: modulus, base, R², each of `length` bytes, then the exponent; the output takes the modulus' place. */
export function modexp(length: i32, exponentLength: i32): void {
  power(INPUT, INPUT + length, INPUT + 3 * length, exponentLength, INPUT, INPUT + 2 * length, length);
}
