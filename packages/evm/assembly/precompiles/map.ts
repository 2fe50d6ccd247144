import { psi } from './endomorphism';
import * as fp from './field';
import * as fp2 from './fp2';
import { inv } from './inverse';
import { mulShort } from './multiply';
import * as point from './point';

/**
 * Field elements to points of BLS12-381 (RFC 9380: simplified SWU on an isogenous curve, the isogeny, the cofactor cleared).
 * Constants, in the coordinates' field: A, B, Z, one half, a root of −Z (or of −N(Z) for the twist); then numerators and denominators.
 */
export const MAP_G1 = memory.data(60 * 112, 16);
export const MAP_G2 = memory.data(20 * 224, 16);
/** (p − 3)/4, 48 bytes. */
export const EXPONENT = memory.data(48, 16);

const POWERS = memory.data(16 * 112, 16);

/** a^((p − 3)/4). */
function powerForRoot(r: usize, a: usize): void {
  fp.copy(POWERS + 112, a);
  for (let i: usize = 2; i < 16; i++) fp.mul(POWERS + i * 112, POWERS + (i - 1) * 112, POWERS + 112);
  let isStarted = false;
  for (let i = 0; i < 96; i++) {
    if (isStarted) for (let j = 0; j < 4; j++) fp.sqr(r, r);
    const digit: usize = (load<u8>(EXPONENT + (i >> 1)) >> (i & 1 ? 0 : 4)) & 15;
    if (digit == 0) continue;
    if (isStarted) fp.mul(r, r, POWERS + digit * 112);
    else fp.copy(r, POWERS + digit * 112);
    isStarted = true;
  }
}

const T = memory.data(224, 16);
const Q = memory.data(224, 16);
const S = memory.data(224, 16);
const N = memory.data(224, 16);

@inline
function constant(index: usize): usize {
  return (point.isTwist ? MAP_G2 : MAP_G1) + index * point.coordinate;
}

/** A root of a, or of Z·a where a has none. @returns whether a has one. */
function rootOf(r: usize, a: usize): bool {
  return point.isTwist ? rootOf2(r, a) : rootOf1(r, a);
}

function rootOf1(r: usize, a: usize): bool {
  powerForRoot(Q, a);
  fp.mul(r, Q, a);
  fp.sqr(T, r);
  if (fp.equals(T, a)) return true;
  fp.mul(r, r, constant(4));
  return false;
}

/** By the root of the norm. With y = t·q and q = t^((p − 3)/4): y² = ±t, and 1/y = ±q. */
function rootOf2(r: usize, a: usize): bool {
  const s = fp.stride;
  fp.mulAddMul(N, a, a, a + s, a + s);
  powerForRoot(Q, N);
  fp.mul(S, Q, N);
  fp.sqr(T, S);
  const isSquare = fp.equals(T, N);
  fp2.copy(N, a);
  if (!isSquare) {
    fp2.mul(N, a, constant(2));
    fp.mul(S, S, constant(4));
  }
  fp.add(T, N, S);
  fp.mul(T, T, constant(3));
  if (fp.isZero(T)) fp.copy(T, N);
  powerForRoot(Q, T);
  fp.mul(r, T, Q);
  fp.sqr(S, r);
  const isResidue = fp.equals(S, T);
  // The other coefficient: half of the imaginary part over the one found.
  fp.mul(Q, Q, constant(3));
  fp.mul(Q, Q, N + s);
  if (isResidue) {
    fp.copy(r + s, Q);
    return isSquare;
  }
  fp.copy(r + s, r);
  fp.neg(r, Q);
  fp.reduce(r, r);
  return isSquare;
}

/** Sign as RFC 9380 has it: the parity of the first coefficient that is not zero. */
function signOf(a: usize): i64 {
  fp.toPlain(T, a);
  if (!point.isTwist || !fp.hasZeroLimbs(T)) return load<i64>(T) & 1;
  fp.toPlain(T, a + fp.stride);
  return load<i64>(T) & 1;
}

const ZU2 = memory.data(224, 16);
const D = memory.data(224, 16);
const X = memory.data(224, 16);
const Y = memory.data(224, 16);
const G = memory.data(224, 16);

/** X and Y of the point of the isogenous curve that u goes to. */
function simplifiedSwu(u: usize): void {
  point.sqrC(ZU2, u);
  point.mulC(ZU2, ZU2, constant(2));
  point.sqrC(D, ZU2);
  point.addC(D, D, ZU2); // Z²u⁴ + Zu²
  point.oneC(X);
  point.addC(X, X, D);
  point.mulC(X, X, constant(1)); // B(D + 1)
  if (point.isZeroC(D)) memory.copy(D, constant(2), point.coordinate);
  else {
    memory.fill(G, 0, point.coordinate);
    point.subC(D, G, D);
  }
  point.reduceC(D, D);
  point.mulC(D, D, constant(0));
  if (point.isTwist) fp2.inverse(D, D);
  else inv(D, D);
  point.mulC(X, X, D);
  point.sqrC(G, X);
  point.addC(G, G, constant(0));
  point.mulC(G, G, X);
  point.addC(G, G, constant(1));
  point.reduceC(G, G);
  if (!rootOf(Y, G)) {
    point.mulC(X, X, ZU2);
    point.mulC(Y, Y, ZU2);
    point.mulC(Y, Y, u);
  }
  if (signOf(u) == signOf(Y)) return;
  memory.fill(G, 0, point.coordinate);
  point.subC(Y, G, Y);
  point.reduceC(Y, Y);
}

/** Σ cᵢ·Xⁱ for so many coefficients from a constant on. */
function polynomial(r: usize, from: usize, count: usize): void {
  memory.copy(r, constant(from + count - 1), point.coordinate);
  for (let i = count - 1; i > 0; i--) {
    point.mulC(r, r, X);
    point.addC(r, r, constant(from + i - 1));
  }
}

const XN = memory.data(224, 16);
const XD = memory.data(224, 16);
const YN = memory.data(224, 16);
const YD = memory.data(224, 16);

/** The point's image under the isogeny; z is the product of the denominators, so that nothing is divided. */
function isogeny(r: usize): void {
  const c = point.coordinate;
  const xn: usize = point.isTwist ? 4 : 12;
  const xd: usize = point.isTwist ? 3 : 11;
  const y: usize = point.isTwist ? 4 : 16;
  polynomial(XN, 5, xn);
  polynomial(XD, 5 + xn, xd);
  polynomial(YN, 5 + xn + xd, y);
  polynomial(YD, 5 + xn + xd + y, y);
  point.reduceC(XD, XD);
  point.reduceC(YD, YD);
  const z = r + 2 * c;
  point.mulC(z, XD, YD);
  point.mulC(r, XN, YD);
  point.mulC(r, r, z);
  point.sqrC(D, z);
  point.mulC(D, D, XD);
  point.mulC(r + c, YN, Y);
  point.mulC(r + c, r + c, D);
  if (point.isZeroC(z)) point.setInfinity(r);
}

const BLS_X: u64 = 0xd201000000010000;
const P = memory.data(672, 16);
const P1 = memory.data(672, 16);
const P2 = memory.data(672, 16);
const P3 = memory.data(672, 16);

/** After Budroni and Pintore, as RFC 9380 has it; x is negative. */
function clearCofactorOfTwist(r: usize): void {
  mulShort(P1, r, BLS_X);
  point.negate(P1, P1);
  psi(P2, r);
  point.double(P, r);
  psi(P3, P);
  psi(P, P3);
  point.negate(P3, P2);
  point.add(P3, P3, P);
  point.add(P2, P2, P1);
  mulShort(P, P2, BLS_X);
  point.negate(P, P);
  point.add(P3, P3, P);
  point.negate(P1, P1);
  point.add(P3, P3, P1);
  point.negate(r, r);
  point.add(r, r, P3);
}

/** The point that the field element goes to. */
export function mapToGroup(r: usize, u: usize): void {
  simplifiedSwu(u);
  isogeny(r);
  if (point.isTwist) {
    clearCofactorOfTwist(r);
    return;
  }
  mulShort(P, r, BLS_X);
  point.add(r, r, P);
}
