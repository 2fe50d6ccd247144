import { limb, limbCount, store4 } from './limbs';
import { divideLimbs } from './longDivision';
import { copy, isZero, ltu, negate, set64 } from './words';

const QUOTIENT: usize = memory.data(64, 16);
const REMAINDER: usize = memory.data(32, 16);
const DIVIDEND_SIZE: usize = memory.data(32, 16);
const DIVISOR_SIZE: usize = memory.data(32, 16);

@inline
function areLimbs(a: usize, b: usize): bool {
  return (limb(a, 1) | limb(a, 2) | limb(a, 3) | limb(b, 1) | limb(b, 2) | limb(b, 3)) == 0;
}

/** QUOTIENT and REMAINDER of a / b, where b ≠ 0 and a ≥ b. */
@inline
function divideLong(a: usize, b: usize): void {
  store4(QUOTIENT, 0, 0, 0, 0);
  store4(REMAINDER, 0, 0, 0, 0);
  divideLimbs(QUOTIENT, REMAINDER, a, limbCount(a, 4), b, limbCount(b, 4));
}

/** DIV: 0 where b is 0. */
export function div(r: usize, a: usize, b: usize): void {
  if (areLimbs(a, b)) {
    const divisor = limb(b, 0);
    set64(r, divisor == 0 ? 0 : limb(a, 0) / divisor);
  } else if (isZero(b) || ltu(a, b)) {
    set64(r, 0);
  } else {
    divideLong(a, b);
    copy(r, QUOTIENT);
  }
}

/** MOD: 0 where b is 0. */
export function mod(r: usize, a: usize, b: usize): void {
  if (areLimbs(a, b)) {
    const divisor = limb(b, 0);
    set64(r, divisor == 0 ? 0 : limb(a, 0) % divisor);
  } else if (isZero(b)) {
    set64(r, 0);
  } else if (ltu(a, b)) {
    copy(r, a);
  } else {
    divideLong(a, b);
    copy(r, REMAINDER);
  }
}

@inline
function isNegative(a: usize): bool {
  return <i64>limb(a, 3) < 0;
}

@inline
function magnitude(r: usize, a: usize): void {
  if (isNegative(a)) negate(r, a);
  else copy(r, a);
}

/** SDIV: rounds towards zero; -2^255 / -1 stays -2^255. */
export function sdiv(r: usize, a: usize, b: usize): void {
  const isResultNegative = isNegative(a) != isNegative(b);
  magnitude(DIVIDEND_SIZE, a);
  magnitude(DIVISOR_SIZE, b);
  div(r, DIVIDEND_SIZE, DIVISOR_SIZE);
  if (isResultNegative) negate(r, r);
}

/** SMOD: the sign of the result is that of the dividend. */
export function smod(r: usize, a: usize, b: usize): void {
  const isResultNegative = isNegative(a);
  magnitude(DIVIDEND_SIZE, a);
  magnitude(DIVISOR_SIZE, b);
  mod(r, DIVIDEND_SIZE, DIVISOR_SIZE);
  if (isResultNegative) negate(r, r);
}
