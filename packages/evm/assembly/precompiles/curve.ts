import { B, B_TWIST } from './constants';
import { endomorphism, psi } from './endomorphism';
import * as fp from './field';
import { mulShort } from './multiply';
import * as point from './point';

/** |x| of both pairing curves' families: BLS12-381's is negative. */
const BLS_X: u64 = 0xd201000000010000;
const BN_X: u64 = 4965661367192848881;

function isZeroBytes(source: usize, length: usize): bool {
  for (let i: usize = 0; i < length; i += 8) if (load<u64>(source + i) != 0) return false;
  return true;
}

/** Coefficients of the extension come real part first on BLS12-381 (EIP-2537), last on bn254 (EIP-197). */
function decodeC(r: usize, source: usize): bool {
  if (!point.isTwist) return fp.decode(r, source);
  const e = fp.encodedLength;
  const s = fp.stride;
  return fp.isWide
    ? fp.decode(r, source) && fp.decode(r + s, source + e)
    : fp.decode(r + s, source) && fp.decode(r, source + e);
}

function encodeC(target: usize, a: usize): void {
  fp.encode(target, a);
  if (point.isTwist) fp.encode(target + fp.encodedLength, a + fp.stride);
}

export function encodedPoint(): usize {
  return (point.isTwist ? 4 : 2) * fp.encodedLength;
}

/** Reads a point of the curve in use. @returns false where the bytes are no point of it. Not a check of the subgroup. */
export function decodePoint(r: usize, source: usize): bool {
  const half = encodedPoint() >> 1;
  if (isZeroBytes(source, 2 * half)) {
    point.setInfinity(r);
    return true;
  }
  if (!decodeC(r, source) || !decodeC(r + point.coordinate, source + half)) return false;
  point.oneC(r + 2 * point.coordinate);
  return point.isOnCurve(r, point.isTwist ? B_TWIST : B);
}

/** Writes a point; it becomes affine. */
export function encodePoint(target: usize, p: usize): void {
  const half = encodedPoint() >> 1;
  if (!point.toAffine(p)) {
    memory.fill(target, 0, 2 * half);
    return;
  }
  encodeC(target, p);
  encodeC(target + half, p + point.coordinate);
}

const P = memory.data(672, 16);
const Q = memory.data(672, 16);
const T = memory.data(672, 16);

/** Whether a point of the curve has the order of the pairing's groups. */
export function isInSubgroup(p: usize): bool {
  if (point.isInfinity(p)) return true;
  if (!fp.isWide) return point.isTwist ? isInTwistedSubgroupOfBn(p) : true;
  mulShort(P, p, BLS_X);
  if (point.isTwist) {
    // ψ acts as x, which is negative.
    psi(Q, p);
  } else {
    // x² acts as −β on the first coordinate.
    point.copyPoint(T, P);
    mulShort(P, T, BLS_X);
    endomorphism(Q, p);
  }
  point.add(P, P, Q);
  return point.isInfinity(P);
}

/** (x + 1)Q + ψ(xQ) + ψ²(xQ) = ψ³(2xQ), after Dai, Lin, Zhao and Zhou. */
function isInTwistedSubgroupOfBn(p: usize): bool {
  mulShort(P, p, BN_X);
  psi(Q, P);
  point.add(P, P, p);
  point.add(P, P, Q);
  psi(T, Q);
  point.add(P, P, T);
  psi(Q, T);
  point.double(Q, Q);
  point.negate(Q, Q);
  point.add(P, P, Q);
  return point.isInfinity(P);
}
