import { keccak256 } from '../keccak';
import {
  addChild,
  branchAt,
  childHash,
  childSlot,
  hashAll,
  hashBranch,
  hashLeaf,
  isLeaf,
  LEAF_KEY,
  LEAF_VALUE,
  leafAt,
  makeBranch,
  makeLeaf,
  nibbleOf,
} from './ringNodes';
import { take } from './room';

/** Branches on the way to a key that differ from those around it in their last nibble at most. */
const WAY: usize = memory.data(64 * 8, 16);
const SLOT: usize = memory.data(32, 16);

/** Hashes of the slots' numbers: they are few, and asked for over and over. */
let slotKeys: usize = 0;

export function prepareSlots(count: u32): void {
  slotKeys = take(<usize>count << 5);
  for (let slot: u32 = 0; slot < count; slot++) {
    store<u32>(SLOT, bswap<u32>(slot), 28);
    keccak256(slotKeys + (<usize>slot << 5), SLOT, 32);
  }
}

@inline
export function slotKey(slot: u32): usize {
  return slotKeys + (<usize>slot << 5);
}

/** The way to a key: each branch with the nibble that is taken there. */
let wayLength: usize = 0;

@inline
function goInto(branch: u32, nibble: u32): void {
  store<u32>(WAY + (wayLength << 3), branch);
  store<u32>(WAY + (wayLength << 3), nibble, 4);
  wayLength++;
}

/** Where what the way leads to is referred to. */
@inline
function referrer(root: usize): usize {
  if (wayLength == 0) return root;
  const last = WAY + ((wayLength - 1) << 3);
  return childSlot(branchAt(load<u32>(last)), load<u32>(last, 4));
}

/** First nibble from `from` on, before `to`, in which two keys differ; `to` when there is none. */
function difference(a: usize, b: usize, from: u32, to: u32): u32 {
  let at = from;
  while (at < to && nibbleOf(a, at) == nibbleOf(b, at)) at++;
  return at;
}

/** Puts a branch on the way where a node and a key part. @returns it, without the new key's child. */
function part(root: usize, key: usize, from: u32, at: u32, old: u32, oldKey: usize): u32 {
  const made = makeBranch(from, at, oldKey);
  const branch = branchAt(made);
  const nibble = nibbleOf(oldKey, at);
  store<u32>(referrer(root), made);
  addChild(branch, nibble, old);
  if (isLeaf(old)) leafAt(old).depth = at + 1;
  else branchAt(old).from = at + 1;
  hashInto(childHash(branch, nibble), old);
  return made;
}

function hashInto(out: usize, reference: u32): void {
  if (isHashing) {
    if (isLeaf(reference)) hashLeaf(out, leafAt(reference));
    else hashBranch(out, branchAt(reference));
  }
}

/** Off while leaves are put in that are there already: they are hashed together, afterwards. */
let isHashing: bool = true;

/** The leaf of a key, made when it is not there; `WAY` leads to it. */
function leafOf(root: usize, key: usize): u32 {
  wayLength = 0;
  let depth: u32 = 0;
  for (;;) {
    const at = load<u32>(referrer(root));
    if (at == 0) break;
    if (isLeaf(at)) {
      const oldKey = <usize>(at & ~1) + LEAF_KEY;
      const split = difference(key, oldKey, depth, 64);
      if (split == 64) return at;
      goInto(part(root, key, depth, split, at, oldKey), nibbleOf(key, split));
      break;
    }
    const branch = branchAt(at);
    const split = difference(key, <usize>branch.key, branch.from, branch.depth);
    if (split < branch.depth) {
      goInto(part(root, key, branch.from, split, at, <usize>branch.key), nibbleOf(key, split));
      break;
    }
    goInto(at, nibbleOf(key, split));
    depth = split + 1;
  }
  const made = makeLeaf(key);
  if (wayLength == 0) {
    store<u32>(root, made);
    return made;
  }
  const last = WAY + ((wayLength - 1) << 3);
  const branch = branchAt(load<u32>(last));
  addChild(branch, load<u32>(last, 4), made);
  leafAt(made).depth = branch.depth + 1;
  return made;
}

/** Puts in a leaf of which nothing is hashed yet. @param value as it stands in the node. */
export function putLoaded(root: usize, key: usize, value: usize, length: u32): void {
  isHashing = false;
  setValue(leafOf(root, key), value, length);
  isHashing = true;
}

/** Hashes a trie that was loaded, which is taken for stored. */
export function hashLoaded(out: usize, root: usize): void {
  const top = load<u32>(root);
  if (top != 0) hashAll(out, top);
}

@inline
function setValue(leaf: u32, value: usize, length: u32): void {
  memory.copy(<usize>(leaf & ~1) + LEAF_VALUE, value, length);
  leafAt(leaf).length = length;
}

/** Sets the value of a key, and writes the root's hash. @param value as it stands in the node. */
export function put(out: usize, root: usize, key: usize, value: usize, length: u32): void {
  const leaf = leafOf(root, key);
  setValue(leaf, value, length);
  if (wayLength == 0) {
    hashLeaf(out, leafAt(leaf));
    return;
  }
  let at = WAY + ((wayLength - 1) << 3);
  hashLeaf(childHash(branchAt(load<u32>(at)), load<u32>(at, 4)), leafAt(leaf));
  for (; at > WAY; at -= 8) {
    const above = at - 8;
    const hash = childHash(branchAt(load<u32>(above)), load<u32>(above, 4));
    hashBranch(hash, branchAt(load<u32>(at)));
  }
  hashBranch(out, branchAt(load<u32>(WAY)));
}
