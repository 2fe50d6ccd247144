import { MerklePatriciaTrie } from '@ethereumjs/mpt';
import { bytesToHex, bytesToUnprefixedHex, KECCAK256_RLP, ValueEncoding } from '@ethereumjs/util';
import { keccak256 } from '../crypto/keccak.ts';
import { NodeBuffer } from '../storage/nodeBuffer.ts';
import type { NodeStore, Preimages } from '../storage/nodeStore.ts';
import { type DumpedAccount, dumpAccounts } from './dump.ts';
import { stateError } from './faults.ts';
import { SenderMaskStateManager } from './senderMask.ts';
import type { StateView } from './stateView.ts';
import { TrieStateView } from './trieStateView.ts';

/** A mutable state on some root. Throw it away, or `flush` it to keep what it wrote. */
export interface OpenState {
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
  /** Everything in a state. */
  dump(root: Uint8Array): Promise<DumpedAccount[]>;
}

const HASH_DIGITS = 64;
const EMPTY_ROOT = bytesToUnprefixedHex(KECCAK256_RLP);

/** A node that the state needs is gone; that there is no code, or nothing in a trie, is nothing special. */
function missingIn(root: Uint8Array, key: string): undefined {
  if (key.length === HASH_DIGITS && key !== EMPTY_ROOT)
    throw stateError({ code: 'STATE_NOT_AVAILABLE', root: bytesToHex(root) });
}

/** The stored nodes, and those of states that were published without being stored. */
function withUnstored(nodes: NodeStore, published: readonly NodeBuffer[]): NodeStore {
  return {
    get: (key) => {
      const stored = nodes.get(key);
      if (stored !== undefined) return stored;
      for (const buffer of published) {
        const node = buffer.written(key);
        if (node !== undefined) return node;
      }
      return undefined;
    },
    write: (added) => nodes.write(added),
  };
}

/** @example createStateStore(createNodeStore(await openDatabase())).view(root).balance(address) */
export function createStateStore(nodes: NodeStore & { readonly preimages: Preimages }): StateStore {
  const { preimages } = nodes;
  const published: NodeBuffer[] = [];
  /** The views that were opened last, with what they have read. */
  const views = new Map<string, TrieStateView>();
  const store = withUnstored(nodes, published);
  /** A state may be pruned while it is read. */
  const bufferOn = (root: Uint8Array): NodeBuffer => new NodeBuffer(store, (key) => missingIn(root, key));
  const has = (root: Uint8Array): boolean => {
    const key = bytesToUnprefixedHex(root);
    return key === EMPTY_ROOT || store.get(key) !== undefined;
  };
  const requireRoot = (root: Uint8Array): void => {
    if (!has(root)) throw stateError({ code: 'STATE_NOT_AVAILABLE', root: bytesToHex(root) });
  };
  const trieOn = (root: Uint8Array, buffer: NodeBuffer): MerklePatriciaTrie => {
    const trie = new MerklePatriciaTrie({
      db: buffer,
      valueEncoding: ValueEncoding.Bytes,
      useKeyHashing: true,
      useKeyHashingFunction: keccak256,
    });
    trie.root(root);
    return trie;
  };
  const view = (root: Uint8Array): StateView => {
    // Checked each time: a state that was published may be gone, though its view is still here.
    requireRoot(root);
    const key = bytesToUnprefixedHex(root);
    const known = views.get(key);
    if (known !== undefined) return known;
    const opened = new TrieStateView(root, trieOn(root, bufferOn(root)));
    if (views.size === VIEWS) views.delete(views.keys().next().value as string);
    views.set(key, opened);
    return opened;
  };
  return {
    open(root) {
      requireRoot(root);
      const buffer = bufferOn(root);
      const noted = new Map<string, Uint8Array>();
      const keys = { note: (key: Uint8Array) => noted.set(bytesToUnprefixedHex(key), key) };
      const manager = new SenderMaskStateManager({ trie: trieOn(root, buffer), nodes: buffer, keys });
      return {
        manager,
        flush: async () => {
          const flushed = await manager.getStateRoot();
          buffer.flush(bytesToUnprefixedHex(flushed));
          for (const key of noted.values()) {
            const hash = bytesToUnprefixedHex(keccak256(key));
            if (preimages.get(hash) === undefined) preimages.put(hash, key);
          }
          noted.clear();
          return flushed;
        },
        view: async () => {
          const now = await manager.getStateRoot();
          return new TrieStateView(now, trieOn(now, buffer));
        },
        publish: () => {
          published.unshift(buffer);
          published.length = Math.min(published.length, PUBLISHED);
        },
      };
    },
    view,
    has,
    dump: (root) => {
      requireRoot(root);
      return dumpAccounts(root, { nodes: { get: (key) => store.get(key) ?? missingIn(root, key) }, preimages });
    },
  };
}
