/** What a few instructions do with a word. Parameters are pointers to four limbs; see `u256.ts`. */
import { store4 } from './limbs';

@inline
export function set64(r: usize, value: u64): void {
  store4(r, value, 0, 0, 0);
}

@inline
export function copy(to: usize, from: usize): void {
  const low = v128.load(from);
  const high = v128.load(from, 16);
  v128.store(to, low);
  v128.store(to, high, 16);
}

/** Bytes that are a word most often, or none: an engine copies others by a call. */
@inline
export function copyBytes(to: usize, from: usize, length: usize): void {
  if (length == 32) copy(to, from);
  else if (length != 0) memory.copy(to, from, length);
}

@inline
export function add(r: usize, a: usize, b: usize): void {
  const a0 = load<u64>(a);
  const r0 = a0 + load<u64>(b);
  const carry0 = u64(r0 < a0);
  const a1 = load<u64>(a, 8);
  const sum1 = a1 + load<u64>(b, 8);
  const r1 = sum1 + carry0;
  const carry1 = u64(sum1 < a1) | u64(r1 < sum1);
  const a2 = load<u64>(a, 16);
  const sum2 = a2 + load<u64>(b, 16);
  const r2 = sum2 + carry1;
  const carry2 = u64(sum2 < a2) | u64(r2 < sum2);
  const r3 = load<u64>(a, 24) + load<u64>(b, 24) + carry2;
  store4(r, r0, r1, r2, r3);
}

@inline
export function sub(r: usize, a: usize, b: usize): void {
  const a0 = load<u64>(a);
  const b0 = load<u64>(b);
  const r0 = a0 - b0;
  const borrow0 = u64(a0 < b0);
  const a1 = load<u64>(a, 8);
  const b1 = load<u64>(b, 8);
  const difference1 = a1 - b1;
  const r1 = difference1 - borrow0;
  const borrow1 = u64(a1 < b1) | u64(difference1 < borrow0);
  const a2 = load<u64>(a, 16);
  const b2 = load<u64>(b, 16);
  const difference2 = a2 - b2;
  const r2 = difference2 - borrow1;
  const borrow2 = u64(a2 < b2) | u64(difference2 < borrow1);
  const r3 = load<u64>(a, 24) - load<u64>(b, 24) - borrow2;
  store4(r, r0, r1, r2, r3);
}

@inline
export function and(r: usize, a: usize, b: usize): void {
  const low = v128.and(v128.load(a), v128.load(b));
  const high = v128.and(v128.load(a, 16), v128.load(b, 16));
  v128.store(r, low);
  v128.store(r, high, 16);
}

@inline
export function or(r: usize, a: usize, b: usize): void {
  const low = v128.or(v128.load(a), v128.load(b));
  const high = v128.or(v128.load(a, 16), v128.load(b, 16));
  v128.store(r, low);
  v128.store(r, high, 16);
}

@inline
export function xor(r: usize, a: usize, b: usize): void {
  const low = v128.xor(v128.load(a), v128.load(b));
  const high = v128.xor(v128.load(a, 16), v128.load(b, 16));
  v128.store(r, low);
  v128.store(r, high, 16);
}

@inline
export function not(r: usize, a: usize): void {
  const low = v128.not(v128.load(a));
  const high = v128.not(v128.load(a, 16));
  v128.store(r, low);
  v128.store(r, high, 16);
}

@inline
export function isZero(a: usize): bool {
  return (load<u64>(a) | load<u64>(a, 8) | load<u64>(a, 16) | load<u64>(a, 24)) == 0;
}

@inline
export function eq(a: usize, b: usize): bool {
  const low = (load<u64>(a) ^ load<u64>(b)) | (load<u64>(a, 8) ^ load<u64>(b, 8));
  const high = (load<u64>(a, 16) ^ load<u64>(b, 16)) | (load<u64>(a, 24) ^ load<u64>(b, 24));
  return (low | high) == 0;
}

/** Whether a < b, unsigned: the borrow of a - b, without a branch. */
@inline
export function ltu(a: usize, b: usize): bool {
  const borrow0 = u64(load<u64>(a) < load<u64>(b));
  const a1 = load<u64>(a, 8);
  const b1 = load<u64>(b, 8);
  const borrow1 = u64(a1 < b1) | (u64(a1 == b1) & borrow0);
  const a2 = load<u64>(a, 16);
  const b2 = load<u64>(b, 16);
  const borrow2 = u64(a2 < b2) | (u64(a2 == b2) & borrow1);
  const a3 = load<u64>(a, 24);
  const b3 = load<u64>(b, 24);
  return (u64(a3 < b3) | (u64(a3 == b3) & borrow2)) != 0;
}

/** Whether a < b in two's complement. */
@inline
export function slt(a: usize, b: usize): bool {
  const aTop = <i64>load<u64>(a, 24);
  const bTop = <i64>load<u64>(b, 24);
  return (aTop ^ bTop) < 0 ? aTop < bTop : ltu(a, b);
}

/** r = -a in two's complement. */
@inline
export function negate(r: usize, a: usize): void {
  const r0 = 0 - load<u64>(a);
  const borrow0 = u64(r0 != 0);
  const a1 = load<u64>(a, 8);
  const r1 = 0 - a1 - borrow0;
  const borrow1 = borrow0 | u64(a1 != 0);
  const a2 = load<u64>(a, 16);
  const r2 = 0 - a2 - borrow1;
  const borrow2 = borrow1 | u64(a2 != 0);
  store4(r, r0, r1, r2, 0 - load<u64>(a, 24) - borrow2);
}

/** The 32 big-endian bytes at `from`, as a word. */
@inline
export function loadBE(r: usize, from: usize): void {
  const high = v128.load(from);
  const low = v128.load(from, 16);
  v128.store(r, v128.shuffle<u8>(low, low, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0));
  v128.store(r, v128.shuffle<u8>(high, high, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0), 16);
}

/** The word as 32 big-endian bytes at `to`. */
@inline
export function storeBE(to: usize, a: usize): void {
  loadBE(to, a);
}
