import { keccak256 } from './keccak';

/** Where input goes, as long as it fits. */
const INPUT: usize = memory.data(65536, 16);
const HASH: usize = memory.data(32, 16);

export function inputAt(): usize {
  return INPUT;
}

export function hashAt(): usize {
  return HASH;
}

/** Hashes the first bytes of the input. */
export function hash(length: u32): void {
  keccak256(HASH, INPUT, length);
}

/** Room for longer input. @returns where it goes. */
export function longInputAt(length: u32): usize {
  const start = (__heap_base + 15) & ~15;
  const pages = (start + <usize>length + 65535) >> 16;
  const missing = <i32>pages - memory.size();
  if (missing > 0) memory.grow(missing);
  return start;
}

export function hashLong(length: u32): void {
  keccak256(HASH, (__heap_base + 15) & ~15, length);
}
