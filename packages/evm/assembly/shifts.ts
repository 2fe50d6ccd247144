import { limb, saturated, store4 } from './limbs';

@inline
function shiftLeft(r: usize, value: usize, bits: u64): void {
  const skipped = <i32>(bits >> 6);
  let l0 = limb(value, 0);
  let l1 = limb(value, 1);
  let l2 = limb(value, 2);
  let l3 = limb(value, 3);
  if (skipped & 2) {
    l3 = l1;
    l2 = l0;
    l1 = 0;
    l0 = 0;
  }
  if (skipped & 1) {
    l3 = l2;
    l2 = l1;
    l1 = l0;
    l0 = 0;
  }
  // Twice, since WebAssembly takes a shift by 64 for one by 0.
  const up = bits & 63;
  const down = 63 - up;
  store4(r, l0 << up, (l1 << up) | ((l0 >> 1) >> down), (l2 << up) | ((l1 >> 1) >> down), (l3 << up) | ((l2 >> 1) >> down));
}

/** `fill` is what comes in from above: all bits of it 0, or all 1. */
@inline
function shiftRight(r: usize, value: usize, bits: u64, fill: u64): void {
  const skipped = <i32>(bits >> 6);
  let l0 = limb(value, 0);
  let l1 = limb(value, 1);
  let l2 = limb(value, 2);
  let l3 = limb(value, 3);
  if (skipped & 2) {
    l0 = l2;
    l1 = l3;
    l2 = fill;
    l3 = fill;
  }
  if (skipped & 1) {
    l0 = l1;
    l1 = l2;
    l2 = l3;
    l3 = fill;
  }
  const down = bits & 63;
  const up = 63 - down;
  const r0 = (l0 >> down) | ((l1 << 1) << up);
  const r1 = (l1 >> down) | ((l2 << 1) << up);
  const r2 = (l2 >> down) | ((l3 << 1) << up);
  store4(r, r0, r1, r2, (l3 >> down) | ((fill << 1) << up));
}

/** SHL: 0 from 256 bits on. */
export function shl(r: usize, shift: usize, value: usize): void {
  const bits = saturated(shift);
  if (bits > 255) store4(r, 0, 0, 0, 0);
  else shiftLeft(r, value, bits);
}

/** SHR: 0 from 256 bits on. */
export function shr(r: usize, shift: usize, value: usize): void {
  const bits = saturated(shift);
  if (bits > 255) store4(r, 0, 0, 0, 0);
  else shiftRight(r, value, bits, 0);
}

/** SAR: from 256 bits on the sign alone, 0 or -1. */
export function sar(r: usize, shift: usize, value: usize): void {
  const bits = saturated(shift);
  const sign = <u64>(<i64>limb(value, 3) >> 63);
  if (bits > 255) store4(r, sign, sign, sign, sign);
  else shiftRight(r, value, bits, sign);
}
