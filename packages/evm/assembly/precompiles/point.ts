import { ONE } from './constants';
import * as fp from './field';
import * as fp2 from './fp2';
import { inv } from './inverse';

/** Which field the coordinates are of: the prime one, or its quadratic extension. */
export let isTwist: bool = false;
/** Whether the curve is y² = x³ − 3x + b; else y² = x³ + b. */
export let isMinusThree: bool = false;
/** Bytes of a coordinate. A point is x, y, z in Jacobian coordinates; all limbs of z are zero at infinity. */
export let coordinate: usize = 80;

export function useTwist(on: bool): void {
  isTwist = on;
  coordinate = on ? 2 * fp.stride : fp.stride;
}

export function useMinusThree(on: bool): void {
  isMinusThree = on;
}

export function mulC(r: usize, a: usize, b: usize): void {
  if (isTwist) fp2.mul(r, a, b);
  else fp.mul(r, a, b);
}

export function sqrC(r: usize, a: usize): void {
  if (isTwist) fp2.sqr(r, a);
  else fp.sqr(r, a);
}

export function reduceC(r: usize, a: usize): void {
  if (isTwist) fp2.reduce(r, a);
  else fp.reduce(r, a);
}

export function addC(r: usize, a: usize, b: usize): void {
  for (let i: usize = 0; i < coordinate; i += 16) v128.store(r + i, i64x2.add(v128.load(a + i), v128.load(b + i)));
}

export function subC(r: usize, a: usize, b: usize): void {
  for (let i: usize = 0; i < coordinate; i += 16) v128.store(r + i, i64x2.sub(v128.load(a + i), v128.load(b + i)));
}

export function shiftC(r: usize, a: usize, k: i32): void {
  for (let i: usize = 0; i < coordinate; i += 16) v128.store(r + i, i64x2.shl(v128.load(a + i), k));
}

export function isZeroC(a: usize): bool {
  return isTwist ? fp2.isZero(a) : fp.isZero(a);
}

export function oneC(r: usize): void {
  memory.fill(r, 0, coordinate);
  fp.copy(r, ONE);
}

export function isInfinity(p: usize): bool {
  const z = p + 2 * coordinate;
  return isTwist ? fp2.hasZeroLimbs(z) : fp.hasZeroLimbs(z);
}

export function setInfinity(p: usize): void {
  memory.fill(p, 0, 3 * coordinate);
  fp.copy(p, ONE);
  fp.copy(p + coordinate, ONE);
}

export function copyPoint(r: usize, p: usize): void {
  memory.copy(r, p, 3 * coordinate);
}

export function negate(r: usize, p: usize): void {
  if (r != p) copyPoint(r, p);
  const y = coordinate;
  for (let i: usize = 0; i < coordinate; i += 16) v128.store(r + y + i, i64x2.neg(v128.load(p + y + i)));
}

const A = memory.data(224, 16);
const B = memory.data(224, 16);
const C = memory.data(224, 16);
const D = memory.data(224, 16);
const E = memory.data(224, 16);
const F = memory.data(224, 16);

/** 2p. */
export function double(r: usize, p: usize): void {
  const c = coordinate;
  if (isInfinity(p)) {
    copyPoint(r, p);
    return;
  }
  if (isMinusThree) {
    sqrC(D, p + 2 * c);
    addC(A, p, D);
    subC(B, p, D);
    mulC(E, A, B);
  } else sqrC(E, p);
  sqrC(B, p + c);
  sqrC(C, B);
  mulC(D, p, B); // S/4 = XY²
  shiftC(A, E, 1);
  addC(E, E, A);
  reduceC(E, E);
  addC(A, p + c, p + c);
  mulC(r + 2 * c, A, p + 2 * c);
  sqrC(F, E);
  shiftC(D, D, 2);
  reduceC(D, D);
  subC(F, F, D);
  subC(F, F, D);
  reduceC(r, F);
  subC(D, D, r);
  mulC(F, D, E);
  shiftC(C, C, 3);
  subC(F, F, C);
  reduceC(r + c, F);
}

/** From H in B, R in C, the new Z in F, and x, y of the first point as they are at the sum's scale. */
function finishSum(r: usize, x: usize, y: usize): void {
  const c = coordinate;
  if (isZeroC(B)) {
    if (!isZeroC(C)) {
      setInfinity(r);
      return;
    }
    double(r, DOUBLED);
    return;
  }
  sqrC(D, B); // H²
  mulC(E, D, B); // H³
  mulC(D, x, D); // X1·H²
  mulC(A, y, E); // Y1·H³
  copyC(r + 2 * c, F);
  sqrC(F, C);
  subC(F, F, E);
  subC(F, F, D);
  subC(F, F, D);
  reduceC(r, F);
  subC(D, D, r);
  mulC(F, D, C);
  subC(F, F, A);
  reduceC(r + c, F);
}

@inline
function copyC(r: usize, a: usize): void {
  memory.copy(r, a, coordinate);
}

/** The point to double when both of a sum are the same. */
let DOUBLED: usize = 0;

const U = memory.data(224, 16);
const V = memory.data(224, 16);

/** p + q. */
export function add(r: usize, p: usize, q: usize): void {
  const c = coordinate;
  if (isInfinity(p)) {
    copyPoint(r, q);
    return;
  }
  if (isInfinity(q)) {
    if (r != p) copyPoint(r, p);
    return;
  }
  sqrC(A, p + 2 * c);
  sqrC(D, q + 2 * c);
  mulC(U, p, D); // U1
  mulC(B, q, A); // U2
  mulC(V, p + c, q + 2 * c);
  mulC(V, V, D); // S1
  mulC(C, q + c, p + 2 * c);
  mulC(C, C, A); // S2
  subC(B, B, U);
  reduceC(B, B);
  subC(C, C, V);
  reduceC(C, C);
  mulC(F, p + 2 * c, q + 2 * c);
  mulC(F, F, B);
  DOUBLED = p;
  finishSum(r, U, V);
}

/** The sum of two affine points, neither at infinity, affine again: one inversion and hardly more. */
export function addBothAffine(r: usize, p: usize, q: usize): void {
  const c = coordinate;
  subC(U, q, p);
  reduceC(U, U);
  if (isZeroC(U)) {
    add(r, p, q);
    return;
  }
  if (isTwist) fp2.inverse(U, U);
  else inv(U, U);
  subC(V, q + c, p + c);
  mulC(V, V, U); // slope
  sqrC(A, V);
  subC(A, A, p);
  subC(A, A, q);
  reduceC(A, A);
  subC(B, p, A);
  mulC(B, B, V);
  subC(B, B, p + c);
  reduceC(r + c, B);
  copyC(r, A);
  oneC(r + 2 * c);
}

/** Brings z to one. @returns false at infinity. */
export function toAffine(p: usize): bool {
  if (isInfinity(p)) return false;
  const c = coordinate;
  oneC(C);
  if (memory.compare(C, p + 2 * c, c) == 0) return true;
  if (isTwist) fp2.inverse(A, p + 2 * c);
  else inv(A, p + 2 * c);
  sqrC(B, A);
  mulC(p, p, B);
  mulC(B, B, A);
  mulC(p + c, p + c, B);
  oneC(p + 2 * c);
  return true;
}

/** Whether x, y satisfy y² = x³ (− 3x) + b. */
export function isOnCurve(p: usize, b: usize): bool {
  const c = coordinate;
  sqrC(A, p);
  mulC(A, A, p);
  if (isMinusThree) {
    subC(A, A, p);
    subC(A, A, p);
    subC(A, A, p);
  }
  addC(A, A, b);
  sqrC(B, p + c);
  subC(A, A, B);
  return isZeroC(A);
}
