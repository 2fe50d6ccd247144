import { ONE } from './constants';
import * as fp from './field';
import { inv } from './inverse';

/** Fp[u]/(u² + 1): the real part, then the imaginary one. */
const A = memory.data(112, 16);
const C = memory.data(112, 16);
const D = memory.data(112, 16);

export function mul(r: usize, a: usize, b: usize): void {
  const s = fp.stride;
  fp.mulSubMul(A, a, b, a + s, b + s);
  fp.mulAddMul(r + s, a, b + s, a + s, b);
  fp.copy(r, A);
}

export function sqr(r: usize, a: usize): void {
  const s = fp.stride;
  fp.add(A, a, a + s);
  fp.sub(C, a, a + s);
  fp.add(D, a, a);
  fp.mul(r + s, D, a + s);
  fp.mul(r, A, C);
}

/** By an element of the prime field. */
export function scale(r: usize, a: usize, k: usize): void {
  fp.mul(r, a, k);
  fp.mul(r + fp.stride, a + fp.stride, k);
}

export function add(r: usize, a: usize, b: usize): void {
  fp.add(r, a, b);
  fp.add(r + fp.stride, a + fp.stride, b + fp.stride);
}

export function sub(r: usize, a: usize, b: usize): void {
  fp.sub(r, a, b);
  fp.sub(r + fp.stride, a + fp.stride, b + fp.stride);
}

export function neg(r: usize, a: usize): void {
  fp.neg(r, a);
  fp.neg(r + fp.stride, a + fp.stride);
}

export function shift(r: usize, a: usize, k: i32): void {
  fp.shift(r, a, k);
  fp.shift(r + fp.stride, a + fp.stride, k);
}

export function copy(r: usize, a: usize): void {
  fp.copy(r, a);
  fp.copy(r + fp.stride, a + fp.stride);
}

export function setZero(r: usize): void {
  fp.setZero(r);
  fp.setZero(r + fp.stride);
}

export function setOne(r: usize): void {
  fp.copy(r, ONE);
  fp.setZero(r + fp.stride);
}

export function reduce(r: usize, a: usize): void {
  fp.reduce(r, a);
  fp.reduce(r + fp.stride, a + fp.stride);
}

export function conjugate(r: usize, a: usize): void {
  fp.copy(r, a);
  fp.neg(r + fp.stride, a + fp.stride);
}

/** By ξ, whose sixth root the tower adjoins: 1 + u for the wide field (weight doubled), else 9 + u (tenfold). */
export function mulByXi(r: usize, a: usize): void {
  const s = fp.stride;
  if (fp.isWide) {
    fp.copy(A, a);
    fp.sub(r, a, a + s);
    fp.add(r + s, a + s, A);
    return;
  }
  fp.shift(A, a, 3);
  fp.add(A, A, a);
  fp.sub(A, A, a + s);
  fp.shift(C, a + s, 3);
  fp.add(C, C, a + s);
  fp.add(r + s, C, a);
  fp.copy(r, A);
}

export function inverse(r: usize, a: usize): void {
  const s = fp.stride;
  fp.mulAddMul(C, a, a, a + s, a + s);
  inv(C, C);
  fp.mul(r, a, C);
  fp.neg(D, a + s);
  fp.mul(r + s, D, C);
}

export function isZero(a: usize): bool {
  return fp.isZero(a) && fp.isZero(a + fp.stride);
}

export function hasZeroLimbs(a: usize): bool {
  return fp.hasZeroLimbs(a) && fp.hasZeroLimbs(a + fp.stride);
}
