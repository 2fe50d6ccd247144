import { bytesToHex, KECCAK256_RLP } from '@ethereumjs/util';
import type { RunKernel } from '@minichain/evm';
import type { NodeStore, Preimages, StateRecords } from '../storage/nodeStore.ts';
import { type DumpedAccount, dumpedAccounts } from './dump.ts';
import { stateError } from './faults.ts';
import { hexFrom } from './hexFrom.ts';
import { openRingKernel, type Pause } from './ringKernel.ts';
import { type Ring, RingTries, slotBytes } from './ringTries.ts';
import { SenderMaskStateManager } from './senderMask.ts';
import { withSmallSlots } from './smallSlots.ts';
import { layerOn, StateLayers } from './stateLayers.ts';
import { type Layer, ResidentTries, StateTries, type Unstored, type WrittenTries } from './stateTries.ts';
import type { StateView } from './stateView.ts';
import { noteKeys, StateWrites } from './stateWrites.ts';
import type { Trie } from './trie/trie.ts';
import { TrieStateView } from './trieStateView.ts';
import { type RingPlan, TurnedRings } from './turnedRings.ts';

/** A mutable state on some root. Throw it away, or `flush` it to keep what it wrote. */
export interface OpenState {
  /** That it began with. */
  readonly root: Uint8Array;
  readonly manager: SenderMaskStateManager;
  /** Commits the caches, stores every new node. @returns the state root. */
  flush(): Promise<Uint8Array>;
  /** Reads as it is now, also while it goes on being written. */
  view(): Promise<StateView>;
  /** Makes the state readable by its root for a while without storing it: what a pending block needs. */
  publish(): void;
}

/** How many unstored states stay readable; a read that began on one may still be under way when the next appears. */
const PUBLISHED = 8;

/** How many views stay open: the head's, which every submission reads, and a few that tools go back to. */
const VIEWS = 8;

/** States by root: the only door to the trie. */
export interface StateStore {
  /** @throws StateError STATE_NOT_AVAILABLE. */
  open(root: Uint8Array): OpenState;
  view(root: Uint8Array): StateView;
  has(root: Uint8Array): boolean;
  /** Rings as they are in a state, to be turned. @throws StateError STATE_NOT_AVAILABLE. */
  rings(root: Uint8Array, rings: readonly Ring[]): OpenRings;
  /** As `rings`, fast, where a state has nothing special in them. @param pause is called often. */
  ringKernel(root: Uint8Array, rings: readonly Ring[], pause: Pause): Promise<OpenKernel | undefined>;
  /** Stores all nodes of states that are known by their differences only; inside the lane. */
  keepWhole(roots: Iterable<Uint8Array>): void;
  /** Everything in a state, in order of address, read as it is asked for. @throws StateError STATE_NOT_AVAILABLE. */
  accounts(root: Uint8Array): AsyncIterable<DumpedAccount>;
  /** The same, all at once. */
  dump(root: Uint8Array): Promise<DumpedAccount[]>;
  /** Where the state's nodes and all code are found, those that are not stored among them. @throws StateError STATE_NOT_AVAILABLE. */
  nodesOf(root: Uint8Array): Pick<NodeStore, 'get'>;
  /** A trie node or code that is stored, by EthereumJS's key in unprefixed hex. */
  stored(key: string): Uint8Array | undefined;
  /** What a key of the tries is the hash of: an address or a slot. */
  preimage(hash: Uint8Array): Uint8Array | undefined;
}

export interface OpenRings {
  readonly rings: RingTries;
  /** Stages the state that they are in now. */
  store(): void;
}

export interface OpenKernel {
  readonly kernel: RunKernel;
  /** Stages the state after the last block. @param slots that were written into. */
  store(slots: Iterable<number>): Promise<void>;
}

/** States of runs that stay worked out. */
const WORKED_OUT = 8;

const HASH_DIGITS = 64;
const EMPTY_ROOT = hexFrom(KECCAK256_RLP);

/** A node that the state needs is gone; that there is no code, or nothing in a trie, is nothing special. */
function missingIn(root: Uint8Array, key: string): undefined {
  if (key.length === HASH_DIGITS && key !== EMPTY_ROOT)
    throw stateError({ code: 'STATE_NOT_AVAILABLE', root: bytesToHex(root) });
}

const DEFAULT_CACHE_BYTES = 32 << 20;
/** What a decoded node takes with the hashes in it: branches that were read more, leaves less. */
const NODE_BYTES = 1024;
/** A block touches a few hundred: with less than this it would read them again and again. */
const LEAST_NODES = 1024;

interface StateStoreModules extends NodeStore {
  readonly preimages: Preimages;
  readonly records?: StateRecords;
  /** Calls when what was written is lost instead of stored. */
  readonly onLost?: (listener: () => void) => void;
}

interface StateStoreOptions {
  /** Of trie nodes that stay decoded. Default 32 MiB. */
  readonly cacheBytes?: number;
  /** How a state that is not stored can be worked out, by its root in unprefixed hex. */
  readonly planOf?: (root: string) => RingPlan | undefined;
  /** Whether states are kept as what they changed, and whole only from time to time. Default: whole. */
  readonly keepsDeltas?: boolean;
}

/** What states are read from: stored nodes, states that are published and such as can be worked out. */
function openTries(nodes: StateStoreModules, options: StateStoreOptions) {
  const { cacheBytes = DEFAULT_CACHE_BYTES, planOf, keepsDeltas = false } = options;
  const resident = new ResidentTries(nodes, Math.max(LEAST_NODES, Math.floor(cacheBytes / NODE_BYTES)));
  const published: (Layer & { readonly root: string })[] = [];
  const workedOut: Unstored[] = [];
  /** The views that were opened last, with what they have read. */
  const views = new Map<string, TrieStateView>();
  const others = function* () {
    yield* published;
    yield* workedOut;
  };
  const triesOn = (root: Uint8Array, base?: Layer) => new StateTries(resident, { others, root, base });
  const records = keepsDeltas ? nodes.records : undefined;
  const layers = records && new StateLayers({ records, resident, triesOn });
  const turned = new TurnedRings(triesOn);
  const forget = (): void => {
    resident.clear();
    views.clear();
    workedOut.length = 0;
    turned.clear();
    layers?.clear();
  };
  nodes.onLost?.(forget);
  const triesOf = (root: Uint8Array): StateTries => {
    if (resident.isFull) forget();
    const key = hexFrom(root);
    const base = layers?.of(root) ?? published.find((one) => one.root === key);
    const past = base === undefined ? layers?.past(root) : undefined;
    const tries = new StateTries(resident, { others, root, base, past });
    // Checked each time: a state that was published may be gone, though its view is still here.
    if (tries.has(root)) return tries;
    const plan = planOf?.(key);
    if (plan === undefined) throw stateError({ code: 'STATE_NOT_AVAILABLE', root: bytesToHex(root) });
    workedOut.unshift(turned.unstored(plan));
    workedOut.length = Math.min(workedOut.length, WORKED_OUT);
    return tries;
  };
  return { published, views, triesOf, triesOn, layers };
}

function openState(
  root: Uint8Array,
  nodes: StateStoreModules,
  { triesOf, layers, published }: ReturnType<typeof openTries>,
): OpenState {
  const tries = triesOf(root);
  const writes = new StateWrites();
  const manager = new SenderMaskStateManager({ root, tries, writes });
  let parent = root;
  return {
    root,
    manager,
    flush: async () => {
      const flushed = manager.writeTries();
      const written = manager.writtenTries();
      const { delta, isExact } = writes;
      const layer = isExact ? layers?.note({ root: flushed, parent, tries, written, delta }) : undefined;
      nodes.write(layer === undefined ? tries.takeNew(eachOf(written)) : tries.takeCodes());
      if (layer !== undefined) tries.turnTo(layer);
      writes.flush(nodes.preimages);
      parent = flushed;
      return flushed;
    },
    view: async () => new TrieStateView(manager.writeTries(), tries),
    publish: () => {
      const key = hexFrom(manager.writeTries());
      const { tops, codes } = tries.unstored;
      const layer = layerOn(tries.base, manager.writtenTries(), writes.delta.size);
      published.unshift({ ...layer, tops: new Map([...layer.tops, ...tops]), codes: new Map(codes), root: key });
      published.length = Math.min(published.length, PUBLISHED);
    },
  };
}

/** @example createStateStore(createNodeStore(await openDatabase())).view(root).balance(address) */
export function createStateStore(nodes: StateStoreModules, options: StateStoreOptions = {}): StateStore {
  const { preimages } = nodes;
  const readable = openTries(nodes, options);
  const { views, triesOf, triesOn, layers } = readable;
  const keys = withSmallSlots(preimages);
  const nodesOf = (root: Uint8Array): Pick<NodeStore, 'get'> => {
    const unstored = triesOf(root).newNodes();
    return { get: (key) => unstored.get(key) ?? nodes.get(key) };
  };
  const accounts = (root: Uint8Array): AsyncIterable<DumpedAccount> => {
    const found = nodesOf(root);
    const get = (key: string) => found.get(key) ?? missingIn(root, key);
    return dumpedAccounts(root, { nodes: { get }, preimages: keys });
  };
  return {
    open: (root) => openState(root, nodes, readable),
    view(root) {
      const tries = triesOf(root);
      const key = hexFrom(root);
      const known = views.get(key);
      if (known !== undefined) return known;
      const opened = new TrieStateView(root, tries);
      if (views.size === VIEWS) views.delete(views.keys().next().value as string);
      views.set(key, opened);
      return opened;
    },
    has: (root) => layers?.has(root) === true || triesOn(root).has(root),
    keepWhole: (roots) => {
      for (const root of layers === undefined ? [] : roots) {
        const layer = layers?.of(root) ?? layers?.past(root)?.layer();
        if (layer !== undefined) nodes.write(triesOn(root, layer).takeNew([]));
      }
    },
    rings: (root, rings) => {
      const tries = triesOf(root);
      const open = new RingTries(tries, root, rings);
      return {
        rings: open,
        store: () => {
          nodes.write(tries.takeNew(open.tries()));
          noteKeys(new Map(Array.from(open.slots(), (slot) => [hexFrom(slot), slot])), preimages);
        },
      };
    },
    ringKernel: async (root, rings, pause) => {
      const opened = await openRingKernel({ accounts: triesOf(root).open(root), nodes }, rings, pause);
      if (opened === undefined) return undefined;
      return {
        kernel: opened.kernel,
        store: async (slots) => {
          for (const some of opened.nodes()) {
            nodes.write(some);
            await pause();
          }
          for (const slot of slots) {
            const bytes = slotBytes(slot);
            noteKeys(new Map([[hexFrom(bytes), bytes]]), preimages);
            await pause();
          }
        },
      };
    },
    accounts,
    dump: async (root) => {
      const all: DumpedAccount[] = [];
      for await (const account of accounts(root)) all.push(account);
      return all;
    },
    nodesOf,
    stored: (key) => nodes.get(key)?.slice(),
    preimage: (hash) => keys.get(hexFrom(hash))?.slice(),
  };
}

function* eachOf({ accounts, storages }: WrittenTries): Generator<Trie> {
  yield accounts;
  for (const storage of storages.values()) if (storage !== undefined) yield storage;
}
