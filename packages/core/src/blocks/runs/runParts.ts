import type { Database } from '../../storage/database.ts';
import { keyOf } from '../../storage/keys.ts';

export const HASH_BYTES = 32;
/** Blocks whose state roots are one value, after the hash of the first one's parent. */
export const CHUNK_BLOCKS = 256;
/** Blocks that are found by their hashes in one value. */
export const SEGMENT_BLOCKS = 4096;
/** Of each block there: the first four bytes of its hash, and its place in two. */
const ENTRY_BYTES = 6;
const PREFIX_BYTES = 4;

export const chunkPart = (index: number): string => index.toString(16).padStart(12, '0');

const viewOf = ({ buffer, byteOffset, length }: Uint8Array): DataView => new DataView(buffer, byteOffset, length);

/** Places of the hashes of a segment that begin as one does. */
export function* findPrefix(segment: Uint8Array, hash: Uint8Array): Generator<number> {
  const view = viewOf(segment);
  const wanted = viewOf(hash).getUint32(0);
  const count = segment.length / ENTRY_BYTES;
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (view.getUint32(middle * ENTRY_BYTES) < wanted) low = middle + 1;
    else high = middle;
  }
  for (let i = low; i < count && view.getUint32(i * ENTRY_BYTES) === wanted; i++) {
    yield view.getUint16(i * ENTRY_BYTES + PREFIX_BYTES);
  }
}

function segmentOf(prefixes: readonly number[]): Uint8Array {
  const order = prefixes.map((_, index) => index).sort((a, b) => (prefixes[a] as number) - (prefixes[b] as number));
  const bytes = new Uint8Array(prefixes.length * ENTRY_BYTES);
  const view = viewOf(bytes);
  for (const [i, index] of order.entries()) {
    view.setUint32(i * ENTRY_BYTES, prefixes[index] as number);
    view.setUint16(i * ENTRY_BYTES + PREFIX_BYTES, index);
  }
  return bytes;
}

/** Stages what is kept of a run's blocks, as they are worked out. */
export class RunWriter {
  readonly #database: Database;
  readonly #id: string;
  readonly #chunk = new Uint8Array(HASH_BYTES * (1 + CHUNK_BLOCKS));
  #count = 0;
  #prefixes: number[] = [];

  constructor(database: Database, id: string) {
    this.#database = database;
    this.#id = id;
  }

  /**
   * The next blocks.
   * @param parentHash of the first. @param roots 32 bytes each, as `hashes`.
   * @returns how many they are.
   */
  add(parentHash: Uint8Array, roots: Uint8Array, hashes: Uint8Array): number {
    const view = viewOf(hashes);
    for (let at = 0; at < roots.length; at += HASH_BYTES) {
      const index = this.#count % CHUNK_BLOCKS;
      if (index === 0) this.#chunk.set(at === 0 ? parentHash : hashes.subarray(at - HASH_BYTES, at));
      this.#chunk.set(roots.subarray(at, at + HASH_BYTES), HASH_BYTES * (1 + index));
      this.#prefixes.push(view.getUint32(at));
      this.#count++;
      if (index === CHUNK_BLOCKS - 1) this.#putChunk(CHUNK_BLOCKS);
      if (this.#count % SEGMENT_BLOCKS === 0) this.#putSegment();
    }
    return roots.length / HASH_BYTES;
  }

  /** After the last one. */
  end(): void {
    const rest = this.#count % CHUNK_BLOCKS;
    if (rest > 0) this.#putChunk(rest);
    if (this.#prefixes.length > 0) this.#putSegment();
  }

  /** Takes back what was staged, also what was written of it since. */
  discard(): void {
    for (const [kind, size] of [
      ['runRoots', CHUNK_BLOCKS],
      ['runHashes', SEGMENT_BLOCKS],
    ] as const) {
      for (let piece = 0; (piece + 1) * size <= this.#count; piece++) {
        this.#database.delete(keyOf(kind, this.#id, chunkPart(piece)));
      }
    }
  }

  #putChunk(blocks: number): void {
    const key = keyOf('runRoots', this.#id, chunkPart(Math.floor((this.#count - 1) / CHUNK_BLOCKS)));
    this.#database.put(key, this.#chunk.slice(0, HASH_BYTES * (1 + blocks)));
  }

  #putSegment(): void {
    const key = keyOf('runHashes', this.#id, chunkPart(Math.floor((this.#count - 1) / SEGMENT_BLOCKS)));
    this.#database.put(key, segmentOf(this.#prefixes));
    this.#prefixes = [];
  }
}
