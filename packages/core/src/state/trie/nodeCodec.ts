import { BRANCH_WIDTH, type Child, NO_PATH, TrieNode } from './trieNode.ts';

/** A shorter encoding stands in the parent itself. */
export const HASH_BYTES = 32;
const HASH_STRING = 0x80 + HASH_BYTES;
const EMPTY_STRING = 0x80;
/** Strings and lists of up to 55 bytes have their length in the first byte. */
const SHORT = 55;
const STRING = 0x80;
const LIST = 0xc0;
/** Room for a list's header before its items are written. */
const HEADER_BYTES = 5;
/** In the first nibble of a path (hex-prefix encoding). */
const LEAF_FLAG = 0x20;
const ODD_FLAG = 0x10;

let scratch = new Uint8Array(1024);

/** Encodings lie side by side until they are stored: a buffer of its own for each would cost more than its bytes. */
const SLAB_BYTES = 1 << 14;
let slab = new Uint8Array(SLAB_BYTES);
let slabUsed = 0;

/** What was written, to be kept. What stands in a parent lives as long as that, so it must not hold a slab. */
function takeWritten(start: number, end: number): Uint8Array {
  const length = end - start;
  if (length < HASH_BYTES) return scratch.slice(start, end);
  if (length > slab.length - slabUsed) {
    slab = new Uint8Array(Math.max(SLAB_BYTES, length));
    slabUsed = 0;
  }
  const taken = slab.subarray(slabUsed, slabUsed + length);
  taken.set(scratch.subarray(start, end));
  slabUsed += length;
  return taken;
}

function reserve(bytes: number): void {
  if (scratch.length < bytes + HEADER_BYTES * 2) scratch = new Uint8Array((bytes + HEADER_BYTES) * 2);
}

/** Writes the header of a string or list. @returns where its contents begin. */
function writeHeader(at: number, length: number, kind: number): number {
  if (length <= SHORT) {
    scratch[at] = kind + length;
    return at + 1;
  }
  const size = length < 0x100 ? 1 : length < 0x10000 ? 2 : length < 0x1000000 ? 3 : 4;
  scratch[at] = kind + SHORT + size;
  for (let i = 0; i < size; i++) scratch[at + 1 + i] = length >>> (8 * (size - 1 - i));
  return at + 1 + size;
}

function writeString(at: number, bytes: Uint8Array): number {
  if (bytes.length === 1 && (bytes[0] as number) < STRING) {
    scratch[at] = bytes[0] as number;
    return at + 1;
  }
  const from = writeHeader(at, bytes.length, STRING);
  scratch.set(bytes, from);
  return from + bytes.length;
}

/** Hex-prefix encoding (yellow paper, appendix C), as a string. */
function writePath(at: number, path: Uint8Array, isLeaf: boolean): number {
  const odd = path.length & 1;
  const length = (path.length >> 1) + 1;
  const first = (isLeaf ? LEAF_FLAG : 0) + (odd === 1 ? ODD_FLAG + (path[0] as number) : 0);
  // One byte of 0x3f at most, which is its own encoding.
  const from = length === 1 ? at : writeHeader(at, length, STRING);
  scratch[from] = first;
  for (let i = 1; i < length; i++) {
    const nibble = 2 * i - 2 + odd;
    scratch[from + i] = ((path[nibble] as number) << 4) | (path[nibble + 1] as number);
  }
  return from + length;
}

function writeReference(at: number, reference: Uint8Array): number {
  if (reference.length < HASH_BYTES) {
    scratch.set(reference, at);
    return at + reference.length;
  }
  scratch[at] = HASH_STRING;
  scratch.set(reference, at + 1);
  return at + 1 + HASH_BYTES;
}

const referenceOf = (child: Child): Uint8Array => (child instanceof TrieNode ? (child.reference as Uint8Array) : child);

function writeItems(at: number, { path, value, children }: TrieNode): number {
  if (children === undefined) return writeString(writePath(at, path, true), value as Uint8Array);
  if (children.length === 1) return writeReference(writePath(at, path, false), referenceOf(children[0] as Child));
  let end = at;
  for (let i = 0; i < BRANCH_WIDTH; i++) {
    const child = children[i];
    if (child === undefined) scratch[end++] = EMPTY_STRING;
    else end = writeReference(end, referenceOf(child));
  }
  scratch[end++] = EMPTY_STRING;
  return end;
}

/** RLP of a node whose children's references are known. */
export function encodeNode(node: TrieNode): Uint8Array {
  reserve(BRANCH_WIDTH * (HASH_BYTES + 1) + 1 + (node.value?.length ?? 0) + node.path.length);
  const end = writeItems(HEADER_BYTES, node);
  const length = end - HEADER_BYTES;
  const headerBytes = length <= SHORT ? 1 : length < 0x100 ? 2 : length < 0x10000 ? 3 : 4;
  const start = HEADER_BYTES - headerBytes;
  writeHeader(start, length, LIST);
  return takeWritten(start, end);
}

/** Where an item of a list lies. */
interface Item {
  /** Of its header. */
  start: number;
  /** Of its contents. */
  from: number;
  end: number;
  isList: boolean;
}

const item: Item = { start: 0, from: 0, end: 0, isList: false };

function readItem(bytes: Uint8Array, at: number): Item {
  const first = bytes[at] as number;
  item.start = at;
  item.isList = first >= LIST;
  if (first < STRING) {
    item.from = at;
    item.end = at + 1;
    return item;
  }
  const kind = item.isList ? LIST : STRING;
  const short = first - kind;
  if (short <= SHORT) {
    item.from = at + 1;
    item.end = item.from + short;
    return item;
  }
  const size = short - SHORT;
  let length = 0;
  for (let i = 0; i < size; i++) length = length * 256 + (bytes[at + 1 + i] as number);
  item.from = at + 1 + size;
  item.end = item.from + length;
  return item;
}

/**
 * Where the hash of a child stands in a node's encoding.
 * @param index of the child; 0 in an extension.
 * @returns undefined when the child itself stands there.
 */
export function hashOffset(encoded: Uint8Array, { children }: TrieNode, index: number): number | undefined {
  let at = readItem(encoded, 0).from;
  const skipped = children?.length === BRANCH_WIDTH ? index : 1;
  for (let i = 0; i < skipped; i++) at = readItem(encoded, at).end;
  const { from, end, isList } = readItem(encoded, at);
  return !isList && end - from === HASH_BYTES ? from : undefined;
}

function readPath(bytes: Uint8Array, from: number, end: number): { path: Uint8Array; isLeaf: boolean } {
  const first = bytes[from] as number;
  const odd = (first & ODD_FLAG) === 0 ? 0 : 1;
  const path = new Uint8Array((end - from - 1) * 2 + odd);
  if (odd === 1) path[0] = first & 15;
  for (let i = from + 1, at = odd; i < end; i++, at += 2) {
    path[at] = (bytes[i] as number) >> 4;
    path[at + 1] = (bytes[i] as number) & 15;
  }
  return { path, isLeaf: (first & LEAF_FLAG) !== 0 };
}

function readChild(bytes: Uint8Array, { start, from, end, isList }: Item): Child | undefined {
  if (from === end) return undefined;
  if (!isList) return bytes.subarray(from, end);
  const embedded = bytes.subarray(start, end);
  return decodeNode(embedded, embedded);
}

/**
 * @param bytes RLP of a node; parts of it stay in use.
 * @param reference that led to it.
 */
export function decodeNode(bytes: Uint8Array, reference: Uint8Array): TrieNode {
  const { from, end } = readItem(bytes, 0);
  const first = readItem(bytes, from);
  const [firstFrom, firstEnd] = [first.from, first.end];
  if (firstEnd < end) {
    const second = readItem(bytes, firstEnd);
    if (second.end === end) {
      const { path, isLeaf } = readPath(bytes, firstFrom, firstEnd);
      if (isLeaf) return new TrieNode(path, bytes.subarray(second.from, second.end), undefined, reference);
      return new TrieNode(path, undefined, [readChild(bytes, second) as Child], reference);
    }
  }
  const children: (Child | undefined)[] = new Array(BRANCH_WIDTH).fill(undefined);
  for (let i = 0, at = from; i < BRANCH_WIDTH; i++) {
    const read = readItem(bytes, at);
    at = read.end;
    children[i] = readChild(bytes, read);
  }
  return new TrieNode(NO_PATH, undefined, children, reference);
}
