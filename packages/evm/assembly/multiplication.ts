import { limb, mulHigh, store4 } from './limbs';
import { copy } from './words';

/** r = a × b mod 2^256. */
export function mul(r: usize, a: usize, b: usize): void {
  const a0 = limb(a, 0);
  const a1 = limb(a, 1);
  const a2 = limb(a, 2);
  const a3 = limb(a, 3);
  const b0 = limb(b, 0);
  const b1 = limb(b, 1);
  const b2 = limb(b, 2);
  const b3 = limb(b, 3);
  const r0 = a0 * b0;
  if ((a1 | a2 | a3 | b1 | b2 | b3) == 0) {
    store4(r, r0, mulHigh(a0, b0), 0, 0);
    return;
  }
  // Column 1: a0b1 + a1b0 + the upper half of a0b0; each carry is counted into column 2.
  const low01 = a0 * b1;
  const low10 = a1 * b0;
  const partial1 = mulHigh(a0, b0) + low01;
  const r1 = partial1 + low10;
  const carry1 = u64(partial1 < low01) + u64(r1 < low10);
  // Column 2, likewise.
  const high01 = mulHigh(a0, b1);
  const high10 = mulHigh(a1, b0);
  const low02 = a0 * b2;
  const low11 = a1 * b1;
  const low20 = a2 * b0;
  let r2 = high01 + carry1;
  let carry2: u64 = 0;
  r2 += high10;
  carry2 += u64(r2 < high10);
  r2 += low02;
  carry2 += u64(r2 < low02);
  r2 += low11;
  carry2 += u64(r2 < low11);
  r2 += low20;
  carry2 += u64(r2 < low20);
  // Of column 3 only what is below 2^256 matters.
  const highs = mulHigh(a0, b2) + mulHigh(a1, b1) + mulHigh(a2, b0);
  const r3 = highs + carry2 + a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0;
  store4(r, r0, r1, r2, r3);
}

/** Adds a × b, shifted by `row` limbs, to the product that is being built at `r`. */
@inline
function addRow(r: usize, a: u64, b: usize): void {
  let carry: u64 = 0;
  for (let column: usize = 0; column < 4; column++) {
    const digit = limb(b, column);
    const low = a * digit;
    const sum = low + limb(r, column);
    const total = sum + carry;
    // At most (2^64 - 1)^2 + 2 (2^64 - 1) = 2^128 - 1: the upper half takes both carries.
    carry = mulHigh(a, digit) + u64(sum < low) + u64(total < carry);
    store<u64>(r + (column << 3), total);
  }
  store<u64>(r, carry, 32);
}

/** The eight limbs of a × b. `r` is none of the operands. */
export function mulWide(r: usize, a: usize, b: usize): void {
  store4(r, 0, 0, 0, 0);
  addRow(r, limb(a, 0), b);
  addRow(r + 8, limb(a, 1), b);
  addRow(r + 16, limb(a, 2), b);
  addRow(r + 24, limb(a, 3), b);
}

const BASE: usize = memory.data(32, 16);

/** Multiplies `r` by BASE to the power of one limb, and squares BASE 64 times for the next limb, if there is one. */
function powerOfLimb(r: usize, limbOfExponent: u64, isLast: bool): void {
  let bits = limbOfExponent;
  let left = isLast ? 64 - clz(bits) : 64;
  for (; left > 0; left--) {
    if (bits & 1) mul(r, r, BASE);
    bits >>= 1;
    if (left > 1 || !isLast) mul(BASE, BASE, BASE);
  }
}

/** r = base ^ exponent mod 2^256, where 0 ^ 0 is 1: squares, and multiplies for each bit that is set. */
export function exp(r: usize, base: usize, exponent: usize): void {
  const e0 = limb(exponent, 0);
  const e1 = limb(exponent, 1);
  const e2 = limb(exponent, 2);
  const e3 = limb(exponent, 3);
  copy(BASE, base);
  store4(r, 1, 0, 0, 0);
  powerOfLimb(r, e0, (e1 | e2 | e3) == 0);
  if ((e1 | e2 | e3) != 0) powerOfLimb(r, e1, (e2 | e3) == 0);
  if ((e2 | e3) != 0) powerOfLimb(r, e2, e3 == 0);
  if (e3 != 0) powerOfLimb(r, e3, true);
}
