/** What a branch or an extension leads to: a node, or the hash of one that is not read yet. */
export type Child = TrieNode | Uint8Array;

/**
 * A node of a Merkle Patricia trie whose keys all have one length, so that no branch has a value. It never changes but for
 * what is known of it: tries of different states share all that they have in common. One class for all three kinds, because
 * the engine is fastest with one shape.
 */
export class TrieNode {
  /** Nibbles that a leaf or an extension spans; empty for a branch. */
  readonly path: Uint8Array;
  /** Of a leaf. */
  readonly value: Uint8Array | undefined;
  /** 16 of a branch, one of an extension. A hash may give way to the node that it is of. */
  readonly children: (Child | undefined)[] | undefined;
  /** How a parent refers to it: its hash, or its encoding where that is shorter than one. */
  reference: Uint8Array | undefined;
  /** Until it is stored. */
  encoded: Uint8Array | undefined;

  constructor(
    path: Uint8Array,
    value: Uint8Array | undefined,
    children: (Child | undefined)[] | undefined,
    reference?: Uint8Array,
  ) {
    this.path = path;
    this.value = value;
    this.children = children;
    this.reference = reference;
    this.encoded = undefined;
  }

  get isBranch(): boolean {
    return this.children?.length === BRANCH_WIDTH;
  }
}

export const BRANCH_WIDTH = 16;
export const NO_PATH = new Uint8Array();

export const leafNode = (path: Uint8Array, value: Uint8Array): TrieNode => new TrieNode(path, value, undefined);

export const branchNode = (children: (Child | undefined)[]): TrieNode => new TrieNode(NO_PATH, undefined, children);

export const extensionNode = (path: Uint8Array, child: Child): TrieNode => new TrieNode(path, undefined, [child]);

/** The nibbles of a key. */
export function nibblesFrom(key: Uint8Array): Uint8Array {
  const nibbles = new Uint8Array(key.length * 2);
  for (let i = 0; i < key.length; i++) {
    const byte = key[i] as number;
    nibbles[2 * i] = byte >> 4;
    nibbles[2 * i + 1] = byte & 15;
  }
  return nibbles;
}
