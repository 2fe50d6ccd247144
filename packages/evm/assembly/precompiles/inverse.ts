import { INVERSE, MODULUS, R3 } from './constants';
import { canonical, copy, hasZeroLimbs, limbBits, limbMask, mul, neg, setZero, stride } from './field';

/** Bernstein and Yang's division steps, as many at a time as a limb has bits: f, g halved; d, e the coefficients modulo p. */
const F = memory.data(112, 16);
const G = memory.data(112, 16);
const D = memory.data(112, 16);
const E = memory.data(112, 16);

/** The transition of one batch: (f, g) → ((uf + vg), (qf + rg)) / 2^w. */
let u: i64 = 1;
let v: i64 = 0;
let q: i64 = 0;
let r: i64 = 1;

function divisionSteps(eta: i64): i64 {
  let f = load<i64>(F) | (load<i64>(F, 8) << limbBits);
  let g = load<i64>(G) | (load<i64>(G, 8) << limbBits);
  let u1: i64 = 1;
  let v1: i64 = 0;
  let q1: i64 = 0;
  let r1: i64 = 1;
  let left = limbBits;
  while (true) {
    const zeros = ctz<i64>(g | ((<i64>-1) << left));
    g >>= zeros;
    u1 <<= zeros;
    v1 <<= zeros;
    eta -= zeros;
    left -= zeros;
    if (left == 0) break;
    if (eta < 0) {
      eta = -eta;
      let swap = f;
      f = g;
      g = -swap;
      swap = u1;
      u1 = q1;
      q1 = -swap;
      swap = v1;
      v1 = r1;
      r1 = -swap;
    }
    const limit = min<i64>(eta + 1, left);
    const w = (f * g * (f * f - 2)) & (((<i64>1) << limit) - 1) & 63;
    g += f * w;
    q1 += u1 * w;
    r1 += v1 * w;
  }
  u = u1;
  v = v1;
  q = q1;
  r = r1;
  return eta;
}

function updateCoefficients(): void {
  const top = stride - 8;
  const signD = load<i64>(D + top) >> 63;
  const signE = load<i64>(E + top) >> 63;
  let md = (u & signD) + (v & signE);
  let me = (q & signD) + (r & signE);
  const inverse = load<i64>(INVERSE);
  let cd = u * load<i64>(D) + v * load<i64>(E);
  let ce = q * load<i64>(D) + r * load<i64>(E);
  md -= (inverse * cd + md) & limbMask;
  me -= (inverse * ce + me) & limbMask;
  for (let at: usize = 0; at < stride; at += 8) {
    const d = load<i64>(D + at);
    const e = load<i64>(E + at);
    const p = load<i64>(MODULUS + at);
    if (at == 0) {
      cd += p * md;
      ce += p * me;
    } else {
      cd += u * d + v * e + p * md;
      ce += q * d + r * e + p * me;
      store<i64>(D + at - 8, cd & limbMask);
      store<i64>(E + at - 8, ce & limbMask);
    }
    cd >>= limbBits;
    ce >>= limbBits;
  }
  store<i64>(D + top, cd);
  store<i64>(E + top, ce);
}

function updateValues(): void {
  const top = stride - 8;
  let cf: i64 = 0;
  let cg: i64 = 0;
  for (let at: usize = 0; at < stride; at += 8) {
    const f = load<i64>(F + at);
    const g = load<i64>(G + at);
    cf += u * f + v * g;
    cg += q * f + r * g;
    if (at > 0) {
      store<i64>(F + at - 8, cf & limbMask);
      store<i64>(G + at - 8, cg & limbMask);
    }
    cf >>= limbBits;
    cg >>= limbBits;
  }
  store<i64>(F + top, cf);
  store<i64>(G + top, cg);
}

/** 1/a; zero for zero. */
export function inv(result: usize, a: usize): void {
  canonical(G, a);
  copy(F, MODULUS);
  setZero(D);
  setZero(E);
  store<i64>(E, 1);
  let eta: i64 = -1;
  while (!hasZeroLimbs(G)) {
    eta = divisionSteps(eta);
    updateCoefficients();
    updateValues();
  }
  if (load<i64>(F + stride - 8) < 0) neg(D, D);
  canonical(D, D);
  mul(result, D, R3);
}

