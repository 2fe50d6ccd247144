import { keccak256, keccak256Again, KECCAK_STATE } from '../keccak';
import { take } from './room';

/**
 * Nodes of a ring's storage trie. A reference is the address of a branch, or of a leaf with its lowest bit set; 0 is none. An
 * extension is no node of its own: it is the way from a branch's parent to where the branch divides.
 */

const KEY_NIBBLES: u32 = 64;
const HASH_BYTES: u32 = 32;
const WIDTH: u32 = 16;
const BLOCK_BYTES: u32 = 136;
/** Whole blocks of the longest branch. */
const KEPT_STATES: usize = 3;

@unmanaged
export class Leaf {
  /** Nibbles that lead to it. */
  depth: u32;
  /** Length of `value`. */
  length: u32;
  /** Whether it was changed since it was stored. */
  isNew: u32;
  next: u32;
  key0: u64;
  key1: u64;
  key2: u64;
  key3: u64;
  /** As it stands in the node: the string that holds the value's RLP. */
  value0: u64;
  value1: u64;
  value2: u64;
  value3: u64;
  value4: u64;
}

export const LEAF_KEY: usize = offsetof<Leaf>('key0');
export const LEAF_VALUE: usize = offsetof<Leaf>('value0');

@unmanaged
export class Branch {
  /** Nibbles that lead to it, its extension's included. */
  depth: u32;
  /** Nibbles that lead to its extension; `depth` when it has none. */
  from: u32;
  /** Of any leaf below it. */
  key: u32;
  /** A bit for each child that is there. */
  mask: u32;
  /** Keccak states of its first blocks; 0 as long as it is short. */
  kept: u32;
  /** How many of them are of what it is now. */
  known: u32;
  /** Whether it was changed since it was stored. */
  isNew: u32;
  next: u32;
}

const CHILDREN: usize = offsetof<Branch>();
/** Room for the longest header, and then the items. */
const ITEMS: usize = CHILDREN + 64 + 8;
const BRANCH_BYTES: usize = ITEMS + 16 * 33 + 1;
const LEAF_BYTES: usize = offsetof<Leaf>();

/** An encoded leaf or extension. */
export const SCRATCH: usize = memory.data(256, 16);
/** Every node that was made, linked by `next`. */
export let allLeaves: u32 = 0;
export let allBranches: u32 = 0;
/** Whether a leaf became so short that it would have to stand in its parent. */
export let isTooShort: bool = false;

@inline
export function isLeaf(reference: u32): bool {
  return (reference & 1) != 0;
}

@inline
export function leafAt(reference: u32): Leaf {
  return changetype<Leaf>(<usize>(reference & ~1));
}

@inline
export function branchAt(reference: u32): Branch {
  return changetype<Branch>(<usize>reference);
}

@inline
export function nibbleOf(key: usize, index: u32): u32 {
  const byte = <u32>load<u8>(key + <usize>(index >> 1));
  return (index & 1) == 0 ? byte >> 4 : byte & 15;
}

@inline
export function childSlot(branch: Branch, nibble: u32): usize {
  return changetype<usize>(branch) + CHILDREN + <usize>(nibble << 2);
}

/** @returns its reference. */
export function makeLeaf(key: usize): u32 {
  const at = take(LEAF_BYTES);
  memory.copy(at + LEAF_KEY, key, HASH_BYTES);
  const leaf = changetype<Leaf>(at);
  leaf.next = allLeaves;
  allLeaves = <u32>at;
  return <u32>at | 1;
}

export function makeBranch(from: u32, depth: u32, key: usize): u32 {
  const at = take(BRANCH_BYTES);
  const branch = changetype<Branch>(at);
  branch.from = from;
  branch.depth = depth;
  branch.key = <u32>key;
  branch.next = allBranches;
  allBranches = <u32>at;
  memory.fill(at + ITEMS, 0x80, 17);
  return <u32>at;
}

@inline
function itemsLength(mask: u32): u32 {
  return 17 + <u32>popcnt<u32>(mask) * HASH_BYTES;
}

@inline
function headerLength(length: u32): u32 {
  return length <= 55 ? 1 : length < 256 ? 2 : 3;
}

/** Where the item of a child begins among the items. */
@inline
function itemOffset(mask: u32, nibble: u32): u32 {
  return nibble + HASH_BYTES * <u32>popcnt<u32>(mask & ((<u32>1 << nibble) - 1));
}

/** Puts a child where none was; its hash is to be set. */
export function addChild(branch: Branch, nibble: u32, reference: u32): void {
  const items = changetype<usize>(branch) + ITEMS;
  const offset = itemOffset(branch.mask, nibble);
  const rest = itemsLength(branch.mask) - offset - 1;
  memory.copy(items + offset + 1 + HASH_BYTES, items + offset + 1, rest);
  store<u8>(items + offset, 0x80 + HASH_BYTES);
  branch.mask |= 1 << nibble;
  store<u32>(childSlot(branch, nibble), reference);
  branch.known = 0;
}

/** Where the hash of a child goes. */
export function childHash(branch: Branch, nibble: u32): usize {
  const offset: u32 = 1 + itemOffset(branch.mask, nibble);
  const block: u32 = (offset + headerLength(itemsLength(branch.mask))) / BLOCK_BYTES;
  if (block < branch.known) branch.known = block;
  branch.isNew = 1;
  return changetype<usize>(branch) + ITEMS + offset;
}

/** Writes a list's header before its items. @returns where it begins. */
@inline
function writeHeader(items: usize, length: u32): usize {
  const start = items - <usize>headerLength(length);
  if (length <= 55) store<u8>(start, 0xc0 + length);
  else if (length < 256) {
    store<u8>(start, 0xf8);
    store<u8>(start, <u8>length, 1);
  } else {
    store<u8>(start, 0xf9);
    store<u8>(start, <u8>(length >> 8), 1);
    store<u8>(start, <u8>length, 2);
  }
  return start;
}

/** Hex-prefix encoding of some nibbles of a key, as an item. @returns its end. */
function writePath(at: usize, key: usize, from: u32, to: u32, flag: u32): usize {
  const odd = (to - from) & 1;
  const length = ((to - from) >> 1) + 1;
  let end = at;
  if (length > 1) store<u8>(end++, 0x80 + length);
  store<u8>(end++, flag | (odd != 0 ? 0x10 | nibbleOf(key, from) : 0));
  for (let i = from + odd; i < to; i += 2) store<u8>(end++, (nibbleOf(key, i) << 4) | nibbleOf(key, i + 1));
  return end;
}

/** Encodes a leaf. @returns where, with its length in `encodedLength`. */
export function encodeLeaf(leaf: Leaf): usize {
  const items = SCRATCH + 8;
  const key = changetype<usize>(leaf) + LEAF_KEY;
  const end = writePath(items, key, leaf.depth, KEY_NIBBLES, 0x20);
  memory.copy(end, changetype<usize>(leaf) + LEAF_VALUE, leaf.length);
  const start = writeHeader(items, <u32>(end - items) + leaf.length);
  encodedLength = <u32>(end - start) + leaf.length;
  return start;
}

export let encodedLength: u32 = 0;

/** The node of a branch alone. @returns where, with its length in `encodedLength`. */
export function encodeBranch(branch: Branch): usize {
  const items = changetype<usize>(branch) + ITEMS;
  const length = itemsLength(branch.mask);
  const start = writeHeader(items, length);
  encodedLength = length + headerLength(length);
  return start;
}

/** The extension to a branch whose hash is given. @returns where, with its length in `encodedLength`. */
export function encodeExtension(branch: Branch, hash: usize): usize {
  const items = SCRATCH + 8;
  const end = writePath(items, <usize>branch.key, branch.from, branch.depth, 0);
  store<u8>(end, 0x80 + HASH_BYTES);
  memory.copy(end + 1, hash, HASH_BYTES);
  const length = <u32>(end - items) + 1 + HASH_BYTES;
  const start = writeHeader(items, length);
  encodedLength = length + headerLength(length);
  return start;
}

export function hashLeaf(out: usize, leaf: Leaf): void {
  leaf.isNew = 1;
  const start = encodeLeaf(leaf);
  if (encodedLength < HASH_BYTES) isTooShort = true;
  keccak256(out, start, encodedLength);
}

/** Hash of the branch alone. */
export function hashBranchOnly(out: usize, branch: Branch): void {
  const start = encodeBranch(branch);
  if (encodedLength < BLOCK_BYTES) {
    keccak256(out, start, encodedLength);
    return;
  }
  if (branch.kept == 0) branch.kept = <u32>take(KEPT_STATES * KECCAK_STATE);
  keccak256Again(out, start, encodedLength, <usize>branch.kept, branch.known);
  branch.known = encodedLength / BLOCK_BYTES;
}

/** Hash of a branch, or of the extension that leads to it. */
export function hashBranch(out: usize, branch: Branch): void {
  hashBranchOnly(out, branch);
  if (branch.from == branch.depth) return;
  const start = encodeExtension(branch, out);
  keccak256(out, start, encodedLength);
}

/** Hashes everything below a branch, and it. */
export function hashAll(out: usize, reference: u32): void {
  if (isLeaf(reference)) {
    hashLeaf(out, leafAt(reference));
    return;
  }
  const branch = branchAt(reference);
  for (let nibble: u32 = 0; nibble < WIDTH; nibble++) {
    const child = load<u32>(childSlot(branch, nibble));
    if (child != 0) hashAll(childHash(branch, nibble), child);
  }
  hashBranch(out, branch);
}
