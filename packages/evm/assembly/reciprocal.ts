/**
 * Reciprocals of normalised divisors, those whose highest bit is set: N. Möller and T. Granlund, "Improved division by
 * invariant integers" (2011). The last of each kind is kept, for loops divide by the same number again and again.
 */
import { mulHigh } from './limbs';

let lastDivisor: u64 = 0;
let lastReciprocal: u64 = 0;
let lastHigh: u64 = 0;
let lastLow: u64 = 0;
let lastReciprocal2: u64 = 0;

/** floor((2^128 - 1) / d) - 2^64, from 10 good bits by Newton's steps (algorithm 3 of the paper). */
function computeReciprocal(d: u64): u64 {
  const d40 = (d >> 24) + 1;
  const d63 = (d >> 1) + (d & 1);
  const v0 = <u64>(<u32>0x7fd00 / <u32>(d >> 55));
  const v1 = (v0 << 11) - ((v0 * v0 * d40) >> 40) - 1;
  const v2 = (v1 << 13) + ((v1 * (0x1000000000000000 - v1 * d40)) >> 47);
  const error = ((v2 >> 1) & (0 - (d & 1))) - v2 * d63;
  const v3 = (v2 << 31) + (mulHigh(v2, error) >> 1);
  const low = v3 * d;
  const carry = u64(low + d < low);
  return v3 - (mulHigh(v3, d) + carry + d);
}

/** For division of two limbs by one. */
@inline
export function reciprocal(d: u64): u64 {
  if (d != lastDivisor) {
    lastReciprocal = computeReciprocal(d);
    lastDivisor = d;
  }
  return lastReciprocal;
}

/** floor((2^192 - 1) / (high × 2^64 + low)) - 2^64 (algorithm 6). */
function computeReciprocal2(high: u64, low: u64): u64 {
  let v = computeReciprocal(high);
  let p = high * v + low;
  if (p < low) {
    v--;
    if (p >= high) {
      v--;
      p -= high;
    }
    p -= high;
  }
  const t1 = mulHigh(v, low);
  const t0 = v * low;
  p += t1;
  if (p < t1) {
    v--;
    if (p > high || (p == high && t0 >= low)) v--;
  }
  return v;
}

/** For division of three limbs by two. */
@inline
export function reciprocal2(high: u64, low: u64): u64 {
  if (high != lastHigh || low != lastLow) {
    lastReciprocal2 = computeReciprocal2(high, low);
    lastHigh = high;
    lastLow = low;
  }
  return lastReciprocal2;
}
