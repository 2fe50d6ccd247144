import type { Database } from '../storage/database.ts';

/** Blocks in one bitmap. */
const CHUNK_BLOCKS = 256n;
const BITMAP_BYTES = 32;

const chunkPart = (chunk: bigint): string => chunk.toString(16).padStart(12, '0');

/** The heights at which one thing occurs, in order. */
export interface HeightRange {
  readonly from: bigint;
  /** Inclusive. */
  readonly to: bigint;
  /** Highest first. */
  readonly reverse?: boolean;
}

/**
 * At which heights a thing occurs: bitmaps of 256 blocks each, under the thing's key and the number of the chunk. To note a
 * block costs one small value whatever the length of the chain, and a range of 100,000 blocks is 391 values to look at.
 */
export class HeightIndex {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** @param key of the thing, as `keyOf` makes it. */
  add(key: string, number: bigint): void {
    const { at, bitmap, byte, bit } = this.#place(key, number);
    if (((bitmap[byte] as number) & bit) !== 0) return;
    bitmap[byte] = (bitmap[byte] as number) | bit;
    this.#database.put(at, bitmap);
  }

  remove(key: string, number: bigint): void {
    const { at, bitmap, byte, bit } = this.#place(key, number);
    bitmap[byte] = (bitmap[byte] as number) & ~bit;
    if (bitmap.every((one) => one === 0)) this.#database.delete(at);
    else this.#database.put(at, bitmap);
  }

  has(key: string, number: bigint): boolean {
    const { bitmap, byte, bit } = this.#place(key, number);
    return ((bitmap[byte] as number) & bit) !== 0;
  }

  /**
   * Heights at which, for every group, at least one of its things occurs.
   * @param groups keys of things; an empty list of groups holds everywhere.
   */
  *heights(groups: readonly (readonly string[])[], { from, to, reverse = false }: HeightRange): Generator<bigint> {
    if (from > to) return;
    const first = from / CHUNK_BLOCKS;
    const last = to / CHUNK_BLOCKS;
    for (let step = 0n; step <= last - first; step++) {
      const chunk = reverse ? last - step : first + step;
      const bitmap = this.#common(groups, chunk);
      if (bitmap === undefined) continue;
      for (const number of numbersIn(bitmap, chunk, reverse)) if (number >= from && number <= to) yield number;
    }
  }

  /** What all groups have in common in one chunk; undefined when that is nothing. */
  #common(groups: readonly (readonly string[])[], chunk: bigint): Uint8Array | undefined {
    const common = new Uint8Array(BITMAP_BYTES).fill(0xff);
    for (const keys of groups) {
      const any = new Uint8Array(BITMAP_BYTES);
      for (const key of keys) {
        const bitmap = this.#database.get(key + chunkPart(chunk));
        if (bitmap !== undefined)
          for (let i = 0; i < BITMAP_BYTES; i++) any[i] = (any[i] as number) | (bitmap[i] as number);
      }
      for (let i = 0; i < BITMAP_BYTES; i++) common[i] = (common[i] as number) & (any[i] as number);
      if (common.every((one) => one === 0)) return undefined;
    }
    return common;
  }

  #place(key: string, number: bigint) {
    const at = key + chunkPart(number / CHUNK_BLOCKS);
    const offset = Number(number % CHUNK_BLOCKS);
    const stored = this.#database.get(at);
    const bitmap = stored === undefined ? new Uint8Array(BITMAP_BYTES) : Uint8Array.from(stored);
    return { at, bitmap, byte: offset >> 3, bit: 1 << (offset & 7) };
  }
}

function* numbersIn(bitmap: Uint8Array, chunk: bigint, reverse: boolean): Generator<bigint> {
  for (let i = 0; i < Number(CHUNK_BLOCKS); i++) {
    const offset = reverse ? Number(CHUNK_BLOCKS) - 1 - i : i;
    if (((bitmap[offset >> 3] as number) & (1 << (offset & 7))) !== 0) yield chunk * CHUNK_BLOCKS + BigInt(offset);
  }
}
