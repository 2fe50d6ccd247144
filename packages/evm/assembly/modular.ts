import { limb, limbCount, store4 } from './limbs';
import { divideLimbs } from './longDivision';
import { mulWide } from './multiplication';
import { add, copy, ltu } from './words';

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
  add(WIDE, a, b);
  store<u64>(WIDE, u64(ltu(WIDE, a)), 32);
  reduce(r, 5, n);
}

/** MULMOD: (a × b) mod n of the whole product; 0 where n is 0. */
export function mulmod(r: usize, a: usize, b: usize, n: usize): void {
  mulWide(WIDE, a, b);
  reduce(r, 8, n);
}
