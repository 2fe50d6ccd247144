import { RLP } from '@ethereumjs/rlp';
import { KECCAK256_RLP } from '@ethereumjs/util';
import { keccak256 } from '../crypto/keccak.ts';
import { encodeRlp } from '../encoding/rlp.ts';

type Node = Uint8Array | Uint8Array[] | (Uint8Array | Uint8Array[])[];

interface Entry {
  /** Nibbles of the key. */
  readonly path: Uint8Array;
  readonly value: Uint8Array;
}

const EMPTY = new Uint8Array();

function nibblesFromKey(key: Uint8Array): Uint8Array {
  const path = new Uint8Array(key.length * 2);
  for (let i = 0; i < key.length; i++) {
    path[2 * i] = (key[i] as number) >> 4;
    path[2 * i + 1] = (key[i] as number) & 15;
  }
  return path;
}

/** Hex-prefix encoding (yellow paper, appendix C). */
function compactPath(path: Uint8Array, isLeaf: boolean): Uint8Array {
  const odd = path.length % 2;
  const out = new Uint8Array((path.length >> 1) + 1);
  out[0] = ((isLeaf ? 2 : 0) + odd) * 16 + (odd === 1 ? (path[0] as number) : 0);
  for (let i = 1; i < out.length; i++) {
    out[i] = (path[2 * i - 2 + odd] as number) * 16 + (path[2 * i - 1 + odd] as number);
  }
  return out;
}

/** A node of 32 bytes or more is referred to by its hash. */
function reference(node: Node): Node {
  const encoded = encodeRlp(node);
  return encoded.length < 32 ? node : keccak256(encoded);
}

function sharedPrefix(entries: readonly Entry[], from: number, to: number, depth: number): number {
  const [first, last] = [(entries[from] as Entry).path, (entries[to - 1] as Entry).path];
  let length = 0;
  while (depth + length < first.length && first[depth + length] === last[depth + length]) length++;
  return length;
}

/** Entries are sorted by path, so the children of a branch are runs of neighbours. */
function build(entries: readonly Entry[], from: number, to: number, depth: number): Node {
  const { path, value } = entries[from] as Entry;
  if (to - from === 1) return [compactPath(path.subarray(depth), true), value];
  const shared = sharedPrefix(entries, from, to, depth);
  if (shared > 0) {
    const child = reference(build(entries, from, to, depth + shared));
    return [compactPath(path.subarray(depth, depth + shared), false), child as Uint8Array];
  }
  const branch: Node[] = Array.from({ length: 17 }, () => EMPTY);
  let start = from;
  if (path.length === depth) {
    branch[16] = value;
    start++;
  }
  while (start < to) {
    const nibble = (entries[start] as Entry).path[depth] as number;
    let end = start + 1;
    while (end < to && (entries[end] as Entry).path[depth] === nibble) end++;
    branch[nibble] = reference(build(entries, start, end, depth + 1));
    start = end;
  }
  return branch as Node;
}

/**
 * Root of the trie that maps RLP(index) to each value: transactions, receipts and withdrawals roots. One pass over the
 * sorted list, where inserting into a trie one by one costs half a millisecond a transaction.
 * @example orderedTrieRoot(transactions.map((tx) => tx.serialize()))
 */
export function orderedTrieRoot(values: readonly Uint8Array[]): Uint8Array {
  if (values.length === 0) return KECCAK256_RLP;
  const entries = values
    .map((value, index): Entry => ({ path: nibblesFromKey(RLP.encode(index)), value }))
    .sort((a, b) => Buffer.compare(a.path, b.path));
  return keccak256(encodeRlp(build(entries, 0, entries.length, 0)));
}
