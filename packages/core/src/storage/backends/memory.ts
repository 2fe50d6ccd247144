import type { Backend, Changes, KeyRange } from '../backend.ts';
import { storageError } from '../faults.ts';

/** Bytes in this process, gone with it. @example openMemory() */
export function openMemory(): Backend {
  const values = new Map<string, Uint8Array>();
  let sorted: string[] | undefined;
  let closed = false;
  return {
    get: (key) => values.get(key),
    write: async (changes: Changes) => {
      if (closed) throw storageError({ code: 'DATABASE_CLOSED' });
      for (const [key, value] of changes) {
        if (value === null ? values.delete(key) : !values.has(key)) sorted = undefined;
        if (value !== null) values.set(key, value);
      }
    },
    async *entries({ from, to, reverse = false }: KeyRange) {
      // Ordered only when somebody asks: blocks are written far more often than ranges are read.
      sorted ??= [...values.keys()].sort();
      const found = sorted
        .filter((key) => key >= from && key < to)
        .map((key) => [key, values.get(key) as Uint8Array] as const);
      yield* reverse ? found.reverse() : found;
    },
    close: async () => {
      closed = true;
      values.clear();
      sorted = undefined;
    },
  };
}
