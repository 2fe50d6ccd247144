import { bytesToUnprefixedHex, KECCAK256_RLP } from '@ethereumjs/util';
import type { NodeStore } from '../storage/nodeStore.ts';
import { decodeNode } from './trie/nodeCodec.ts';
import { BRANCH_WIDTH, type Child, TrieNode } from './trie/trieNode.ts';

const EMPTY_ROOT = bytesToUnprefixedHex(KECCAK256_RLP);
const DIGITS = '0123456789abcdef';

interface Place {
  readonly node: TrieNode;
  /** Nibbles that led here, as hex digits. */
  readonly path: string;
}

function digitsOf(nibbles: Uint8Array): string {
  let digits = '';
  for (const nibble of nibbles) digits += DIGITS[nibble];
  return digits;
}

/**
 * Every entry of a trie in the order of its keys, read node by node as it is asked for.
 * @returns key (a hash, in unprefixed hex) and value.
 */
export function* trieLeaves(root: Uint8Array, nodes: Pick<NodeStore, 'get'>): Generator<readonly [string, Uint8Array]> {
  const open: Place[] = [];
  /** A child is another node's hash, or a short node itself. */
  const follow = (child: Child | undefined, path: string): void => {
    if (child === undefined) return;
    if (child instanceof TrieNode) {
      open.push({ node: child, path });
      return;
    }
    const stored = nodes.get(bytesToUnprefixedHex(child));
    if (stored !== undefined) open.push({ node: decodeNode(stored, child), path });
  };
  if (bytesToUnprefixedHex(root) !== EMPTY_ROOT) follow(root, '');
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const { children, value, path: own } = place.node;
    const path = place.path + digitsOf(own);
    if (children === undefined) yield [path, value as Uint8Array];
    else if (children.length === 1) follow(children[0], path);
    else for (let i = BRANCH_WIDTH - 1; i >= 0; i--) follow(children[i], path + DIGITS[i]);
  }
}
