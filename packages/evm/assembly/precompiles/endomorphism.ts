import { BETA, PSI } from './constants';
import * as fp from './field';
import * as fp2 from './fp2';
import * as point from './point';

/** (βx, y): a multiple of p on the prime field's curve. */
export function endomorphism(r: usize, p: usize): void {
  if (r != p) point.copyPoint(r, p);
  fp.mul(r, r, BETA);
}

/** Frobenius carried over to the twist: a multiple of p there. */
export function psi(r: usize, p: usize): void {
  const c = point.coordinate;
  for (let i: usize = 0; i < 3; i++) fp2.conjugate(r + i * c, p + i * c);
  fp2.mul(r, r, PSI);
  fp2.mul(r + c, r + c, PSI + c);
}

/** That of the curve in use. r and p differ on the twist. */
export function applyEndomorphism(r: usize, p: usize): void {
  if (point.isTwist) psi(r, p);
  else endomorphism(r, p);
}
