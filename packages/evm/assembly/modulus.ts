/**
 * The modulus that is multiplied by again and again, as loops do, made ready for `multiplyReduced`: in digits of 29 bits, with
 * floor(2^522 / modulus).
 */
import { limb } from './limbs';
import { divideLimbs } from './longDivision';
import { copy, eq } from './words';

const DIGIT_MASK: u64 = 0x1fffffff;
const DIGIT_BITS: u64 = 29;

export const DIGITS: usize = memory.data(72, 16);
export const RECIPROCAL: usize = memory.data(80, 16);
/** What the two are of. */
const READY: usize = memory.data(32, 16);
/** What was asked for last: who asks again is made ready. */
const ASKED: usize = memory.data(32, 16);
/** 2^522, which is 18 digits' worth. */
const POWER: usize = memory.data<u64>([0, 0, 0, 0, 0, 0, 0, 0, 0x400], 16);
const QUOTIENT: usize = memory.data(64, 16);
const REMAINDER: usize = memory.data(32, 16);

/** Digits of a number that ends with a limb of zeros. */
function writeDigits(to: usize, from: usize, count: i32): void {
  let bit: u64 = 0;
  for (let index: i32 = 0; index < count; index++) {
    const at = from + ((<usize>bit >> 6) << 3);
    const shift = bit & 63;
    const digit = (load<u64>(at) >> shift) | ((load<u64>(at, 8) << 1) << (63 - shift));
    store<u64>(to + (<usize>index << 3), digit & DIGIT_MASK);
    bit += DIGIT_BITS;
  }
}

function prepare(n: usize): void {
  copy(READY, n);
  copy(QUOTIENT, n);
  store<u64>(QUOTIENT, 0, 32);
  writeDigits(DIGITS, QUOTIENT, 9);
  divideLimbs(QUOTIENT, REMAINDER, POWER, 9, n, 4);
  store<u64>(QUOTIENT, 0, 48);
  writeDigits(RECIPROCAL, QUOTIENT, 10);
}

/** Whether `multiplyReduced` may be called for this modulus: it is as long as the algorithm needs, and was asked for before. */
@inline
export function isReady(n: usize): bool {
  // Of less than 233 bits the reciprocal would need a digit more.
  if (limb(n, 3) >> 41 == 0) return false;
  return eq(n, READY) || askAgain(n);
}

function askAgain(n: usize): bool {
  if (!eq(n, ASKED)) {
    copy(ASKED, n);
    return false;
  }
  prepare(n);
  return true;
}
