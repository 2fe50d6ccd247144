import { bytesToUnprefixedHex, equalsBytes, KECCAK256_RLP } from '@ethereumjs/util';
import type { NodeStore } from '../storage/nodeStore.ts';
import { decodeNode } from './trie/nodeCodec.ts';
import { BRANCH_WIDTH, type Child, TrieNode } from './trie/trieNode.ts';

/** An entry that two tries do not share; undefined where one does not have it. */
export interface LeafDifference {
  /** A hash, in unprefixed hex. */
  readonly key: string;
  readonly before: Uint8Array | undefined;
  readonly after: Uint8Array | undefined;
}

const DIGITS = '0123456789abcdef';

/** A place in a trie: in a node, so many nibbles of its path on. */
interface Cursor {
  readonly node: TrieNode;
  readonly offset: number;
  /** By which its parent named the node. */
  readonly hash: Uint8Array | undefined;
}

type Nodes = Pick<NodeStore, 'get'>;

function cursorAt(child: Child | undefined, nodes: Nodes): Cursor | undefined {
  if (child === undefined) return undefined;
  if (child instanceof TrieNode) return { node: child, offset: 0, hash: undefined };
  const stored = nodes.get(bytesToUnprefixedHex(child));
  return stored && { node: decodeNode(stored, child), offset: 0, hash: child };
}

/** One nibble further. */
function stepInto(cursor: Cursor | undefined, nibble: number, nodes: Nodes): Cursor | undefined {
  if (cursor === undefined) return undefined;
  const { node, offset } = cursor;
  if (offset < node.path.length) {
    if (node.path[offset] !== nibble) return undefined;
    const next = { node, offset: offset + 1, hash: undefined };
    // An extension that is spent is what it leads to.
    return next.offset === node.path.length && node.children !== undefined ? cursorAt(node.children[0], nodes) : next;
  }
  return cursorAt(node.children?.[nibble], nodes);
}

const valueAt = (cursor: Cursor | undefined): Uint8Array | undefined =>
  cursor !== undefined && cursor.offset === cursor.node.path.length ? cursor.node.value : undefined;

function isSame(a: Cursor | undefined, b: Cursor | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.hash !== undefined && b.hash !== undefined && equalsBytes(a.hash, b.hash);
}

function* differences(
  [before, after]: readonly [Cursor | undefined, Cursor | undefined],
  key: string,
  nodes: Nodes,
): Generator<LeafDifference> {
  if (isSame(before, after)) return;
  const [was, is] = [valueAt(before), valueAt(after)];
  if (was !== undefined || is !== undefined) {
    if (was === undefined || is === undefined || !equalsBytes(was, is)) yield { key, before: was, after: is };
    return;
  }
  for (let nibble = 0; nibble < BRANCH_WIDTH; nibble++) {
    const pair = [stepInto(before, nibble, nodes), stepInto(after, nibble, nodes)] as const;
    yield* differences(pair, key + DIGITS[nibble], nodes);
  }
}

/**
 * What two tries do not share, in the order of their keys. Parts that both have are not read.
 * @example [...trieDifference(rootBefore, rootAfter, nodes)]
 */
export function trieDifference(before: Uint8Array, after: Uint8Array, nodes: Nodes): Generator<LeafDifference> {
  const rootOf = (root: Uint8Array) => (equalsBytes(root, KECCAK256_RLP) ? undefined : cursorAt(root, nodes));
  return differences([rootOf(before), rootOf(after)], '', nodes);
}
