import { LRUCache } from 'lru-cache';
import type { ValueCache } from './database.ts';

/** What an entry takes besides its value: the key's 66 characters, the array object, and its places in the cache. */
const ENTRY_BYTES = 320;

/** The values used last, as many as fit into a number of bytes. */
export function createValueCache(maxBytes: number): ValueCache {
  const cache = new LRUCache<string, Uint8Array>({
    maxSize: Math.max(maxBytes, 1),
    sizeCalculation: (value) => value.length + ENTRY_BYTES,
  });
  return {
    get: (key) => cache.get(key),
    set: (key, value) => {
      cache.set(key, value);
    },
    delete: (key) => {
      cache.delete(key);
    },
  };
}
