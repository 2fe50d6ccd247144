import { bytesToHex, KECCAK256_RLP } from '@ethereumjs/util';
import type { NodeStore } from '../storage/nodeStore.ts';
import { stateError } from './faults.ts';
import { bytesFrom, hexFrom } from './hexFrom.ts';
import { decodeNode } from './trie/nodeCodec.ts';
import { type NodeSource, Trie } from './trie/trie.ts';
import type { Child } from './trie/trieNode.ts';

/** Roots whose tries stay in memory as far as they were read: of the last states, and of all contracts that are in use. */
const KEPT_ROOTS = 1024;
const EMPTY_ROOT = hexFrom(KECCAK256_RLP);

/** What states have in common: stored nodes, and those of them that were decoded lately. */
export class ResidentTries {
  readonly #nodes: NodeStore;
  readonly #most: number;
  readonly #tops = new Map<string, Child>();
  /** Nodes that were decoded or made since the last {@link clear}: no more than these can be held. */
  #count = 0;

  /** @param most nodes that stay decoded. */
  constructor(nodes: NodeStore, most: number) {
    this.#nodes = nodes;
    this.#most = most;
  }

  get isFull(): boolean {
    return this.#count > this.#most;
  }

  clear(): void {
    this.#tops.clear();
    this.#count = 0;
  }

  /** A node's bytes, not shared with anybody. */
  read(hash: string): Uint8Array | undefined {
    this.#count++;
    return this.#nodes.get(hash)?.slice();
  }

  #read(root: string): Child | undefined {
    const encoded = this.read(root);
    return encoded && decodeNode(encoded, bytesFrom(root));
  }

  has(root: string): boolean {
    return this.#nodes.get(root) !== undefined;
  }

  code(key: string): Uint8Array | undefined {
    return this.#nodes.get(key);
  }

  /** What a trie begins with: from now on it stays, with all that is read of it. */
  top(root: string): Child | undefined {
    const top = this.#tops.get(root) ?? this.#read(root);
    if (top !== undefined) this.keep(root, top, 0);
    return top;
  }

  keep(root: string, top: Child, added: number): void {
    this.#count += added;
    this.#tops.delete(root);
    this.#tops.set(root, top);
    if (this.#tops.size > KEPT_ROOTS) this.#tops.delete(this.#tops.keys().next().value as string);
  }
}

/** Tries and code that one state has made and that are stored nowhere yet. */
export interface Unstored {
  readonly tops: Map<string, Child>;
  readonly codes: Map<string, Uint8Array>;
}

/** How one state finds the tries and the code that it consists of: its own, those of published states, stored ones. */
export class StateTries {
  readonly #resident: ResidentTries;
  readonly #others: () => Iterable<Unstored>;
  readonly #source: NodeSource;
  readonly unstored: Unstored = { tops: new Map(), codes: new Map() };

  /**
   * @param others states that are not stored and may be built on.
   * @param root of the state, for errors: it may be pruned while it is read.
   */
  constructor(resident: ResidentTries, others: () => Iterable<Unstored>, root: Uint8Array) {
    this.#resident = resident;
    this.#others = others;
    this.#source = {
      get: (hash) => {
        const node = resident.read(hash);
        if (node === undefined) throw stateError({ code: 'STATE_NOT_AVAILABLE', root: bytesToHex(root) });
        return node;
      },
    };
  }

  open(root: Uint8Array): Trie {
    const key = hexFrom(root);
    if (key === EMPTY_ROOT) return new Trie(this.#source, undefined);
    return new Trie(this.#source, this.#unstoredTop(key) ?? this.#resident.top(key) ?? root);
  }

  has(root: Uint8Array): boolean {
    const key = hexFrom(root);
    return key === EMPTY_ROOT || this.#unstoredTop(key) !== undefined || this.#resident.has(key);
  }

  /** Makes a trie findable by its root, which is returned. */
  note(trie: Trie): Uint8Array {
    const root = trie.root();
    if (trie.top !== undefined) this.unstored.tops.set(hexFrom(root), trie.top);
    return root;
  }

  /** @param key as `codeKey` makes it. */
  code(key: string): Uint8Array | undefined {
    const own = this.unstored.codes.get(key);
    if (own !== undefined) return own;
    for (const { codes } of this.#others()) {
      const code = codes.get(key);
      if (code !== undefined) return code;
    }
    return this.#resident.code(key)?.slice();
  }

  putCode(key: string, code: Uint8Array): void {
    this.unstored.codes.set(key, code);
  }

  /** Everything of the given tries, and all code, that is not stored yet. */
  takeNew(tries: Iterable<Trie>): Map<string, Uint8Array> {
    const added = new Map(this.unstored.codes);
    for (const trie of tries) {
      const before = added.size;
      trie.store((hash, encoded) => added.set(hash, encoded));
      const { top } = trie;
      if (top !== undefined) this.#resident.keep(hexFrom(trie.root()), top, added.size - before);
    }
    this.unstored.tops.clear();
    this.unstored.codes.clear();
    return added;
  }

  #unstoredTop(root: string): Child | undefined {
    const own = this.unstored.tops.get(root);
    if (own !== undefined) return own;
    for (const { tops } of this.#others()) {
      const top = tops.get(root);
      if (top !== undefined) return top;
    }
    return undefined;
  }
}

export interface JournaledStateModules {
  /** That the state begins with. */
  readonly root: Uint8Array;
  readonly tries: StateTries;
  /** Is told addresses and slots that are new in the tries, which keep only their hashes. */
  readonly keys: { note(key: Uint8Array): void };
}
