import { FROBENIUS, ONE } from './constants';
import * as fp from './field';
import * as fp2 from './fp2';

/** Fp6 = Fp2[v]/(v³ − ξ), three coefficients; Fp12 = Fp6[w]/(w² − v), two of those. All of weight 1. */
const V0 = memory.data(224, 16);
const V1 = memory.data(224, 16);
const V2 = memory.data(224, 16);
const S = memory.data(224, 16);
const T = memory.data(224, 16);
const M = memory.data(224, 16);
const R = memory.data(672, 16);

/** v: (a + b)(c + d) − v − w. */
function crossTerm(r: usize, a: usize, b: usize, c: usize, d: usize, v: usize, w: usize): void {
  fp2.add(S, a, b);
  fp2.add(T, c, d);
  fp2.mul(r, S, T);
  fp2.sub(r, r, v);
  fp2.sub(r, r, w);
}

export function mul6(r: usize, a: usize, b: usize): void {
  const s = 2 * fp.stride;
  fp2.mul(V0, a, b);
  fp2.mul(V1, a + s, b + s);
  fp2.mul(V2, a + 2 * s, b + 2 * s);
  crossTerm(M, a + s, a + 2 * s, b + s, b + 2 * s, V1, V2);
  fp2.mulByXi(M, M);
  fp2.add(R, M, V0);
  crossTerm(R + s, a, a + s, b, b + s, V0, V1);
  fp2.mulByXi(M, V2);
  fp2.add(R + s, R + s, M);
  crossTerm(R + 2 * s, a, a + 2 * s, b, b + 2 * s, V0, V2);
  fp2.add(R + 2 * s, R + 2 * s, V1);
  reduce6(r, R);
}

/** By b0 + b1·v. */
export function mulBySparse6(r: usize, a: usize, b0: usize, b1: usize): void {
  const s = 2 * fp.stride;
  fp2.mul(V0, a, b0);
  fp2.mul(V1, a + s, b1);
  fp2.mul(M, a + 2 * s, b1);
  fp2.mulByXi(M, M);
  fp2.add(R, M, V0);
  crossTerm(R + s, a, a + s, b0, b1, V0, V1);
  fp2.mul(M, a + 2 * s, b0);
  fp2.add(R + 2 * s, M, V1);
  reduce6(r, R);
}

/** By b·v. */
export function mulByLinear6(r: usize, a: usize, b: usize): void {
  const s = 2 * fp.stride;
  fp2.mul(M, a + 2 * s, b);
  fp2.mul(V1, a + s, b);
  fp2.mul(r + s, a, b);
  fp2.copy(r + 2 * s, V1);
  fp2.mulByXi(M, M);
  fp2.reduce(r, M);
}

export function scale6(r: usize, a: usize, k: usize): void {
  const s = 2 * fp.stride;
  for (let i: usize = 0; i < 3; i++) fp2.mul(r + i * s, a + i * s, k);
}

export function add6(r: usize, a: usize, b: usize): void {
  const s = 2 * fp.stride;
  for (let i: usize = 0; i < 3; i++) fp2.add(r + i * s, a + i * s, b + i * s);
}

export function sub6(r: usize, a: usize, b: usize): void {
  const s = 2 * fp.stride;
  for (let i: usize = 0; i < 3; i++) fp2.sub(r + i * s, a + i * s, b + i * s);
}

export function neg6(r: usize, a: usize): void {
  const s = 2 * fp.stride;
  for (let i: usize = 0; i < 3; i++) fp2.neg(r + i * s, a + i * s);
}

export function copy6(r: usize, a: usize): void {
  memory.copy(r, a, 6 * fp.stride);
}

export function reduce6(r: usize, a: usize): void {
  const s = 2 * fp.stride;
  for (let i: usize = 0; i < 3; i++) fp2.reduce(r + i * s, a + i * s);
}

/** r and a differ. */
export function mulByV6(r: usize, a: usize): void {
  const s = 2 * fp.stride;
  fp2.mulByXi(r, a + 2 * s);
  fp2.copy(r + s, a);
  fp2.copy(r + 2 * s, a + s);
}

const I0 = memory.data(224, 16);
const I1 = memory.data(224, 16);
const I2 = memory.data(224, 16);
const IT = memory.data(224, 16);

function inverse6(r: usize, a: usize): void {
  const s = 2 * fp.stride;
  fp2.mul(M, a + s, a + 2 * s);
  fp2.mulByXi(M, M);
  fp2.sqr(I0, a);
  fp2.sub(I0, I0, M);
  fp2.reduce(I0, I0);
  fp2.sqr(I1, a + 2 * s);
  fp2.mulByXi(I1, I1);
  fp2.mul(M, a, a + s);
  fp2.sub(I1, I1, M);
  fp2.reduce(I1, I1);
  fp2.sqr(I2, a + s);
  fp2.mul(M, a, a + 2 * s);
  fp2.sub(I2, I2, M);
  fp2.reduce(I2, I2);
  fp2.mul(IT, a + 2 * s, I1);
  fp2.mul(M, a + s, I2);
  fp2.add(IT, IT, M);
  fp2.mulByXi(IT, IT);
  fp2.mul(M, a, I0);
  fp2.add(IT, IT, M);
  fp2.reduce(IT, IT);
  fp2.inverse(IT, IT);
  fp2.mul(r, I0, IT);
  fp2.mul(r + s, I1, IT);
  fp2.mul(r + 2 * s, I2, IT);
}

const P = memory.data(672, 16);
const Q = memory.data(672, 16);
const X = memory.data(672, 16);
const Y = memory.data(672, 16);
const Z = memory.data(672, 16);

export function mul(r: usize, a: usize, b: usize): void {
  const h = 6 * fp.stride;
  mul6(P, a, b);
  mul6(Q, a + h, b + h);
  add6(X, a, a + h);
  reduce6(X, X);
  add6(Y, b, b + h);
  reduce6(Y, Y);
  mul6(X, X, Y);
  finish(r, X);
}

/** r = (P + v·Q) + (cross − P − Q)·w. */
function finish(r: usize, cross: usize): void {
  const h = 6 * fp.stride;
  sub6(cross, cross, P);
  sub6(cross, cross, Q);
  reduce6(r + h, cross);
  mulByV6(Z, Q);
  add6(P, P, Z);
  reduce6(r, P);
}

export function sqr(r: usize, a: usize): void {
  const h = 6 * fp.stride;
  mul6(P, a, a + h);
  mulByV6(Z, a + h);
  add6(Z, Z, a);
  reduce6(Z, Z);
  add6(X, a, a + h);
  reduce6(X, X);
  mul6(X, X, Z);
  sub6(X, X, P);
  mulByV6(Z, P);
  sub6(X, X, Z);
  reduce6(r, X);
  add6(P, P, P);
  reduce6(r + h, P);
}

const SUM = memory.data(224, 16);

/** By (c0 + c1·v) + c4·v·w, a line of the M-twist. */
export function mulBy014(f: usize, c0: usize, c1: usize, c4: usize): void {
  const h = 6 * fp.stride;
  mulBySparse6(P, f, c0, c1);
  mulByLinear6(Q, f + h, c4);
  add6(X, f, f + h);
  reduce6(X, X);
  fp2.add(SUM, c1, c4);
  fp2.reduce(SUM, SUM);
  mulBySparse6(X, X, c0, SUM);
  finish(f, X);
}

/** By c0 + (c3 + c4·v)·w, a line of the D-twist. */
export function mulBy034(f: usize, c0: usize, c3: usize, c4: usize): void {
  const h = 6 * fp.stride;
  scale6(P, f, c0);
  mulBySparse6(Q, f + h, c3, c4);
  add6(X, f, f + h);
  reduce6(X, X);
  fp2.add(SUM, c0, c3);
  fp2.reduce(SUM, SUM);
  mulBySparse6(X, X, SUM, c4);
  finish(f, X);
}

export function conjugate(r: usize, a: usize): void {
  const h = 6 * fp.stride;
  if (r != a) copy6(r, a);
  neg6(r + h, a + h);
}

export function inverse(r: usize, a: usize): void {
  const h = 6 * fp.stride;
  mul6(P, a, a);
  mul6(Q, a + h, a + h);
  mulByV6(Z, Q);
  sub6(P, P, Z);
  reduce6(P, P);
  inverse6(Q, P);
  mul6(r, a, Q);
  neg6(X, a + h);
  mul6(r + h, X, Q);
}

/** a^p. The coefficient of wⁱ, conjugated, times ξ^(i(p−1)/6). */
export function frobenius(r: usize, a: usize): void {
  const s = 2 * fp.stride;
  fp2.conjugate(r, a);
  for (let k: usize = 1; k < 6; k++) {
    const power = k < 3 ? 2 * k : 2 * (k - 3) + 1;
    fp2.conjugate(r + k * s, a + k * s);
    fp2.mul(r + k * s, r + k * s, FROBENIUS + (power - 1) * s);
  }
}

export function copy(r: usize, a: usize): void {
  memory.copy(r, a, 12 * fp.stride);
}

export function setOne(r: usize): void {
  memory.fill(r, 0, 12 * fp.stride);
  fp.copy(r, ONE);
}

export function isOne(a: usize): bool {
  if (!fp.isOne(a)) return false;
  for (let i: usize = 1; i < 12; i++) if (!fp.isZero(a + i * fp.stride)) return false;
  return true;
}

const SQ0 = memory.data(224, 16);
const SQ1 = memory.data(224, 16);
const SQ2 = memory.data(224, 16);

/** (a + b·w')² in Fp4: r0 = a² + ξb², r1 = 2ab. */
function square4(r0: usize, r1: usize, a: usize, b: usize): void {
  fp2.add(SQ0, a, b);
  fp2.reduce(SQ0, SQ0);
  fp2.sqr(SQ0, SQ0);
  fp2.sqr(SQ1, a);
  fp2.sqr(SQ2, b);
  fp2.sub(SQ0, SQ0, SQ1);
  fp2.sub(r1, SQ0, SQ2);
  fp2.mulByXi(SQ2, SQ2);
  fp2.add(r0, SQ1, SQ2);
}

/** z = 3t − 2z, or 3t + 2z. */
@inline
function tripleMinusTwice(z: usize, t: usize): void {
  fp2.sub(SQ0, t, z);
  fp2.shift(SQ0, SQ0, 1);
  fp2.add(SQ0, SQ0, t);
  fp2.reduce(z, SQ0);
}

@inline
function triplePlusTwice(z: usize, t: usize): void {
  fp2.add(SQ0, t, z);
  fp2.shift(SQ0, SQ0, 1);
  fp2.add(SQ0, SQ0, t);
  fp2.reduce(z, SQ0);
}

const T0 = memory.data(224, 16);
const T1 = memory.data(224, 16);
const T2 = memory.data(224, 16);
const T3 = memory.data(224, 16);

/** In place, for an element of the cyclotomic subgroup (Granger and Scott). */
export function sqrCyclotomic(f: usize): void {
  const s = 2 * fp.stride;
  const z4 = f + s;
  const z3 = f + 2 * s;
  const z2 = f + 3 * s;
  const z1 = f + 4 * s;
  const z5 = f + 5 * s;
  square4(T0, T1, f, z1);
  tripleMinusTwice(f, T0);
  triplePlusTwice(z1, T1);
  square4(T0, T1, z2, z3);
  square4(T2, T3, z4, z5);
  tripleMinusTwice(z4, T0);
  triplePlusTwice(z5, T1);
  fp2.mulByXi(T3, T3);
  triplePlusTwice(z2, T3);
  tripleMinusTwice(z3, T2);
}
