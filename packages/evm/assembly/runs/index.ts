import { keccak256, keccak256Again, KECCAK_STATE } from '../keccak';
import {
  allBranches,
  allLeaves,
  branchAt,
  encodeBranch,
  encodedLength,
  encodeExtension,
  encodeLeaf,
  hashBranchOnly,
  isTooShort,
  leafAt,
} from './ringNodes';
import { hashLoaded, putLoaded, prepareSlots, put, slotKey } from './ringTrie';
import { take } from './room';

/** Blocks in which nothing happens, one after the other: rings are written into, and state root and hash follow from that. */

/** Blocks that one call works out at most. */
const MOST_BLOCKS: u32 = 4096;
const ROOTS: usize = memory.data(4096 * 32, 16);
const HASHES: usize = memory.data(4096 * 32, 16);
/** Where callers leave what they hand over. */
const INPUT: usize = memory.data(4096, 16);
const HEADER: usize = memory.data(2048, 16);
const RANDAO: usize = memory.data(48, 16);
const VALUE: usize = memory.data(48, 16);
/** The last block's hash and its state root. */
const HASH: usize = memory.data(32, 16);
const ROOT: usize = memory.data(32, 16);
/** Nodes to be stored: each is its hash, its length in four bytes, its bytes. */
const EXPORTS: usize = memory.data(65536, 16);

/** A ring: its size, whether it keeps times, its trie, and where its root goes in the account. */
@unmanaged
class Ring {
  root: u32;
  size: u32;
  keepsTimes: u32;
  target: u32;
}

const RINGS: usize = memory.data(4 * 16, 16);
let ringCount: u32 = 0;

/** A node of the accounts' trie on the way to a ring's account; those below others come first. */
@unmanaged
class Account {
  start: u32;
  length: u32;
  /** Where its hash goes. */
  target: u32;
  kept: u32;
  /** Whole blocks at its beginning that never change. */
  constant: u32;
  known: u32;
}

const ACCOUNTS: usize = memory.data(256 * 24, 16);
let accountCount: u32 = 0;

let headerLength: u32 = 0;
let numberAt: usize = 0;
let numberLength: u32 = 0;
let timeAt: usize = 0;
let timeLength: u32 = 0;
/** 0 before the Merge. */
let randaoAt: usize = 0;
let parentAt: usize = 0;
let rootAt: usize = 0;

let number: u64 = 0;
let time: u64 = 0;
let spacing: u64 = 0;

export function inputAt(): usize {
  return INPUT;
}

export function rootsAt(): usize {
  return ROOTS;
}

export function hashesAt(): usize {
  return HASHES;
}

export function headerAt(): usize {
  return HEADER;
}

export function exportsAt(): usize {
  return EXPORTS;
}

/** Slots of the largest ring: once, before rings are added. */
export function prepare(slots: u32): void {
  prepareSlots(slots);
}

/** @returns the ring's index. */
export function addRing(size: u32, keepsTimes: bool): u32 {
  const ring = changetype<Ring>(RINGS + (<usize>ringCount << 4));
  ring.size = size;
  ring.keepsTimes = keepsTimes ? 1 : 0;
  return ringCount++;
}

/** Puts what the ring holds already into it: key and value (`length` bytes, as a string in RLP) are the input. */
export function addSlot(ring: u32, length: u32): void {
  putLoaded(RINGS + (<usize>ring << 4), INPUT, INPUT + 32, length);
}

/** Hashes what was put into a ring; the root is the first input. */
export function hashRing(ring: u32): void {
  hashLoaded(INPUT, RINGS + (<usize>ring << 4));
}

/** What is there now is stored. */
export function takeForStored(): void {
  for (let at = allLeaves; at != 0; at = leafAt(at).next) leafAt(at).isNew = 0;
  for (let at = allBranches; at != 0; at = branchAt(at).next) branchAt(at).isNew = 0;
}

/** Room for a node of the accounts' trie, which the caller writes. @returns where. */
export function addAccount(length: u32, constantBytes: u32): usize {
  const account = changetype<Account>(ACCOUNTS + <usize>accountCount * offsetof<Account>());
  const start = take(<usize>length);
  account.start = <u32>start;
  account.length = length;
  account.target = <u32>ROOT;
  account.constant = constantBytes / 136;
  account.kept = <u32>take(<usize>(length / 136 + 1) * KECCAK_STATE);
  accountCount++;
  return start;
}

/** Has the hash of the node that was added as the nth go somewhere. */
export function leadAccount(index: u32, target: usize): void {
  changetype<Account>(ACCOUNTS + <usize>index * offsetof<Account>()).target = <u32>target;
}

/** Has a ring's root go somewhere. */
export function leadRing(ring: u32, target: usize): void {
  changetype<Ring>(RINGS + (<usize>ring << 4)).target = <u32>target;
}

/** The header's bytes are where `headerAt` says; places are offsets in them, 0 for none. */
export function setHeader(length: u32, parent: u32, root: u32, numberPlace: u32, numberBytes: u32): void {
  headerLength = length;
  parentAt = HEADER + <usize>parent;
  rootAt = HEADER + <usize>root;
  numberAt = HEADER + <usize>numberPlace;
  numberLength = numberBytes;
}

export function setHeaderTime(timePlace: u32, timeBytes: u32, randao: u32): void {
  timeAt = HEADER + <usize>timePlace;
  timeLength = timeBytes;
  randaoAt = randao == 0 ? 0 : HEADER + <usize>randao;
}

/** The next block; the hash before it and the state root are the input. */
export function begin(nextNumber: f64, nextTime: f64, between: f64): void {
  number = <u64>nextNumber;
  time = <u64>nextTime;
  spacing = <u64>between;
  memory.copy(HASH, INPUT, 32);
  memory.copy(ROOT, INPUT + 32, 32);
}

@inline
function storeBig(at: usize, length: u32, value: u64): void {
  for (let i = length, rest = value; i > 0; i--, rest >>= 8) store<u8>(at + i - 1, <u8>rest);
}

/** Writes a value as a leaf has it: the string of its RLP. @returns its length. */
function writeValue(bytes: usize, length: u32): u32 {
  let from = bytes;
  let left = length;
  while (left > 0 && load<u8>(from) == 0) {
    from++;
    left--;
  }
  if (left == 1 && load<u8>(from) < 0x80) {
    store<u8>(VALUE, load<u8>(from));
    return 1;
  }
  store<u8>(VALUE, 0x81 + left);
  store<u8>(VALUE, 0x80 + left, 1);
  memory.copy(VALUE + 2, from, left);
  return left + 2;
}

function writeRings(): void {
  for (let i: u32 = 0; i < ringCount; i++) {
    const at = RINGS + (<usize>i << 4);
    const ring = changetype<Ring>(at);
    let slot: u64;
    let length: u32;
    if (ring.keepsTimes != 0) {
      slot = time % <u64>ring.size;
      storeBig(VALUE + 40, 8, time);
      length = writeValue(VALUE + 40, 8);
    } else {
      slot = (number - 1) % <u64>ring.size;
      length = writeValue(HASH, 32);
    }
    put(<usize>ring.target, at, slotKey(<u32>slot), VALUE, length);
  }
}

function hashAccounts(): void {
  for (let i: u32 = 0; i < accountCount; i++) {
    const account = changetype<Account>(ACCOUNTS + <usize>i * offsetof<Account>());
    keccak256Again(
      <usize>account.target,
      <usize>account.start,
      account.length,
      <usize>account.kept,
      account.known,
    );
    account.known = account.constant;
  }
}

function hashHeader(): void {
  memory.copy(parentAt, HASH, 32);
  memory.copy(rootAt, ROOT, 32);
  storeBig(numberAt, numberLength, number);
  storeBig(timeAt, timeLength, time);
  if (randaoAt != 0) {
    memory.copy(RANDAO, HASH, 32);
    store<u64>(RANDAO, number, 32);
    keccak256(randaoAt, RANDAO, 40);
  }
  keccak256(HASH, HEADER, headerLength);
}

/** Works out so many blocks; no more than `MOST_BLOCKS`. @returns false when this trie is none that it knows to keep. */
export function run(count: u32): bool {
  for (let i: usize = 0; i < <usize>count; i++) {
    writeRings();
    hashAccounts();
    hashHeader();
    memory.copy(ROOTS + (i << 5), ROOT, 32);
    memory.copy(HASHES + (i << 5), HASH, 32);
    number++;
    time += spacing;
  }
  return !isTooShort;
}

let leafToExport: u32 = 0;
let branchToExport: u32 = 0;

/** From now on `exportSome` hands over the rings' nodes that are new. */
export function beginExport(): void {
  leafToExport = allLeaves;
  branchToExport = allBranches;
}

let exported: usize = 0;

function exportNode(start: usize): void {
  keccak256(exported, start, encodedLength);
  exportKnown(start);
}

function exportKnown(start: usize): void {
  store<u32>(exported, encodedLength, 32);
  memory.copy(exported + 36, start, encodedLength);
  exported += 36 + encodedLength;
}

/** @returns how many bytes are at `exportsAt`; 0 when all is there. */
export function exportSome(): u32 {
  exported = EXPORTS;
  const end = EXPORTS + 65536 - 2048;
  for (; leafToExport != 0 && exported < end; leafToExport = leafAt(leafToExport).next) {
    const leaf = leafAt(leafToExport);
    if (leaf.isNew != 0) exportNode(encodeLeaf(leaf));
    leaf.isNew = 0;
  }
  for (; branchToExport != 0 && exported < end; branchToExport = branchAt(branchToExport).next) {
    const branch = branchAt(branchToExport);
    if (branch.isNew == 0) continue;
    branch.isNew = 0;
    const hash = exported;
    hashBranchOnly(hash, branch);
    exportKnown(encodeBranch(branch));
    if (branch.from < branch.depth) exportNode(encodeExtension(branch, hash));
  }
  return <u32>(exported - EXPORTS);
}
