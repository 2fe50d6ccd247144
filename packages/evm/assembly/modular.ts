import { limb, limbCount, mulHigh, store4 } from './limbs';
import { divideLimbs } from './longDivision';
import { isReady } from './modulus';
import { mulWide } from './multiplication';
import { multiplyReduced } from './reduction';
import { add, copy, ltu, sub } from './words';

/** A sum of five limbs or a product of eight. */
const WIDE: usize = memory.data(64, 16);
const QUOTIENT: usize = memory.data(64, 16);
const REMAINDER: usize = memory.data(32, 16);

/** r = WIDE mod n, of whose limbs `count` may be in use. 0 where n is 0. */
@inline
function reduce(r: usize, count: i32, n: usize): void {
  const used = limbCount(WIDE, count);
  const divisorLimbs = limbCount(n, 4);
  if (divisorLimbs == 0) {
    store4(r, 0, 0, 0, 0);
  } else if (used < divisorLimbs) {
    copy(r, WIDE);
  } else {
    store4(REMAINDER, 0, 0, 0, 0);
    divideLimbs(QUOTIENT, REMAINDER, WIDE, used, n, divisorLimbs);
    copy(r, REMAINDER);
  }
}

/** ADDMOD: (a + b) mod n without losing the carry; 0 where n is 0. */
export function addmod(r: usize, a: usize, b: usize, n: usize): void {
  const isReduced = ltu(a, n) && ltu(b, n);
  add(WIDE, a, b);
  const carry = ltu(WIDE, a);
  if (!isReduced) {
    store<u64>(WIDE, u64(carry), 32);
    reduce(r, 5, n);
  } else if (carry || !ltu(WIDE, n)) {
    sub(r, WIDE, n);
  } else {
    copy(r, WIDE);
  }
}

/** MULMOD: (a × b) mod n of the whole product; 0 where n is 0. */
export function mulmod(r: usize, a: usize, b: usize, n: usize): void {
  if ((limb(a, 1) | limb(a, 2) | limb(a, 3) | limb(b, 1) | limb(b, 2) | limb(b, 3)) == 0 && (limb(n, 2) | limb(n, 3)) != 0) {
    const a0 = limb(a, 0);
    const b0 = limb(b, 0);
    store4(r, a0 * b0, mulHigh(a0, b0), 0, 0);
  } else if (isReady(n)) {
    multiplyReduced(r, a, b, n);
  } else {
    mulWide(WIDE, a, b);
    reduce(r, 8, n);
  }
}
