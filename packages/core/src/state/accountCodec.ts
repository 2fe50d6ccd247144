import { Account } from '@ethereumjs/util';

/** Two hashes, each with its header, are longer than 55 bytes; with the longest integers there are 108. */
const LONG_LIST = 0xf8;
const LONGEST = 110;
const STRING = 0x80;
const HASH_BYTES = 32;
const LIMB_BITS = 64n;

const scratch = new Uint8Array(LONGEST);
const integer = new DataView(new ArrayBuffer(HASH_BYTES));
const integerBytes = new Uint8Array(integer.buffer);

/** @returns where what follows begins. */
function writeInteger(at: number, value: bigint): number {
  if (value < 0x80n) {
    scratch[at] = value === 0n ? STRING : Number(value);
    return at + 1;
  }
  let from = HASH_BYTES;
  for (let rest = value; rest > 0n; rest >>= LIMB_BITS) {
    from -= 8;
    integer.setBigUint64(from, BigInt.asUintN(64, rest));
  }
  while (integerBytes[from] === 0) from++;
  scratch[at] = STRING + HASH_BYTES - from;
  for (let i = from; i < HASH_BYTES; i++) scratch[++at] = integerBytes[i] as number;
  return at + 1;
}

function writeHash(at: number, hash: Uint8Array): number {
  scratch[at] = STRING + HASH_BYTES;
  scratch.set(hash, at + 1);
  return at + 1 + HASH_BYTES;
}

/** RLP of an account as it lies in the trie. */
export function encodeAccount({ nonce, balance, storageRoot, codeHash }: Account): Uint8Array {
  const hashes = writeInteger(writeInteger(2, nonce), balance);
  const end = writeHash(writeHash(hashes, storageRoot), codeHash);
  scratch[0] = LONG_LIST;
  scratch[1] = end - 2;
  return scratch.slice(0, end);
}

function readInteger(rlp: Uint8Array, from: number, end: number): bigint {
  let value = 0n;
  let small = 0;
  let at = from;
  // Six bytes are what a double holds with room to spare.
  for (let left = (end - from) % 6; at < end; left = 6) {
    small = 0;
    for (const stop = at + left; at < stop; at++) small = small * 256 + (rlp[at] as number);
    value = (value << 48n) | BigInt(small);
  }
  return value;
}

/** @param rlp an account as it lies in the trie; nothing of it stays in use. */
export function decodeAccount(rlp: Uint8Array): Account {
  const first = rlp[2] as number;
  const nonceEnd = first < STRING ? 3 : 3 + first - STRING;
  const nonce = readInteger(rlp, first < STRING ? 2 : 3, nonceEnd);
  const second = rlp[nonceEnd] as number;
  const balanceFrom = second < STRING ? nonceEnd : nonceEnd + 1;
  const balanceEnd = second < STRING ? nonceEnd + 1 : balanceFrom + second - STRING;
  const balance = readInteger(rlp, balanceFrom, balanceEnd);
  const storageRoot = balanceEnd + 1;
  const codeHash = storageRoot + HASH_BYTES + 1;
  return new Account(
    nonce,
    balance,
    rlp.slice(storageRoot, storageRoot + HASH_BYTES),
    rlp.slice(codeHash, codeHash + HASH_BYTES),
  );
}
