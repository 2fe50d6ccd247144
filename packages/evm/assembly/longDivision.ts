/**
 * Schoolbook division of up to nine limbs by up to four (Knuth's algorithm D), each limb of the quotient estimated from
 * the upper limbs by a reciprocal, so that it is off by one at most, and rarely.
 */
import { limb, mulHigh } from './limbs';
import { reciprocal, reciprocal2 } from './reciprocal';

/** The dividend, shifted up with the divisor; ends as the remainder. */
const DIVIDEND: usize = memory.data(80, 16);
/** The divisor, its highest bit set. */
const DIVISOR: usize = memory.data(32, 16);

/** Shifts `count` limbs up by less than 64 bits, and returns what leaves at the upper end. */
@inline
function shiftInto(to: usize, from: usize, count: i32, up: u64): u64 {
  let below: u64 = 0;
  const down = 63 - up;
  for (let index: i32 = 0; index < count; index++) {
    const value = limb(from, index);
    store<u64>(to + (<usize>index << 3), (value << up) | below);
    below = (value >> 1) >> down;
  }
  return below;
}

/** Divides the `count` + 1 limbs of DIVIDEND by the one limb `d`; returns the remainder. */
function divideByLimb(quotient: usize, count: i32, d: u64): u64 {
  const v = reciprocal(d);
  let rest = limb(DIVIDEND, count);
  for (let index = count - 1; index >= 0; index--) {
    const next = limb(DIVIDEND, index);
    const low = v * rest;
    const q0 = low + next;
    let q1 = mulHigh(v, rest) + rest + u64(q0 < low) + 1;
    rest = next - q1 * d;
    if (rest > q0) {
      q1--;
      rest += d;
    }
    if (rest >= d) {
      q1++;
      rest -= d;
    }
    store<u64>(quotient + (<usize>index << 3), q1);
  }
  return rest;
}

/** Takes q × DIVISOR from the limbs at `at`, and returns what is still to be taken from the limb above. */
@inline
function subtractMultiple(at: usize, q: u64, count: i32): u64 {
  let borrow: u64 = 0;
  for (let index: i32 = 0; index < count; index++) {
    const digit = limb(DIVISOR, index);
    const product = q * digit;
    const low = product + borrow;
    const value = limb(at, index);
    store<u64>(at + (<usize>index << 3), value - low);
    borrow = mulHigh(q, digit) + u64(low < product) + u64(value < low);
  }
  return borrow;
}

/** Adds DIVISOR to the limbs at `at`; what is carried out of the last is dropped. */
function addBack(at: usize, count: i32): void {
  let carry: u64 = 0;
  for (let index: i32 = 0; index < count; index++) {
    const digit = limb(DIVISOR, index);
    const sum = limb(at, index) + digit;
    const total = sum + carry;
    carry = u64(sum < digit) | u64(total < sum);
    store<u64>(at + (<usize>index << 3), total);
  }
}

/** One limb of the quotient, of the `count` + 1 limbs at `at`; leaves the remainder there. */
@inline
function divideStep(at: usize, count: i32, d1: u64, d0: u64, v: u64): u64 {
  const u2 = limb(at, count);
  const u1 = limb(at, count - 1);
  const u0 = limb(at, count - 2);
  if (u2 == d1 && u1 == d0) {
    subtractMultiple(at, u64.MAX_VALUE, count);
    return u64.MAX_VALUE;
  }
  // Three limbs by two: algorithm 4 of the paper.
  const low = v * u2;
  const q0 = low + u1;
  let q = mulHigh(v, u2) + u2 + u64(q0 < low);
  const t0 = d0 * q;
  let r1 = u1 - q * d1 - mulHigh(d0, q) - u64(u0 < t0);
  let r0 = u0 - t0;
  r1 = r1 - d1 - u64(r0 < d0);
  r0 -= d0;
  q++;
  if (r1 >= q0) {
    q--;
    r0 += d0;
    r1 += d1 + u64(r0 < d0);
  }
  if (r1 > d1 || (r1 == d1 && r0 >= d0)) {
    q++;
    r1 = r1 - d1 - u64(r0 < d0);
    r0 -= d0;
  }
  const borrow = subtractMultiple(at, q, count - 2);
  const borrow1 = u64(r0 < borrow);
  const isTooMuch = r1 < borrow1;
  store<u64>(at + (<usize>(count - 2) << 3), r0 - borrow);
  store<u64>(at + (<usize>(count - 1) << 3), r1 - borrow1);
  if (isTooMuch) {
    q--;
    addBack(at, count);
  }
  return q;
}

/** Writes `count` limbs of the remainder, shifted back down. */
@inline
function storeRemainder(remainder: usize, count: i32, down: u64): void {
  const up = 63 - down;
  for (let index: i32 = 0; index < count; index++) {
    const above: u64 = index + 1 < count ? limb(DIVIDEND, index + 1) : 0;
    store<u64>(remainder + (<usize>index << 3), (limb(DIVIDEND, index) >> down) | ((above << 1) << up));
  }
}

/**
 * Divides `m` limbs by `n` limbs, 9 ≥ m ≥ n ≥ 1, the upper limb of the divisor not zero. Writes m - n + 1 limbs of the
 * quotient and n of the remainder; either may lie where the operands are.
 */
export function divideLimbs(quotient: usize, remainder: usize, dividend: usize, m: i32, divisor: usize, n: i32): void {
  const up = clz(limb(divisor, n - 1));
  shiftInto(DIVISOR, divisor, n, up);
  store<u64>(DIVIDEND + (<usize>m << 3), shiftInto(DIVIDEND, dividend, m, up));
  const d1 = limb(DIVISOR, n - 1);
  if (n == 1) {
    store<u64>(remainder, divideByLimb(quotient, m, d1) >> up);
    return;
  }
  const d0 = limb(DIVISOR, n - 2);
  const v = reciprocal2(d1, d0);
  for (let index = m - n; index >= 0; index--) {
    const offset = <usize>index << 3;
    store<u64>(quotient + offset, divideStep(DIVIDEND + offset, n, d1, d0, v));
  }
  storeRemainder(remainder, n, up);
}
