import { account, NONCE, writeAddress } from './accounts';
import { keccak256 } from './keccak';
import { copy, storeBE } from './u256';

const WORD: usize = memory.data(32, 16);
const HASH: usize = memory.data(32, 16);
const INPUT: usize = memory.data(96, 16);

/** The account at the last 20 bytes of the hash. */
function accountOfHash(): usize {
  const a2 = bswap<u32>(load<u32>(HASH, 12));
  const a1 = bswap<u64>(load<u64>(HASH, 16));
  const a0 = bswap<u64>(load<u64>(HASH, 24));
  return account(a0, a1, a2);
}

/** RLP of a number below 2^64. @returns its length. */
function putNumber(place: usize, value: u64): u32 {
  if (value == 0) {
    store<u8>(place, 0x80);
    return 1;
  }
  if (value < 0x80) {
    store<u8>(place, <u8>value);
    return 1;
  }
  const size: u32 = 8 - (<u32>clz<u64>(value) >> 3);
  store<u8>(place, <u8>(0x80 + size));
  for (let i: u32 = 0; i < size; i++) store<u8>(place + <usize>(size - i), <u8>(value >> (i << 3)));
  return size + 1;
}

/** Writes the address of an account, big endian. */
function putAddress(place: usize, record: usize): void {
  writeAddress(WORD, record);
  storeBE(HASH, WORD);
  memory.copy(place, HASH + 12, 20);
}

/** Where CREATE of an account with its present nonce goes: keccak(rlp([address, nonce])). */
export function createAddress(creator: usize): usize {
  putAddress(INPUT + 2, creator);
  const size = putNumber(INPUT + 22, load<u64>(creator, NONCE));
  store<u8>(INPUT, <u8>(0xc0 + 21 + size));
  store<u8>(INPUT + 1, 0x94);
  keccak256(HASH, INPUT, 22 + size);
  return accountOfHash();
}

/** Where CREATE2 of initcode with this hash goes: keccak(0xff, address, salt, hash); EIP-1014. */
export function createAddress2(creator: usize, salt: usize, codeHash: usize): usize {
  putAddress(INPUT + 1, creator);
  store<u8>(INPUT, 0xff);
  storeBE(INPUT + 21, salt);
  copy(INPUT + 53, codeHash);
  keccak256(HASH, INPUT, 85);
  return accountOfHash();
}
