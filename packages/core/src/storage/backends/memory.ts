import { bytesToUnprefixedHex } from '@ethereumjs/util';
import type { Backend, Changes, KeyRange } from '../backend.ts';
import { storageError } from '../faults.ts';
import { KIND } from '../keys.ts';
import { Arena } from './arena.ts';

/** Keys that are hashes, and most of all there are: nobody reads ranges of them often enough to keep them in order. */
const UNORDERED: ReadonlySet<string> = new Set([KIND.node, KIND.delta, KIND.code, KIND.preimage]);

/** The keys of one kind, in order as far as somebody has asked, and those that came since. */
interface Ordered {
  sorted: string[];
  added: string[];
}

const kindOf = (key: string): string => key.slice(0, 2);

/** Sorts in what came, and leaves out what was deleted. */
function settle(keys: Ordered, isThere: (key: string) => boolean): string[] {
  if (keys.added.length === 0) return keys.sorted;
  const added = keys.added.sort();
  const merged: string[] = [];
  let next = 0;
  const push = (key: string) => {
    if (key !== merged.at(-1) && isThere(key)) merged.push(key);
  };
  for (const key of keys.sorted) {
    for (; next < added.length && (added[next] as string) < key; next++) push(added[next] as string);
    push(key);
  }
  for (; next < added.length; next++) push(added[next] as string);
  keys.sorted = merged;
  keys.added = [];
  return merged;
}

/** Index of the first key that is not before the wanted one. */
function firstNotBefore(sorted: readonly string[], wanted: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as string) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The keys of an arena in order. Sorted only when somebody asks: blocks are written far more often than ranges are read. */
class KeyOrder {
  readonly #arena: Arena;
  readonly #kinds = new Map<string, Ordered>();

  constructor(arena: Arena) {
    this.#arena = arena;
  }

  added(key: string): void {
    this.#kinds.get(kindOf(key))?.added.push(key);
  }

  inRange({ from, to }: KeyRange): string[] {
    const first = Number.parseInt(from.slice(0, 2).padEnd(2, '0'), 16);
    const last = Number.parseInt(to.slice(0, 2).padEnd(2, '0'), 16);
    const kinds: string[] = [];
    for (let byte = first; byte <= last; byte++) kinds.push(byte.toString(16).padStart(2, '0'));
    this.#collect(kinds.filter((kind) => !this.#kinds.has(kind)));
    const found = kinds.flatMap((kind) => {
      const sorted = settle(this.#kinds.get(kind) as Ordered, (key) => this.#arena.has(key));
      return sorted
        .slice(firstNotBefore(sorted, from), firstNotBefore(sorted, to))
        .filter((key) => this.#arena.has(key));
    });
    for (const kind of UNORDERED) this.#kinds.delete(kind);
    return found;
  }

  #collect(kinds: readonly string[]): void {
    if (kinds.length === 0) return;
    for (const kind of kinds) this.#kinds.set(kind, { sorted: [], added: [] });
    const wanted = new Set(kinds.map((kind) => Number.parseInt(kind, 16)));
    for (const bytes of this.#arena.keys()) {
      if (wanted.has(bytes[0] as number)) this.added(bytesToUnprefixedHex(bytes));
    }
  }
}

/** Bytes in this process, gone with it. @example openMemory() */
export function openMemory(): Backend {
  let arena = new Arena();
  let order = new KeyOrder(arena);
  let closed = false;
  return {
    get: (key) => arena.get(key),
    write: (changes: Changes) => {
      if (closed) throw storageError({ code: 'DATABASE_CLOSED' });
      for (const [key, value] of changes) {
        if (value === null) arena.delete(key);
        else if (arena.set(key, value)) order.added(key);
      }
    },
    async *entries(range: KeyRange) {
      const keys = order.inRange(range);
      if (range.reverse === true) keys.reverse();
      const read = arena.reader(keys);
      for (const [index, key] of keys.entries()) yield [key, read(index)];
    },
    sizeBytes: async () => arena.bytes,
    // It is compacted all the time.
    compact: async () => {},
    ready: () => undefined,
    close: async () => {
      closed = true;
      arena = new Arena();
      order = new KeyOrder(arena);
    },
  };
}
