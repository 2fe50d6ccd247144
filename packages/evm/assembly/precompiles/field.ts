import { MODULUS, ONE, R2 } from './constants';
import {
  differenceOfProducts10,
  differenceOfProducts14,
  multiply10,
  multiply14,
  reduce10,
  reduce14,
  square10,
  square14,
  sumOfProducts10,
  sumOfProducts14,
} from './products';

/**
 * Elements of the prime field. Sums and differences keep their carries, so that a value has a weight: 1 after a product or `reduce`,
 * the sum of the weights after a sum or difference. A product takes weights whose product is at most 8, a sum of two products the
 * same in total; whatever is kept (coordinates, coefficients) has weight 1.
 */

/** Whether this instance serves the 381-bit field; else one of up to 256 bits. */
export let isWide: bool = false;
/** Bytes of an element, and limbs and bits of a limb. */
export let stride: usize = 80;
export let limbs: i32 = 10;
export let limbBits: i64 = 26;
export let limbMask: i64 = 0x3ffffff;
/** Bytes of an element in the input: 32, or 64 of which the first 16 are zero. */
export let encodedLength: usize = 32;

export function setSize(wide: bool): void {
  isWide = wide;
  stride = wide ? 112 : 80;
  limbs = wide ? 14 : 10;
  limbBits = wide ? 28 : 26;
  limbMask = wide ? 0xfffffff : 0x3ffffff;
  encodedLength = wide ? 64 : 32;
}

export function mul(r: usize, a: usize, b: usize): void {
  if (isWide) multiply14(r, a, b);
  else multiply10(r, a, b);
}

export function sqr(r: usize, a: usize): void {
  if (isWide) square14(r, a);
  else square10(r, a);
}

/** ab + cd. */
export function mulAddMul(r: usize, a: usize, b: usize, c: usize, d: usize): void {
  if (isWide) sumOfProducts14(r, a, b, c, d);
  else sumOfProducts10(r, a, b, c, d);
}

/** ab − cd. */
export function mulSubMul(r: usize, a: usize, b: usize, c: usize, d: usize): void {
  if (isWide) differenceOfProducts14(r, a, b, c, d);
  else differenceOfProducts10(r, a, b, c, d);
}

/** The same value at weight 1. */
export function reduce(r: usize, a: usize): void {
  if (isWide) reduce14(r, a);
  else reduce10(r, a);
}

export function add(r: usize, a: usize, b: usize): void {
  for (let i: usize = 0; i < stride; i += 16) v128.store(r + i, i64x2.add(v128.load(a + i), v128.load(b + i)));
}

export function sub(r: usize, a: usize, b: usize): void {
  for (let i: usize = 0; i < stride; i += 16) v128.store(r + i, i64x2.sub(v128.load(a + i), v128.load(b + i)));
}

export function neg(r: usize, a: usize): void {
  for (let i: usize = 0; i < stride; i += 16) v128.store(r + i, i64x2.neg(v128.load(a + i)));
}

/** a · 2^k. */
export function shift(r: usize, a: usize, k: i32): void {
  for (let i: usize = 0; i < stride; i += 16) v128.store(r + i, i64x2.shl(v128.load(a + i), k));
}

export function copy(r: usize, a: usize): void {
  for (let i: usize = 0; i < stride; i += 16) v128.store(r + i, v128.load(a + i));
}

export function setZero(r: usize): void {
  for (let i: usize = 0; i < stride; i += 16) v128.store(r + i, i64x2.splat(0));
}

/** Whether all limbs are zero; a multiple of p need not have that form. */
export function hasZeroLimbs(a: usize): bool {
  let all = v128.load(a);
  for (let i: usize = 16; i < stride; i += 16) all = v128.or(all, v128.load(a + i));
  return !v128.any_true(all);
}

/** r + k·p with carries taken through. */
function addModulus(r: usize, k: i64): void {
  let carry: i64 = 0;
  for (let i = 0; i < limbs; i++) {
    const at = (<usize>i) << 3;
    carry += load<i64>(r + at) + k * load<i64>(MODULUS + at);
    store<i64>(r + at, i < limbs - 1 ? carry & limbMask : carry);
    carry >>= limbBits;
  }
}

@inline
function isNegative(a: usize): bool {
  return load<i64>(a + stride - 8) < 0;
}

/** The only form of a value: in [0, p), every limb in its bits. */
export function canonical(r: usize, a: usize): void {
  reduce(r, a);
  while (isNegative(r)) addModulus(r, 1);
  while (true) {
    addModulus(r, -1);
    if (isNegative(r)) break;
  }
  addModulus(r, 1);
}

const SCRATCH = memory.data(112, 16);

export function isZero(a: usize): bool {
  canonical(SCRATCH, a);
  return hasZeroLimbs(SCRATCH);
}

const DIFFERENCE = memory.data(112, 16);

export function equals(a: usize, b: usize): bool {
  sub(DIFFERENCE, a, b);
  return isZero(DIFFERENCE);
}

const RAW = memory.data(112, 16);

/** Plain limbs of `length` bytes, most significant first. */
export function loadLimbs(r: usize, source: usize, length: usize): void {
  let pending: i64 = 0;
  let bits: i64 = 0;
  let at: usize = 0;
  setZero(r);
  for (let i = length; i > 0; i--) {
    pending |= (<i64>load<u8>(source + i - 1)) << bits;
    bits += 8;
    if (bits >= limbBits) {
      store<i64>(r + at, pending & limbMask);
      at += 8;
      pending >>= limbBits;
      bits -= limbBits;
    }
  }
  if (at < stride) store<i64>(r + at, pending);
}

/** Reads an element of the input. @returns false where it is not below p, or its padding is not zero. */
export function decode(r: usize, source: usize): bool {
  let length: usize = 32;
  if (isWide) {
    if (load<u64>(source) != 0 || load<u64>(source, 8) != 0) return false;
    source += 16;
    length = 48;
  }
  loadLimbs(RAW, source, length);
  copy(SCRATCH, RAW);
  addModulus(SCRATCH, -1);
  if (!isNegative(SCRATCH)) return false;
  mul(r, RAW, R2);
  return true;
}

const PLAIN_ONE = memory.data(112, 16);

/** Plain limbs in [0, p) of an element in Montgomery form. */
export function toPlain(r: usize, a: usize): void {
  setZero(PLAIN_ONE);
  store<i64>(PLAIN_ONE, 1);
  mul(r, a, PLAIN_ONE);
  canonical(r, r);
}

/** Writes an element as the output has it. */
export function encode(target: usize, a: usize): void {
  let length: usize = 32;
  if (isWide) {
    store<u64>(target, 0);
    store<u64>(target, 0, 8);
    target += 16;
    length = 48;
  }
  toPlain(RAW, a);
  let pending: i64 = 0;
  let bits: i64 = 0;
  let at: usize = 0;
  for (let i = length; i > 0; i--) {
    if (bits < 8 && at < stride) {
      pending |= load<i64>(RAW + at) << bits;
      bits += limbBits;
      at += 8;
    }
    store<u8>(target + i - 1, <u8>pending);
    pending >>= 8;
    bits -= 8;
  }
}

export function isOne(a: usize): bool {
  return equals(a, ONE);
}
