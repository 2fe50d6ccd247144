import { copyPrice } from './accountOps';
import { ACCOUNT, MEMORY } from './frames';
import { keccak256 } from './keccak';
import { addLog } from './logs';
import { copyInto, endOf, expand } from './memory';
import { outputLength } from './output';
import { loadBE } from './u256';

const HASH: usize = memory.data(32, 16);
const LOG_DATA_GAS: i64 = 8;
const KECCAK_WORD_GAS: i64 = 6;

/** Whether the piece of a word beyond its low 32 bits is set. */
@inline
export function isWide(word: usize): bool {
  return (load<u64>(word, 8) | load<u64>(word, 16) | load<u64>(word, 24) | (load<u64>(word) >> 32)) != 0;
}

/** KECCAK256. @returns the gas that is left. */
export function opKeccak(frame: usize, sp: usize, gas: i64): i64 {
  const end = endOf(sp, sp - 32);
  const length = load<u32>(sp - 32);
  const left = expand(frame, end, gas - (end == 0 ? 0 : KECCAK_WORD_GAS * <i64>((length + 31) >> 5)));
  if (left < 0) return left;
  const start = <usize>load<u32>(frame, MEMORY) + (end == 0 ? 0 : <usize>load<u32>(sp));
  keccak256(HASH, start, end == 0 ? 0 : length);
  loadBE(sp - 32, HASH);
  return left;
}

/** LOG0 to LOG4. @returns the gas that is left. */
export function opLog(frame: usize, topics: u32, sp: usize, gas: i64): i64 {
  const end = endOf(sp, sp - 32);
  const left = expand(frame, end, gas);
  if (left < 0) return left;
  const length = end == 0 ? 0 : load<u32>(sp - 32);
  const rest = left - LOG_DATA_GAS * <i64>length;
  if (rest < 0) return rest;
  const start = <usize>load<u32>(frame, MEMORY) + (end == 0 ? 0 : <usize>load<u32>(sp));
  addLog(<usize>load<u32>(frame, ACCOUNT), topics, sp - 64, start, length);
  return rest;
}

/** CALLDATACOPY, CODECOPY and RETURNDATACOPY: offset in memory, offset in the source, length. */
export function opCopy(frame: usize, sp: usize, gas: i64, source: usize, sourceLength: u32): i64 {
  const left = copyPrice(frame, sp, sp - 64, gas);
  if (left < 0) return left;
  const length = <usize>load<u32>(sp - 64);
  if (endOf(sp, sp - 64) == 0) return left;
  copyInto(<usize>load<u32>(frame, MEMORY) + <usize>load<u32>(sp), sp - 32, length, source, sourceLength);
  return left;
}

/** Whether a piece of the return data lies inside it (EIP-211). */
export function isInsideOutput(offset: usize, length: usize): bool {
  if (isWide(offset) || isWide(length)) return false;
  return load<u64>(offset) + load<u64>(length) <= <u64>outputLength;
}

/** MCOPY (EIP-5656). @returns the gas that is left. */
export function opMcopy(frame: usize, sp: usize, gas: i64): i64 {
  const to = endOf(sp, sp - 64);
  const from = endOf(sp - 32, sp - 64);
  const words = to == 0 ? 0 : <i64>((load<u32>(sp - 64) + 31) >> 5);
  const left = expand(frame, to > from ? to : from, gas - 3 * words);
  if (left < 0 || to == 0) return left;
  const base = <usize>load<u32>(frame, MEMORY);
  memory.copy(base + <usize>load<u32>(sp), base + <usize>load<u32>(sp - 32), <usize>load<u32>(sp - 64));
  return left;
}
