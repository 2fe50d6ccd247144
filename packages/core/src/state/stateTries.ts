import { type Account, bytesToHex, equalsBytes, KECCAK256_RLP } from '@ethereumjs/util';
import type { NodeStore } from '../storage/nodeStore.ts';
import type { Entry } from './accountEntry.ts';
import { stateError } from './faults.ts';
import { bytesFrom, hexFrom } from './hexFrom.ts';
import { decodeNode } from './trie/nodeCodec.ts';
import { type NodeSource, Trie } from './trie/trie.ts';
import type { Child, TrieNode } from './trie/trieNode.ts';

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

  /** Counts nodes that are held elsewhere. */
  grow(count: number): void {
    this.#count += count;
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
  /** By root in unprefixed hex. */
  readonly tops: ReadonlyMap<string, Child>;
  readonly codes: ReadonlyMap<string, Uint8Array>;
}

/** The nodes of a state that are not stored: it is known by what it changed in the state before it. */
export interface Layer extends Unstored {
  /** By account in hex: the root of its storage, and the trie. */
  readonly owners: ReadonlyMap<string, readonly [root: string, top: Child]>;
  /** Changes since the last state that is stored. */
  readonly changes: number;
}

/** A state that is known by what was changed since one whose nodes are there: read without its nodes, as long as that is enough. */
export interface PastState {
  readonly root: Uint8Array;
  /** As its trie has it. */
  account(address: Uint8Array): Account | undefined;
  /** As its trie has it: RLP. @param key 32 bytes. */
  slot(address: Uint8Array, key: Uint8Array): Uint8Array | undefined;
  /** Its nodes, worked out. @throws StateError STATE_NOT_AVAILABLE. */
  layer(): Layer;
}

interface StateTriesOptions {
  /** States that are not stored and may be built on. */
  readonly others: () => Iterable<Unstored>;
  /** Of the state, for errors: it may be pruned while it is read. */
  readonly root: Uint8Array;
  /** What is not stored of the state itself. */
  readonly base?: Layer | undefined;
  /** The state itself, where its nodes are yet to be worked out. */
  readonly past?: PastState | undefined;
}

/** How one state finds the tries and the code that it consists of: its own, those of published states, stored ones. */
export class StateTries {
  readonly #resident: ResidentTries;
  readonly #others: () => Iterable<Unstored>;
  readonly #source: NodeSource;
  readonly #tops = new Map<string, Child>();
  readonly #codes = new Map<string, Uint8Array>();
  readonly #past: PastState | undefined;
  /** What is not stored of the state that it began with, or that was flushed last. */
  base: Layer | undefined;

  constructor(resident: ResidentTries, { others, root, base, past }: StateTriesOptions) {
    this.#resident = resident;
    this.#others = others;
    this.#past = past;
    this.base = base;
    this.#source = {
      get: (hash) => {
        const node = resident.read(hash) ?? this.#workedOut(hash);
        if (node === undefined) throw stateError({ code: 'STATE_NOT_AVAILABLE', root: bytesToHex(root) });
        return node;
      },
    };
  }

  /** Answers for the tries of a state, when that is the one it began with and nobody has worked it out. */
  pastAt(root: Uint8Array): PastState | undefined {
    return this.#past !== undefined && equalsBytes(root, this.#past.root) ? this.#past : undefined;
  }

  /** What it has made since it began, or was flushed. */
  get unstored(): Unstored {
    return { tops: this.#tops, codes: this.#codes };
  }

  open(root: Uint8Array): Trie {
    const key = hexFrom(root);
    if (key === EMPTY_ROOT) return new Trie(this.#source, undefined);
    return new Trie(this.#source, this.#unstoredTop(key) ?? this.#resident.top(key) ?? root);
  }

  has(root: Uint8Array): boolean {
    const key = hexFrom(root);
    if (key === EMPTY_ROOT || this.pastAt(root) !== undefined) return true;
    return this.#unstoredTop(key) !== undefined || this.#resident.has(key);
  }

  /** Makes a trie findable by its root, which is returned. */
  note(trie: Trie): Uint8Array {
    const root = trie.root();
    if (trie.top !== undefined) this.#tops.set(hexFrom(root), trie.top);
    return root;
  }

  /** @param key as `codeKey` makes it. */
  code(key: string): Uint8Array | undefined {
    const own = this.#codes.get(key);
    if (own !== undefined) return own;
    for (const { codes } of this.#others()) {
      const code = codes.get(key);
      if (code !== undefined) return code;
    }
    return this.#resident.code(key)?.slice();
  }

  putCode(key: string, code: Uint8Array): void {
    this.#codes.set(key, code);
  }

  /** Everything of the given tries, of the state before, and all code, that is not stored yet. */
  takeNew(tries: Iterable<Trie>): Map<string, Uint8Array> {
    const added = this.takeCodes();
    const take = (trie: Trie): void => {
      const before = added.size;
      trie.store((hash, encoded) => added.set(hash, encoded));
      const { top } = trie;
      if (top !== undefined) this.#resident.keep(hexFrom(trie.root()), top, added.size - before);
    };
    for (const trie of tries) take(trie);
    for (const top of this.base?.tops.values() ?? []) take(new Trie(this.#source, top));
    this.turnTo(undefined);
    return added;
  }

  takeCodes(): Map<string, Uint8Array> {
    const codes = new Map(this.#codes);
    this.#codes.clear();
    return codes;
  }

  /** What it has made is part of the layer from now on, or stored. */
  turnTo(base: Layer | undefined): void {
    this.base = base;
    this.#tops.clear();
  }

  /** Nodes of the state that are not stored, by hash. @throws StateError STATE_NOT_AVAILABLE. */
  newNodes(): Map<string, Uint8Array> {
    this.base ??= this.#past?.layer();
    const nodes = new Map<string, Uint8Array>();
    for (const top of this.base?.tops.values() ?? []) {
      new Trie(this.#source, top).eachNew((hash, encoded) => nodes.set(hash, encoded));
    }
    return nodes;
  }

  /** Once nodes are asked for that can only be of the state it began with. */
  #workedOut(hash: string): TrieNode | undefined {
    if (this.#past === undefined) return undefined;
    const layer = this.#past.layer();
    this.base ??= layer;
    return layer.tops.get(hash) as TrieNode | undefined;
  }

  #unstoredTop(root: string): Child | undefined {
    const own = this.#tops.get(root) ?? this.base?.tops.get(root);
    if (own !== undefined) return own;
    for (const { tops } of this.#others()) {
      const top = tops.get(root);
      if (top !== undefined) return top;
    }
    return undefined;
  }
}

/** Tries of a state that may have something new. */
export interface WrittenTries {
  readonly accounts: Trie;
  /** By address in unprefixed hex; undefined where there is no account any more. */
  readonly storages: ReadonlyMap<string, Trie | undefined>;
}

/** Is told what is written into the tries. */
export interface WriteNotes {
  /** An account with its slots, and as it is about to be written. @param isFinal whether that will not be taken back. */
  note(entry: Entry, next: Account | undefined, isFinal: boolean): void;
  /** What was written is not what the tries are now. */
  forget(): void;
}

export interface JournaledStateModules {
  /** That the state begins with. */
  readonly root: Uint8Array;
  readonly tries: StateTries;
  readonly writes: WriteNotes;
}
