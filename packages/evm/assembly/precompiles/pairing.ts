import { B_TWIST, PSI } from './constants';
import * as fp from './field';
import * as fp2 from './fp2';
import * as fp12 from './fp12';

/** Pairs of the product, kept after parsing: P (x, y), Q (x, y) and the running point of Q (x, y, z homogeneous). */
const MAX_PAIRS: i32 = 64;
const PAIR: usize = 224 + 448 + 672;
const pairs = memory.data(64 * 1344, 16);
let count: i32 = 0;
let isStarted: bool = false;

/** The product of the Miller loops so far. */
const TOTAL = memory.data(1344, 16);
const MILLER = memory.data(1344, 16);

export function begin(): void {
  count = 0;
  isStarted = false;
}

/** Takes in a pair of affine points, neither at infinity. */
export function take(p: usize, q: usize): void {
  if (count == MAX_PAIRS) flush();
  const pair = pairs + count * PAIR;
  memory.copy(pair, p, 2 * fp.stride);
  memory.copy(pair + 224, q, 4 * fp.stride);
  memory.copy(pair + 672, q, 4 * fp.stride);
  fp2.setOne(pair + 672 + 4 * fp.stride);
  count++;
}

const A = memory.data(224, 16);
const BB = memory.data(224, 16);
const C = memory.data(224, 16);
const E = memory.data(224, 16);
const F = memory.data(224, 16);
const G = memory.data(224, 16);
const H = memory.data(224, 16);
const L0 = memory.data(224, 16);
const L1 = memory.data(224, 16);
const L2 = memory.data(224, 16);

/** Multiplies f by the line (constant and the coefficients of x and y), at the point P. */
function multiplyByLine(f: usize, constant: usize, x: usize, y: usize, p: usize): void {
  fp2.scale(x, x, p);
  fp2.scale(y, y, p + fp.stride);
  if (fp.isWide) fp12.mulBy014(f, constant, x, y);
  else fp12.mulBy034(f, y, x, constant);
}

/** Tangent at r, and r doubled (Costello, Lange and Naehrig; coordinates scaled by four so that nothing is halved). */
function doubleStep(f: usize, r: usize, p: usize): void {
  const s = 2 * fp.stride;
  const x = r;
  const y = r + s;
  const z = r + 2 * s;
  fp2.mul(A, x, y);
  fp2.sqr(BB, y);
  fp2.sqr(C, z);
  fp2.shift(E, C, 1);
  fp2.add(E, E, C);
  fp2.reduce(E, E);
  fp2.mul(E, E, B_TWIST); // 3b'z²
  fp2.shift(F, E, 1);
  fp2.add(F, F, E); // 9b'z²
  fp2.mul(H, y, z);
  fp2.shift(H, H, 1); // 2yz
  fp2.sub(L0, E, BB);
  fp2.reduce(L0, L0);
  fp2.sqr(L1, x);
  fp2.shift(G, L1, 1);
  fp2.add(L1, L1, G);
  fp2.reduce(L1, L1);
  fp2.neg(L2, H);
  fp2.reduce(L2, L2);
  fp2.sub(C, BB, F);
  fp2.shift(C, C, 1);
  fp2.reduce(C, C);
  fp2.mul(x, A, C);
  fp2.add(G, BB, F);
  fp2.reduce(G, G);
  fp2.sqr(G, G);
  fp2.sqr(E, E);
  fp2.shift(F, E, 3);
  fp2.shift(E, E, 2);
  fp2.sub(G, G, F);
  fp2.sub(G, G, E);
  fp2.reduce(y, G);
  fp2.mul(z, BB, H);
  fp2.shift(z, z, 2);
  fp2.reduce(z, z);
  multiplyByLine(f, L0, L1, L2, p);
}

/** Line through r and q, and r + q. */
function addStep(f: usize, r: usize, q: usize, p: usize): void {
  const s = 2 * fp.stride;
  const x = r;
  const y = r + s;
  const z = r + 2 * s;
  fp2.mul(A, q + s, z);
  fp2.sub(A, y, A);
  fp2.reduce(A, A); // θ
  fp2.mul(BB, q, z);
  fp2.sub(BB, x, BB);
  fp2.reduce(BB, BB); // λ
  fp2.sqr(C, A);
  fp2.sqr(E, BB);
  fp2.mul(F, BB, E); // λ³
  fp2.mul(G, z, C); // zθ²
  fp2.mul(H, x, E); // xλ²
  fp2.add(G, G, F);
  fp2.sub(G, G, H);
  fp2.sub(G, G, H);
  fp2.reduce(G, G);
  fp2.mul(x, BB, G);
  fp2.sub(H, H, G);
  fp2.mul(H, A, H);
  fp2.mul(C, F, y);
  fp2.sub(H, H, C);
  fp2.reduce(y, H);
  fp2.mul(z, z, F);
  fp2.mul(L0, A, q);
  fp2.mul(C, BB, q + s);
  fp2.sub(L0, L0, C);
  fp2.reduce(L0, L0);
  fp2.neg(L1, A);
  fp2.reduce(L1, L1);
  fp2.copy(L2, BB);
  multiplyByLine(f, L0, L1, L2, p);
}

const BLS_X: u64 = 0xd201000000010000;
/** 6x + 2 of bn254 without its highest bit, 2^64. */
const BN_LOOP: u64 = 0x9d797039be763ba8;

/** The Miller loops of all pairs that wait, sharing their squarings. */
function flush(): void {
  if (count == 0) return;
  fp12.setOne(MILLER);
  const wide = fp.isWide;
  const loop = wide ? BLS_X : BN_LOOP;
  for (let bit = wide ? 62 : 63; bit >= 0; bit--) {
    fp12.sqr(MILLER, MILLER);
    const isSet = (loop >> bit) & 1;
    for (let i = 0; i < count; i++) {
      const pair = pairs + i * PAIR;
      doubleStep(MILLER, pair + 672, pair);
      if (isSet) addStep(MILLER, pair + 672, pair + 224, pair);
    }
  }
  if (wide) fp12.conjugate(MILLER, MILLER);
  else for (let i = 0; i < count; i++) addFrobeniusOfBn(pairs + i * PAIR);
  if (isStarted) fp12.mul(TOTAL, TOTAL, MILLER);
  else fp12.copy(TOTAL, MILLER);
  isStarted = true;
  count = 0;
}

const Q1 = memory.data(448, 16);

function frobeniusOfTwist(q: usize): void {
  const s = 2 * fp.stride;
  fp2.conjugate(q, q);
  fp2.mul(q, q, PSI);
  fp2.conjugate(q + s, q + s);
  fp2.mul(q + s, q + s, PSI + s);
}

/** bn254's loop ends with the lines through πQ and −π²Q. */
function addFrobeniusOfBn(pair: usize): void {
  const s = 2 * fp.stride;
  memory.copy(Q1, pair + 224, 2 * s);
  frobeniusOfTwist(Q1);
  addStep(MILLER, pair + 672, Q1, pair);
  frobeniusOfTwist(Q1);
  fp2.neg(Q1 + s, Q1 + s);
  addStep(MILLER, pair + 672, Q1, pair);
}

const R = memory.data(1344, 16);
const Y0 = memory.data(1344, 16);
const Y1 = memory.data(1344, 16);
const Y2 = memory.data(1344, 16);
const Y3 = memory.data(1344, 16);
const Y4 = memory.data(1344, 16);
const Y6 = memory.data(1344, 16);

/** r = a^k in the cyclotomic subgroup. r and a differ. */
function power(r: usize, a: usize, k: u64): void {
  fp12.copy(r, a);
  for (let bit = 62 - <i32>clz(k); bit >= 0; bit--) {
    fp12.sqrCyclotomic(r);
    if ((k >> bit) & 1) fp12.mul(r, r, a);
  }
}

/** a^x: x is negative. */
function powerOfBls(r: usize, a: usize): void {
  power(r, a, BLS_X);
  fp12.conjugate(r, r);
}

/** (x − 1)²(x + p)(x² + p² − 1) + 3, after Hayashida, Hayasaka and Teruya: thrice the exponent, which 1 does not mind. */
function hardPartOfBls(): void {
  fp12.copy(Y0, R);
  fp12.sqrCyclotomic(Y0);
  powerOfBls(Y1, R);
  fp12.conjugate(Y2, R);
  fp12.mul(Y1, Y1, Y2);
  powerOfBls(Y2, Y1);
  fp12.conjugate(Y1, Y1);
  fp12.mul(Y1, Y1, Y2);
  powerOfBls(Y2, Y1);
  fp12.frobenius(Y1, Y1);
  fp12.mul(Y1, Y1, Y2);
  fp12.mul(R, R, Y0);
  powerOfBls(Y0, Y1);
  powerOfBls(Y2, Y0);
  fp12.frobenius(Y0, Y1);
  fp12.frobenius(Y0, Y0);
  fp12.conjugate(Y1, Y1);
  fp12.mul(Y1, Y1, Y2);
  fp12.mul(Y1, Y1, Y0);
  fp12.mul(R, R, Y1);
}

const BN_X: u64 = 4965661367192848881;

function negativePowerOfBn(r: usize, a: usize): void {
  power(r, a, BN_X);
  fp12.conjugate(r, r);
}

/** After Fuentes-Castañeda, Knapp and Rodríguez-Henríquez: a multiple of the exponent, prime to the group's order. */
function hardPartOfBn(): void {
  negativePowerOfBn(Y0, R);
  fp12.copy(Y1, Y0);
  fp12.sqrCyclotomic(Y1);
  fp12.copy(Y2, Y1);
  fp12.sqrCyclotomic(Y2);
  fp12.mul(Y3, Y2, Y1);
  negativePowerOfBn(Y4, Y3);
  fp12.copy(Y2, Y4);
  fp12.sqrCyclotomic(Y2);
  negativePowerOfBn(Y6, Y2);
  fp12.conjugate(Y3, Y3);
  fp12.conjugate(Y6, Y6);
  fp12.mul(Y6, Y6, Y4);
  fp12.mul(Y3, Y6, Y3); // y8
  fp12.mul(Y1, Y3, Y1); // y9
  fp12.mul(Y4, Y3, Y4);
  fp12.mul(Y4, Y4, R); // y11
  fp12.frobenius(Y0, Y1);
  fp12.mul(Y4, Y0, Y4); // y13
  fp12.frobenius(Y3, Y3);
  fp12.frobenius(Y3, Y3);
  fp12.mul(Y4, Y3, Y4); // y14
  fp12.conjugate(R, R);
  fp12.mul(Y1, R, Y1);
  fp12.frobenius(Y1, Y1);
  fp12.frobenius(Y1, Y1);
  fp12.frobenius(Y1, Y1);
  fp12.mul(R, Y1, Y4);
}

/** Whether the product of the pairings of all pairs taken in is one. */
export function isProductOne(): bool {
  flush();
  if (!isStarted) return true;
  fp12.inverse(Y0, TOTAL);
  fp12.conjugate(R, TOTAL);
  fp12.mul(R, R, Y0);
  fp12.frobenius(Y0, R);
  fp12.frobenius(Y0, Y0);
  fp12.mul(R, R, Y0);
  if (fp.isWide) hardPartOfBls();
  else hardPartOfBn();
  return fp12.isOne(R);
}
