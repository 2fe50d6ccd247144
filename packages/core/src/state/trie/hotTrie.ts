import { keccak256 } from '../../crypto/keccak.ts';
import { encodeNode, HASH_BYTES, hashOffset } from './nodeCodec.ts';
import type { Trie } from './trie.ts';
import { leafNode, type TrieNode } from './trieNode.ts';

/** A branch or an extension on the way to one of the keys. */
interface HotNode {
  readonly encoded: Uint8Array;
  /** Undefined for the root. */
  readonly parent: HotNode | undefined;
  /** Of its own hash, in its parent's encoding. */
  readonly offset: number;
  readonly depth: number;
  isChanged: boolean;
}

interface HotLeaf {
  readonly path: Uint8Array;
  readonly parent: HotNode | undefined;
  readonly offset: number;
}

/**
 * A trie of which only the values of known keys change, again and again, and whose root is wanted each time: the encoded
 * nodes on the ways to those keys are patched where they are, so that there is little to do but to hash.
 */
export class HotTrie {
  readonly #leaves: HotLeaf[] = [];
  readonly #changed: HotNode[][] = [];
  #root: Uint8Array;

  /** @throws RangeError when a key is not there, or a node on its way is so short that it stands in its parent. */
  constructor(trie: Trie, keys: readonly Uint8Array[]) {
    this.#root = trie.root();
    const known = new Map<TrieNode, HotNode>();
    for (const key of keys) this.#leaves.push(this.#lead(trie, key, known));
  }

  /** @param index of the key, as they were given. */
  set(index: number, value: Uint8Array): void {
    const { path, parent, offset } = this.#leaves[index] as HotLeaf;
    const encoded = encodeNode(leafNode(path, value));
    if (encoded.length < HASH_BYTES) throw new RangeError('a leaf became so short that it stands in its parent');
    this.#rehash(encoded, parent, offset);
  }

  root(): Uint8Array {
    for (let depth = this.#changed.length - 1; depth >= 0; depth--) {
      const nodes = this.#changed[depth] as HotNode[];
      for (const node of nodes) {
        node.isChanged = false;
        this.#rehash(node.encoded, node.parent, node.offset);
      }
      nodes.length = 0;
    }
    return this.#root;
  }

  #rehash(encoded: Uint8Array, parent: HotNode | undefined, offset: number): void {
    const hash = keccak256(encoded);
    if (parent === undefined) {
      this.#root = hash;
      return;
    }
    parent.encoded.set(hash, offset);
    if (parent.isChanged) return;
    parent.isChanged = true;
    (this.#changed[parent.depth] as HotNode[]).push(parent);
  }

  #lead(trie: Trie, key: Uint8Array, known: Map<TrieNode, HotNode>): HotLeaf {
    const way = trie.path(key);
    if (way === undefined) throw new RangeError('a key is not in the trie');
    let parent: HotNode | undefined;
    let offset = 0;
    for (const [depth, { node, next }] of way.entries()) {
      if (node.children === undefined) return { path: node.path, parent, offset };
      let hot = known.get(node);
      if (hot === undefined) {
        hot = { encoded: encodeNode(node), parent, offset, depth, isChanged: false };
        known.set(node, hot);
        this.#changed[depth] ??= [];
      }
      const at = hashOffset(hot.encoded, node, next);
      if (at === undefined) throw new RangeError('a node stands in its parent');
      parent = hot;
      offset = at;
    }
    throw new RangeError('a key is not in the trie');
  }
}
