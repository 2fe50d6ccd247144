import { hostFull } from './host';
import { keccak256 } from './keccak';
import { CODE_MASK, codeBuckets, codesEnd, codesStart, REGION_CODES } from './layout';
import { copy } from './words';

/* A code's record: its hash, then these, then its bytes, with zeros behind them. */
export const LENGTH: usize = 32;
/** For each pc the address of the JUMPDEST's instruction (u32), 0 elsewhere; 0 while the code is not decoded. */
export const TARGETS: usize = 36;
export const INSTRUCTIONS: usize = 40;
/** The same for the form that reports each step. */
export const STEP_TARGETS: usize = 44;
export const STEP_INSTRUCTIONS: usize = 48;
const NEXT: usize = 52;
export const BYTES: usize = 64;
/** Zeros after the last byte: an immediate that is cut off, and the STOP behind it. */
const PADDING: usize = 40;
const DELEGATION_LENGTH: u32 = 23;

/** Of codes that the machine made itself, the last of each kind: `kindOf` tells the place. */
const MADE: usize = memory.data(256 << 2, 16);
const MADE_SIZE: usize = 256 << 2;

export let codesNext: usize = 0;

export function forgetCodes(): void {
  memory.fill(MADE, 0, MADE_SIZE);
  memory.fill(codeBuckets, 0, <usize>(CODE_MASK + 1) << 2);
  codesNext = codesStart;
}

/** Room at the end of the region. */
export function takeCodeRoom(size: usize): usize {
  const start = codesNext;
  requireCodeRoom(size);
  codesNext = (start + size + 15) & ~15;
  return start;
}

export function requireCodeRoom(size: usize): void {
  if (codesNext + size + 64 > codesEnd) hostFull(REGION_CODES);
}

/** A record for code of this length, whose bytes and hash are to be written before `knowCode`. */
export function newCode(length: u32): usize {
  const record = takeCodeRoom(BYTES + <usize>length + PADDING);
  memory.fill(record, 0, BYTES);
  memory.fill(record + BYTES + <usize>length, 0, PADDING);
  store<u32>(record, length, LENGTH);
  return record;
}

@inline
function bucketOf(hash: usize): usize {
  return codeBuckets + (<usize>(load<u32>(hash) & CODE_MASK) << 2);
}

/** Makes a complete record known by its hash. */
export function knowCode(record: usize): void {
  const bucket = bucketOf(record);
  store<u32>(record, load<u32>(bucket), NEXT);
  store<u32>(bucket, <u32>record);
}

/** @returns the record of the code with this hash; 0 when it is not known. */
export function findCode(hash: usize): usize {
  for (let at = <usize>load<u32>(bucketOf(hash)); at != 0; at = <usize>load<u32>(at, NEXT)) {
    if (memory.compare(at, hash, 32) == 0) return at;
  }
  return 0;
}

const HASH: usize = memory.data(32, 16);

/** The place in MADE of bytes of this length, by a few of them. */
@inline
function madePlace(bytes: usize, length: u32): usize {
  let mixed = <u64>length * 0x9e3779b97f4a7c15;
  if (length >= 8) {
    const last = <usize>length - 8;
    mixed ^= load<u64>(bytes) ^ (load<u64>(bytes + (last >> 1)) * 0xc2b2ae3d27d4eb4f) ^ rotl(load<u64>(bytes + last), 23);
  }
  return MADE + ((<usize>((mixed * 0xd6e8feb86659fd93) >> 56)) << 2);
}

function areSame(a: usize, b: usize, length: usize): bool {
  let offset: usize = 0;
  for (; offset + 16 <= length; offset += 16) {
    if (v128.any_true(v128.xor(v128.load(a + offset), v128.load(b + offset)))) return false;
  }
  for (; offset < length; offset++) if (load<u8>(a + offset) != load<u8>(b + offset)) return false;
  return true;
}

/** The record of bytes that the machine made itself: known, or made now. The same bytes again are told without a hash. */
export function codeOfBytes(bytes: usize, length: u32): usize {
  const place = madePlace(bytes, length);
  const made = <usize>load<u32>(place);
  if (made != 0 && load<u32>(made, LENGTH) == length && areSame(made + BYTES, bytes, <usize>length)) return made;
  keccak256(HASH, bytes, length);
  let record = findCode(HASH);
  if (record == 0) {
    record = newCode(length);
    copy(record, HASH);
    memory.copy(record + BYTES, bytes, length);
    knowCode(record);
  }
  store<u32>(place, <u32>record);
  return record;
}

/** EIP-7702: whether the code is a pointer to other code. */
export function isDelegation(code: usize): bool {
  if (load<u32>(code, LENGTH) != DELEGATION_LENGTH) return false;
  return (load<u32>(code, BYTES) & 0xffffff) == 0x0001ef;
}
