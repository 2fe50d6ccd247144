import { MEMORY, MEMORY_SIZE } from './frames';
import { reserve } from './layout';
import { loadBE } from './words';

/** Further than any gas leads. */
const TOO_FAR: u64 = 0xffffffffffff;

/** @returns the end of the piece of memory that two words on the stack describe; 0 for an empty piece. */
export function endOf(offset: usize, length: usize): u64 {
  const longLength = load<u64>(length, 8) | load<u64>(length, 16) | load<u64>(length, 24) | (load<u64>(length) >> 32);
  if (longLength != 0) return TOO_FAR;
  const size = load<u64>(length);
  if (size == 0) return 0;
  const far = load<u64>(offset, 8) | load<u64>(offset, 16) | load<u64>(offset, 24) | (load<u64>(offset) >> 32);
  return far != 0 ? TOO_FAR : load<u64>(offset) + size;
}

@inline
function priceOf(words: u64): u64 {
  return 3 * words + ((words * words) >> 9);
}

/** Zeros from one multiple of 32 to another; of a few words without the call that an engine makes of a fill. */
@inline
function clear(from: usize, to: usize): void {
  if (to - from > 256) memory.fill(from, 0, to - from);
  else {
    for (let at = from; at < to; at += 32) {
      v128.store(at, i64x2(0, 0));
      v128.store(at, i64x2(0, 0), 16);
    }
  }
}

/**
 * Makes the frame's memory reach to `end`, for gas.
 * @returns the gas that is left; negative when there was too little.
 */
export function expand(frame: usize, end: u64, gas: i64): i64 {
  const have = <u64>load<u32>(frame, MEMORY_SIZE);
  if (end <= have) return gas;
  const words = (end + 31) >> 5;
  if (words > 0x7ffffff) return -1;
  const left = gas - <i64>(priceOf(words) - priceOf(have >> 5));
  if (left < 0) return left;
  const start = <usize>load<u32>(frame, MEMORY);
  const size = <usize>words << 5;
  // A word more than the size, which a read of 32 bytes from the last byte may touch.
  reserve(start + size + 64);
  clear(start + <usize>have, start + size);
  store<u32>(frame, <u32>size, MEMORY_SIZE);
  return left;
}

/** Copies bytes into memory; what lies behind the end of the source is zero. `from` is a word. */
export function copyInto(target: usize, from: usize, length: usize, source: usize, sourceLength: u32): void {
  const far = load<u64>(from, 8) | load<u64>(from, 16) | load<u64>(from, 24);
  let there: usize = 0;
  const start = load<u64>(from);
  if (far == 0 && start < <u64>sourceLength) {
    there = <usize>sourceLength - <usize>start;
    if (there > length) there = length;
    memory.copy(target, source + <usize>start, there);
  }
  if (there < length) memory.fill(target + there, 0, length - there);
}

const PADDED: usize = memory.data(32, 16);

/** CALLDATALOAD: `word` is an offset, and becomes what is there, with zeros behind the data's end. */
export function loadData(word: usize, data: usize, dataLength: u32): void {
  const offset = load<u64>(word);
  const far = load<u64>(word, 8) | load<u64>(word, 16) | load<u64>(word, 24);
  if (far == 0 && offset < <u64>dataLength && offset + 32 <= <u64>dataLength) {
    loadBE(word, data + <usize>offset);
  } else {
    copyInto(PADDED, word, 32, data, dataLength);
    loadBE(word, PADDED);
  }
}
