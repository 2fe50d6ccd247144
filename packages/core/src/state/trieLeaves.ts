import { RLP } from '@ethereumjs/rlp';
import { bytesToUnprefixedHex, KECCAK256_RLP } from '@ethereumjs/util';
import type { NodeStore } from '../storage/nodeStore.ts';

type Item = Uint8Array | readonly Item[];

const EMPTY_ROOT = bytesToUnprefixedHex(KECCAK256_RLP);
const BRANCH_ITEMS = 17;
const HASH_BYTES = 32;
/** In the first nibble of a path (hex-prefix encoding): it ends here; it has an odd number of nibbles. */
const LEAF_FLAG = 2;
const ODD_FLAG = 1;

interface Place {
  readonly node: Item;
  /** Nibbles that led here, as hex digits. */
  readonly path: string;
}

/** A path's nibbles, and whether a leaf follows. */
function readPath(encoded: Uint8Array): { nibbles: string; isLeaf: boolean } {
  const hex = bytesToUnprefixedHex(encoded);
  const flags = Number.parseInt(hex[0] as string, 16);
  return { nibbles: hex.slice((flags & ODD_FLAG) === 0 ? 2 : 1), isLeaf: (flags & LEAF_FLAG) !== 0 };
}

/**
 * Every entry of a trie in the order of its keys, read node by node as it is asked for.
 * @returns key (a hash, in unprefixed hex) and value.
 */
export function* trieLeaves(root: Uint8Array, nodes: Pick<NodeStore, 'get'>): Generator<readonly [string, Uint8Array]> {
  const open: Place[] = [];
  /** A child is another node's hash, or a short node itself. */
  const follow = (child: Item | undefined, path: string): void => {
    if (child === undefined || child.length === 0) return;
    if (!(child instanceof Uint8Array)) open.push({ node: child, path });
    else if (child.length === HASH_BYTES) {
      const stored = nodes.get(bytesToUnprefixedHex(child));
      if (stored !== undefined) open.push({ node: RLP.decode(stored) as unknown as Item, path });
    }
  };
  if (bytesToUnprefixedHex(root) !== EMPTY_ROOT) follow(root, '');
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const { node, path } = place;
    if (node.length === BRANCH_ITEMS) {
      for (let i = BRANCH_ITEMS - 2; i >= 0; i--) follow(node[i] as Item, path + i.toString(16));
      continue;
    }
    const [encoded, next] = node as readonly [Uint8Array, Item];
    const { nibbles, isLeaf } = readPath(encoded);
    if (isLeaf) yield [path + nibbles, next as Uint8Array];
    else follow(next, path + nibbles);
  }
}
