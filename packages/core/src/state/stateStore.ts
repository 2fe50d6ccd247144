import { bytesToHex, KECCAK256_RLP } from '@ethereumjs/util';
import type { RunKernel } from '@minichain/evm';
import { keccak256 } from '../crypto/keccak.ts';
import type { NodeStore, Preimages } from '../storage/nodeStore.ts';
import { type DumpedAccount, dumpAccounts } from './dump.ts';
import { stateError } from './faults.ts';
import { hexFrom } from './hexFrom.ts';
import { openRingKernel, type Pause } from './ringKernel.ts';
import { type Ring, RingTries, slotBytes } from './ringTries.ts';
import { SenderMaskStateManager } from './senderMask.ts';
import { ResidentTries, StateTries, type Unstored } from './stateTries.ts';
import type { StateView } from './stateView.ts';
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
  /** Everything in a state. */
  dump(root: Uint8Array): Promise<DumpedAccount[]>;
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
  /** Calls when what was written is lost instead of stored. */
  readonly onLost?: (listener: () => void) => void;
}

interface StateStoreOptions {
  /** Of trie nodes that stay decoded. Default 32 MiB. */
  readonly cacheBytes?: number;
  /** How a state that is not stored can be worked out, by its root in unprefixed hex. */
  readonly planOf?: (root: string) => RingPlan | undefined;
}

/** Keeps what keys are the hashes of. */
function noteKeys(noted: Map<string, Uint8Array>, preimages: Preimages): void {
  for (const key of noted.values()) {
    const hash = hexFrom(keccak256(key));
    if (preimages.get(hash) === undefined) preimages.put(hash, key);
  }
  noted.clear();
}

/** What states are read from: stored nodes, states that are published and such as can be worked out. */
function openTries(nodes: StateStoreModules, { cacheBytes = DEFAULT_CACHE_BYTES, planOf }: StateStoreOptions) {
  const resident = new ResidentTries(nodes, Math.max(LEAST_NODES, Math.floor(cacheBytes / NODE_BYTES)));
  const published: Unstored[] = [];
  const workedOut: Unstored[] = [];
  /** The views that were opened last, with what they have read. */
  const views = new Map<string, TrieStateView>();
  const others = function* () {
    yield* published;
    yield* workedOut;
  };
  const turned = new TurnedRings((root) => new StateTries(resident, others, root));
  const forget = (): void => {
    resident.clear();
    views.clear();
    workedOut.length = 0;
    turned.clear();
  };
  nodes.onLost?.(forget);
  const triesOf = (root: Uint8Array): StateTries => {
    if (resident.isFull) forget();
    const tries = new StateTries(resident, others, root);
    // Checked each time: a state that was published may be gone, though its view is still here.
    if (tries.has(root)) return tries;
    const plan = planOf?.(hexFrom(root));
    if (plan === undefined) throw stateError({ code: 'STATE_NOT_AVAILABLE', root: bytesToHex(root) });
    workedOut.unshift(turned.unstored(plan));
    workedOut.length = Math.min(workedOut.length, WORKED_OUT);
    return tries;
  };
  return { published, views, others, triesOf, resident };
}

/** @example createStateStore(createNodeStore(await openDatabase())).view(root).balance(address) */
export function createStateStore(nodes: StateStoreModules, options: StateStoreOptions = {}): StateStore {
  const { preimages } = nodes;
  const { published, views, others, triesOf, resident } = openTries(nodes, options);
  return {
    open(root) {
      const tries = triesOf(root);
      const noted = new Map<string, Uint8Array>();
      const keys = { note: (key: Uint8Array) => noted.set(hexFrom(key), key) };
      const manager = new SenderMaskStateManager({ root, tries, keys });
      return {
        root,
        manager,
        flush: async () => {
          const flushed = await manager.getStateRoot();
          nodes.write(tries.takeNew(manager.writtenTries()));
          noteKeys(noted, preimages);
          return flushed;
        },
        view: async () => new TrieStateView(await manager.getStateRoot(), tries),
        publish: () => {
          published.unshift(tries.unstored);
          published.length = Math.min(published.length, PUBLISHED);
        },
      };
    },
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
    has: (root) => new StateTries(resident, others, root).has(root),
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
    dump: (root) => {
      triesOf(root);
      return dumpAccounts(root, { nodes: { get: (key) => nodes.get(key) ?? missingIn(root, key) }, preimages });
    },
  };
}
