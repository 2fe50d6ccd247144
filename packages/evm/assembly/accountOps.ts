import { accessPrice, accountOfWord, BALANCE, CODE_HASH, isEmpty } from './accounts';
import { BYTES, LENGTH } from './codes';
import { BLOB_HASHES, blobCount, NUMBER } from './environment';
import { current, MEMORY } from './frames';
import { hostBlockHash } from './host';
import { copyInto, endOf, expand } from './memory';
import { codeOf } from './messages';
import { expByte } from './rules';
import { byteLength, copy, loadBE, ltu, set64, sub } from './u256';

const AGO: usize = memory.data(32, 16);
const HASH_DEPTH: u64 = 256;

/** BALANCE. @returns the gas that is left, here and below. */
export function opBalance(word: usize, gas: i64): i64 {
  const record = accountOfWord(word);
  copy(word, record + BALANCE);
  return gas - accessPrice(record);
}

export function opExtCodeSize(word: usize, gas: i64): i64 {
  const record = accountOfWord(word);
  const code = codeOf(record);
  set64(word, <u64>load<u32>(code, LENGTH));
  return gas - accessPrice(record);
}

/** EIP-1052: zero for an account that is not there or is empty. */
export function opExtCodeHash(word: usize, gas: i64): i64 {
  const record = accountOfWord(word);
  if (isEmpty(record)) set64(word, 0);
  else loadBE(word, record + CODE_HASH);
  return gas - accessPrice(record);
}

/** EXTCODECOPY: address, offset in memory, offset in code, length. */
export function opExtCodeCopy(sp: usize, gas: i64): i64 {
  const record = accountOfWord(sp);
  const code = codeOf(record);
  const left = copyPrice(current, sp - 32, sp - 96, gas - accessPrice(record));
  if (left < 0) return left;
  const length = <usize>load<u32>(sp - 96);
  if (length == 0) return left;
  const target = <usize>load<u32>(current, MEMORY) + <usize>load<u32>(sp - 32);
  copyInto(target, sp - 64, length, code + BYTES, load<u32>(code, LENGTH));
  return left;
}

/** Gas for a copy of so many bytes to this place in memory, which is made to reach there. */
export function copyPrice(frame: usize, offset: usize, length: usize, gas: i64): i64 {
  const end = endOf(offset, length);
  // The price of the memory alone is more than anybody has where a length does not fit.
  const words = end == 0 ? 0 : <i64>((load<u32>(length) + 31) >> 5);
  return gas < 0 ? gas : expand(frame, end, gas - 3 * words);
}

export function opBlockHash(word: usize): void {
  sub(AGO, NUMBER, word);
  const high = load<u64>(AGO, 8) | load<u64>(AGO, 16) | load<u64>(AGO, 24);
  const ago = load<u64>(AGO);
  if (!ltu(word, NUMBER) || high != 0 || ago > HASH_DEPTH) {
    set64(word, 0);
    return;
  }
  hostBlockHash(load<u64>(word), word);
}

export function opBlobHash(word: usize): void {
  const high = load<u64>(word, 8) | load<u64>(word, 16) | load<u64>(word, 24);
  const index = load<u64>(word);
  if (high != 0 || index >= <u64>blobCount) set64(word, 0);
  else copy(word, BLOB_HASHES + (<usize>index << 5));
}

/** Gas for an exponent, by its bytes. */
export function expPrice(exponent: usize): i64 {
  return expByte * <i64>byteLength(exponent);
}
