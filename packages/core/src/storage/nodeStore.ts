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

const HASH_HEX = 64;

/** A node's key is its hash; code comes with `c` before its hash, which is its kind already. */
const databaseKey = (key: string): string => (key.length === HASH_HEX ? KIND.node + key : key);

/** @example createNodeStore(await openDatabase()) */
export function createNodeStore(database: Database): NodeStore & { readonly preimages: Preimages } {
  return {
    get: (key) => database.get(databaseKey(key)),
    write: (added) => {
      for (const [key, node] of added) database.put(databaseKey(key), node);
    },
    preimages: {
      get: (hash) => database.get(keyOf('preimage', hash)),
      put: (hash, preimage) => database.put(keyOf('preimage', hash), preimage),
    },
  };
}
