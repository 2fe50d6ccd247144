import { ripemd160Block, SHA256_INITIAL, sha256Block } from './blocks';

const STATE = memory.data(32, 16);
const TAIL = memory.data(128, 16);

/** The rest of the message with its padding: a one bit, zeros, and the length in bits in the last 8 bytes. @returns 64 or 128. */
function padTail(source: usize, rest: usize, length: usize, isBigEndian: bool): usize {
  const padded: usize = rest < 56 ? 64 : 128;
  memory.fill(TAIL, 0, padded);
  memory.copy(TAIL, source, rest);
  store<u8>(TAIL + rest, 0x80);
  const bits = (<u64>length) << 3;
  store<u64>(TAIL + padded - 8, isBigEndian ? bswap(bits) : bits);
  return padded;
}

export function sha256(input: usize, length: usize, output: usize): void {
  memory.copy(STATE, changetype<usize>(SHA256_INITIAL), 32);
  let at: usize = 0;
  for (; at + 64 <= length; at += 64) sha256Block(STATE, input + at);
  const padded = padTail(input + at, length - at, length, true);
  for (let block: usize = 0; block < padded; block += 64) sha256Block(STATE, TAIL + block);
  for (let i: usize = 0; i < 32; i += 4) store<u32>(output + i, bswap(load<u32>(STATE + i)));
}

/** 20 bytes behind 12 of zero. */
export function ripemd160(input: usize, length: usize, output: usize): void {
  store<u32>(STATE, 0x67452301);
  store<u32>(STATE, 0xefcdab89, 4);
  store<u32>(STATE, 0x98badcfe, 8);
  store<u32>(STATE, 0x10325476, 12);
  store<u32>(STATE, 0xc3d2e1f0, 16);
  let at: usize = 0;
  for (; at + 64 <= length; at += 64) ripemd160Block(STATE, input + at);
  const padded = padTail(input + at, length - at, length, false);
  for (let block: usize = 0; block < padded; block += 64) ripemd160Block(STATE, TAIL + block);
  memory.fill(output, 0, 12);
  memory.copy(output + 12, STATE, 20);
}
