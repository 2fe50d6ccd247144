import { bytesToHex, equalsBytes, KECCAK256_NULL, KECCAK256_RLP } from '@ethereumjs/util';
import { LRUCache } from 'lru-cache';
import type { StateRecords } from '../storage/nodeStore.ts';
import { stateError } from './faults.ts';
import { hexFrom } from './hexFrom.ts';
import { JournaledState } from './journaledState.ts';
import { openPastState } from './pastState.ts';
import { StateDelta } from './stateDelta.ts';
import type { Layer, PastState, ResidentTries, StateTries, WriteNotes, WrittenTries } from './stateTries.ts';
import type { Trie } from './trie/trie.ts';
import { type Child, TrieNode } from './trie/trieNode.ts';

/**
 * Changes after which a state is stored whole again. A state between two such is worked out from the one before by as many
 * changes at most: some ten milliseconds. More often costs memory: in every block a few slots of a large storage change.
 */
const MOST_CHANGES = 8192;
/** Tries that a layer may name: the next state's layer copies the names. */
const MOST_TRIES = 512;
/** Layers that are kept of the last states: few, since what is held for longer outlives the collector's short rounds. */
const LATEST_LAYERS = 8;
/** And of states that were asked for later, as a snapshot is that one goes back to again and again. */
const ASKED_LAYERS = 16;
/** States that were read without their nodes: which records each is made of. */
const PAST_STATES = 16;
/** What a record costs to read, in changes. */
const RECORD_CHANGES = 4;

const NO_CODES: ReadonlyMap<string, Uint8Array> = new Map();

const isNew = (top: Child | undefined): top is TrieNode => top instanceof TrieNode && top.encoded !== undefined;

/** What is not stored of a state that was built on another. */
export function layerOn(base: Layer | undefined, { accounts, storages }: WrittenTries, changes: number): Layer {
  const owners = new Map<string, readonly [string, Child]>();
  for (const [owner, named] of base?.owners ?? []) if (isNew(named[1])) owners.set(owner, named);
  for (const [owner, storage] of storages) {
    const top = storage?.top;
    if (isNew(top)) owners.set(owner, [hexFrom((storage as Trie).root()), top]);
    else owners.delete(owner);
  }
  const tops = new Map<string, Child>(owners.values());
  if (isNew(accounts.top)) tops.set(hexFrom(accounts.root()), accounts.top);
  return { tops, codes: NO_CODES, owners, changes: (base?.changes ?? 0) + changes };
}

interface LayersModules {
  readonly records: StateRecords;
  readonly resident: ResidentTries;
  /** How a state is read that has so much which is not stored. */
  readonly triesOn: (root: Uint8Array, base: Layer | undefined) => StateTries;
}

/** A state that was written into its tries. */
interface WrittenState {
  readonly root: Uint8Array;
  readonly parent: Uint8Array;
  readonly tries: StateTries;
  readonly written: WrittenTries;
  readonly delta: StateDelta;
}

/** A state that others are worked out from. */
interface Base {
  readonly root: Uint8Array;
  readonly layer: Layer | undefined;
}

const NO_NOTES: WriteNotes = { note: () => {}, forget: () => {} };

/**
 * States that are known by their differences: every state stays readable, and most cost only what they changed. From time to
 * time one is stored whole; those after it are worked out from it when they are asked for.
 */
export class StateLayers {
  readonly #modules: LayersModules;
  /** By root in hex, those used last at the end. */
  readonly #latest = new LRUCache<string, Layer>({ max: LATEST_LAYERS });
  readonly #asked = new LRUCache<string, Layer>({ max: ASKED_LAYERS });
  readonly #past = new LRUCache<string, PastState>({ max: PAST_STATES });
  /** Root of the state that was noted last. */
  #head = '';

  constructor(modules: LayersModules) {
    this.#modules = modules;
  }

  /** Forgets what can be worked out again. */
  clear(): void {
    this.#latest.clear();
    this.#asked.clear();
    this.#past.clear();
  }

  has(root: Uint8Array): boolean {
    return this.#modules.records.get(hexFrom(root)) !== undefined;
  }

  /** Of a state that was used lately. */
  of(root: Uint8Array): Layer | undefined {
    const { resident, records } = this.#modules;
    const key = hexFrom(root);
    const known = this.#known(key);
    // Checked each time: what is pruned is not to be read, though its layer is still here.
    if (known === undefined || (records.get(key) === undefined && !resident.has(key))) return undefined;
    // The head is asked for all the time.
    if (key !== this.#head) this.#asked.set(key, known);
    return known;
  }

  /** A state to be worked out as far as somebody needs it. @returns undefined when it is stored, or not known. */
  past(root: Uint8Array): PastState | undefined {
    const { resident, records, triesOn } = this.#modules;
    const key = hexFrom(root);
    if (resident.has(key) || records.get(key) === undefined) return undefined;
    const known = this.#past.get(key);
    if (known !== undefined) return known;
    const path: Uint8Array[] = [];
    let from = root;
    for (let at = key; !resident.has(at) && this.#known(at) === undefined; at = hexFrom(from)) {
      const record = records.get(at);
      // What it would follow from was pruned.
      if (record === undefined) return undefined;
      path.push(record);
      from = StateDelta.parentOf(record);
    }
    const base = { root: from, layer: this.#known(hexFrom(from)) };
    const past = openPastState({
      ...{ root, records: path },
      base: { root: from, tries: triesOn(from, base.layer) },
      layer: () => this.#known(key) ?? this.#workOut(root, path, base),
    });
    this.#past.set(key, past);
    return past;
  }

  /** Notes what a state has changed. @returns its layer; undefined when it has to be stored. */
  note({ root, parent, tries, written, delta }: WrittenState): Layer | undefined {
    const { resident, records } = this.#modules;
    // Nothing was written: there is nothing to store, and the tries may not even have been read.
    if (equalsBytes(root, parent)) return tries.base;
    const layer = layerOn(tries.base, written, delta.size + RECORD_CHANGES);
    const isMuch = layer.changes > MOST_CHANGES || layer.tops.size > MOST_TRIES || resident.isFull;
    if (isMuch || equalsBytes(parent, KECCAK256_RLP)) return undefined;
    const [key, parentKey] = [hexFrom(root), hexFrom(parent)];
    // Stored already, or known: a record that leads to itself would lead nowhere.
    if (!resident.has(key) && records.get(key) === undefined) {
      if (!resident.has(parentKey) && records.get(parentKey) === undefined) return undefined;
      records.put(key, delta.encode(parent));
    }
    resident.grow(delta.size);
    this.#latest.set(key, layer);
    this.#head = key;
    return layer;
  }

  #known(key: string): Layer | undefined {
    return this.#latest.get(key) ?? this.#asked.get(key);
  }

  /**
   * @param path records of the state and those before it, back to one that can be read.
   * @throws StateError STATE_NOT_AVAILABLE.
   */
  #workOut(root: Uint8Array, path: readonly Uint8Array[], base: Base): Layer {
    const delta = new StateDelta();
    for (const record of [...path].reverse()) delta.absorb(record);
    const tries = this.#modules.triesOn(base.root, base.layer);
    const state = new JournaledState({ root: base.root, tries, writes: NO_NOTES });
    state.apply(delta.changes((address) => state.accountNow(address)?.codeHash ?? KECCAK256_NULL));
    if (!equalsBytes(state.writeTries(), root))
      throw stateError({ code: 'STATE_NOT_AVAILABLE', root: bytesToHex(root) });
    const layer = layerOn(base.layer, state.writtenTries(), delta.size + RECORD_CHANGES * path.length);
    this.#asked.set(hexFrom(root), layer);
    return layer;
  }
}
