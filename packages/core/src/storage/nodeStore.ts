import type { Database } from './database.ts';
import { KIND, keyOf } from './keys.ts';

/** Where trie nodes and contract code lie, by EthereumJS's key in unprefixed hex. They are content-addressed and never change. */
export interface NodeStore {
  /** The bytes must not be written to. */
  get(key: string): Uint8Array | undefined;
  /** Stages them: they are kept once the database commits. */
  write(nodes: ReadonlyMap<string, Uint8Array>): void;
}

/** What the tries' keys are hashes of: a dump of the state needs it. */
export interface Preimages {
  /** @param hash keccak-256 in unprefixed hex. */
  get(hash: string): Uint8Array | undefined;
  put(hash: string, preimage: Uint8Array): void;
}

/** What makes one state of another, by its root in unprefixed hex. */
export interface StateRecords {
  get(root: string): Uint8Array | undefined;
  put(root: string, delta: Uint8Array): void;
}

/** Nodes in a database. */
export interface DatabaseNodes extends NodeStore {
  readonly preimages: Preimages;
  readonly records: StateRecords;
  /** Calls when what was staged is gone instead of written. */
  onLost(listener: () => void): void;
  /** How many were staged since that was forgotten last. */
  readonly writes: number;
  forgetWrites(count: number): void;
  /** Told the key of each node, code and record that is staged from now on, until it is called without a listener. */
  watchWrites(listener?: (key: string) => void): void;
}

const HASH_HEX = 64;

/** A node's key is its hash; code comes with `c` before its hash, which is its kind already. */
const databaseKey = (key: string): string => (key.length === HASH_HEX ? KIND.node + key : key);

/** @example createNodeStore(await openDatabase()) */
export function createNodeStore(database: Database): DatabaseNodes {
  let onWrite: ((key: string) => void) | undefined;
  let writes = 0;
  return {
    get writes() {
      return writes;
    },
    forgetWrites: (count) => {
      writes -= count;
    },
    watchWrites: (listener) => {
      onWrite = listener;
    },
    onLost: (listener) => database.onDiscard(listener),
    get: (key) => database.get(databaseKey(key)),
    write: (added) => {
      for (const [key, node] of added) {
        database.put(databaseKey(key), node);
        onWrite?.(key);
      }
      writes += added.size;
    },
    records: {
      get: (root) => database.get(keyOf('delta', root)),
      put: (root, delta) => {
        database.put(keyOf('delta', root), delta);
        onWrite?.(root);
      },
    },
    preimages: {
      get: (hash) => database.get(keyOf('preimage', hash)),
      put: (hash, preimage) => database.put(keyOf('preimage', hash), preimage),
    },
  };
}
