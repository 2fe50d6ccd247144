import { Arena } from './backends/arena.ts';
import type { ValueCache } from './database.ts';

/** An arena grows by mebibytes: with less than this a generation would be over before it began. */
const LEAST_BYTES = 4 << 20;

/**
 * The values used last, as many as fit into a number of bytes, 4 MiB at least. Two generations: what is used goes into the young one; when
 * that has half of the bytes it becomes the old one, and what the old one had and nobody has used since is gone. Unlike a list
 * of objects this costs 60 bytes for each value besides its own, not 550, and nothing for the garbage collector.
 */
export function createValueCache(maxBytes: number): ValueCache {
  const generationBytes = Math.max(maxBytes, LEAST_BYTES) / 2;
  let young = new Arena();
  let old = new Arena();
  const set = (key: string, value: Uint8Array): void => {
    young.set(key, value);
    if (young.bytes < generationBytes) return;
    old = young;
    young = new Arena();
  };
  return {
    get: (key) => {
      const value = young.get(key);
      if (value !== undefined) return value;
      const older = old.get(key);
      if (older !== undefined) set(key, older);
      return older;
    },
    set,
    delete: (key) => {
      young.delete(key);
      old.delete(key);
    },
  };
}
