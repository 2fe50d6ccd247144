import { hostFull } from './host';
import { keccak256 } from './keccak';
import { CODE_MASK, codeBuckets, codesEnd, codesStart, REGION_CODES } from './layout';

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

export let codesNext: usize = 0;

export function forgetCodes(): void {
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

/** The record of bytes that the machine made itself: known, or made now. */
export function codeOfBytes(bytes: usize, length: u32): usize {
  keccak256(HASH, bytes, length);
  const known = findCode(HASH);
  if (known != 0) return known;
  const record = newCode(length);
  memory.copy(record, HASH, 32);
  memory.copy(record + BYTES, bytes, length);
  knowCode(record);
  return record;
}

/** EIP-7702: whether the code is a pointer to other code. */
export function isDelegation(code: usize): bool {
  if (load<u32>(code, LENGTH) != DELEGATION_LENGTH) return false;
  return (load<u32>(code, BYTES) & 0xffffff) == 0x0001ef;
}
