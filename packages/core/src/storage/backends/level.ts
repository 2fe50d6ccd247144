import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Level } from 'level';
import type { Backend, Changes, KeyRange } from '../backend.ts';
import { storageError } from '../faults.ts';
import { KINDS, rangeOf } from '../keys.ts';
import { openFailure, readFailure, writeFailure } from './levelFaults.ts';
import { probeSpace } from './spaceProbe.ts';

type HexLevel = Level<string, Uint8Array>;

const MEBIBYTE = 1 << 20;
const TABLE_BYTES = 4 * MEBIBYTE;
/** What LevelDB takes of its open files for others than tables. */
const RESERVED_FILES = 10;
/** Between two attempts at opening it again. */
const RETRY_MS = 1000;
/** Compacted one after the other, so that a close does not wait for the whole. Nodes are most of all there is. */
const COMPACTIONS: readonly KeyRange[] = KINDS.flatMap((kind) => {
  const { from, to } = rangeOf(kind);
  if (kind !== 'node') return [{ from, to }];
  const bounds = [...'0123456789abcdef'].map((digit) => `${from}${digit}0`);
  return bounds.map((bound, index) => ({ from: bound, to: bounds[index + 1] ?? to }));
});

export interface LevelOptions {
  /** Memory for LevelDB as a whole. Default 32 MiB. */
  readonly cacheBytes?: number;
  /** Whether to make a database where there is none; otherwise that is damage. */
  readonly create?: boolean;
  /** What errors call the database by. Default its path. */
  readonly directory?: string;
  /** Who has the directory open, for the message when it is locked. */
  readonly holder?: () => Promise<string | undefined>;
  /** Makes the LevelDB of a path, not opened yet. Left out: the one of the package `level`. */
  readonly make?: (path: string) => HexLevel;
}

const clamp = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);

/**
 * Half of the memory holds blocks of tables that were read. An eighth is the write buffer, of which there may be two, and
 * which is read back from the log at the next start: it is kept small for that. The rest is for the indexes of open tables.
 * The system maps open tables as well, which counts as memory of the process although it can be taken back at any time: so
 * many may be open that this is at most twice the memory. Larger tables than LevelDB's 2 MiB, of which 10 GB would be 5,000.
 */
const levelOptions = (cacheBytes: number) => ({
  cacheSize: Math.floor(cacheBytes / 2),
  writeBufferSize: clamp(Math.floor(cacheBytes / 8), MEBIBYTE, 16 * MEBIBYTE),
  maxFileSize: TABLE_BYTES,
  maxOpenFiles: RESERVED_FILES + clamp(Math.floor((2 * cacheBytes) / TABLE_BYTES), 32, 1000),
  compression: true,
});

/** LevelDB answers with Buffers, whose `slice` does not copy. */
const plainBytes = ({ buffer, byteOffset, length }: Uint8Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, length);

const sameBytes = (a: Uint8Array | null, b: Uint8Array | undefined): boolean =>
  a === null || b === undefined ? a === null && b === undefined : Buffer.compare(a, b) === 0;

/**
 * LevelDB with what it lacks: after a write that failed it takes no more, and what of that write is in its log may come back
 * when it is opened again. So the next write (or the same, when there is space after all) first opens it again and undoes that.
 */
class LevelBackend implements Backend {
  readonly #path: string;
  readonly #level: HexLevel;
  readonly #directory: string;
  readonly #options: object;
  /** Before a failed write: what its keys held. To be written with the next. */
  readonly #undo = new Map<string, Uint8Array | null>();
  /** Of the last write that failed, until one succeeds. */
  #failure: unknown;
  #reopening: Promise<void> | undefined;
  #lastReopened = Number.NEGATIVE_INFINITY;
  #isClosed = false;

  constructor(path: string, level: HexLevel, directory: string, options: object) {
    this.#path = path;
    this.#level = level;
    this.#directory = directory;
    this.#options = options;
  }

  get(key: string): Uint8Array | undefined {
    try {
      const value = this.#level.getSync(key);
      return value === undefined ? undefined : plainBytes(value);
    } catch (error) {
      throw readFailure(this.#directory, error, !this.#isClosed);
    }
  }

  async write(changes: Changes, sync: boolean): Promise<void> {
    if (this.#isClosed) throw storageError({ code: 'DATABASE_CLOSED' });
    try {
      if (this.#failure !== undefined) await this.#heal();
      else if (await this.#tried(changes, sync)) return;
      await this.#batch(this.#withUndo(changes), sync);
    } catch (error) {
      this.#failed(changes, error);
      throw writeFailure(error);
    }
    this.#undo.clear();
    this.#failure = undefined;
  }

  async *entries({ from, to, reverse = false }: KeyRange) {
    try {
      for await (const [key, value] of this.#level.iterator({ gte: from, lt: to, reverse })) {
        yield [key, plainBytes(value)] as const;
      }
    } catch (error) {
      throw readFailure(this.#directory, error, !this.#isClosed);
    }
  }

  async sizeBytes(): Promise<number> {
    const names = await readdir(this.#path);
    // A compaction may take a file away meanwhile.
    const sizes = names.map((name) =>
      stat(join(this.#path, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    );
    return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  }

  async compact(): Promise<void> {
    for (const { from, to } of COMPACTIONS) {
      if (!this.#isClosed) await (this.#level as unknown as Compactable).compactRange(from, to);
    }
  }

  ready(): Promise<void> | undefined {
    return this.#reopening;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#level.close();
  }

  /** Whether it was written at once. When it was not and there is space after all, it is opened again. */
  async #tried(changes: Changes, sync: boolean): Promise<boolean> {
    try {
      await this.#batch(changes, sync);
      return true;
    } catch (error) {
      this.#failed(changes, error);
      await this.#heal();
      return false;
    }
  }

  async #batch(changes: Changes, sync: boolean): Promise<void> {
    const batch = Array.from(changes, ([key, value]) =>
      value === null ? ({ type: 'del', key } as const) : ({ type: 'put', key, value } as const),
    );
    await this.#level.batch(batch, { sync } as object);
  }

  /** Notes what is to be as it was. Reads do not see a write that failed, as long as the database stays open. */
  #failed(changes: Changes, error: unknown): void {
    this.#failure = error;
    for (const key of changes.keys()) {
      if (!this.#undo.has(key) && this.#level.status === 'open') this.#undo.set(key, this.get(key) ?? null);
    }
  }

  #withUndo(changes: Changes): Changes {
    const all = new Map<string, Uint8Array | null>();
    for (const [key, value] of this.#undo) if (!sameBytes(value, this.get(key))) all.set(key, value);
    for (const [key, value] of changes) all.set(key, value);
    return all;
  }

  /** Opens the database again, if that can succeed. @throws the reason why not. */
  async #heal(): Promise<void> {
    if (this.#reopening !== undefined || performance.now() - this.#lastReopened < RETRY_MS) throw this.#failure;
    await probeSpace(this.#path);
    this.#lastReopened = performance.now();
    const attempt = this.#reopen();
    this.#reopening = attempt
      .catch(() => this.#retry())
      .finally(() => {
        this.#reopening = undefined;
      });
    await attempt;
  }

  async #reopen(): Promise<void> {
    await this.#level.close();
    if (!this.#isClosed) await this.#level.open(this.#options);
  }

  /** Until it is open or closed for good: reads depend on it. */
  async #retry(): Promise<void> {
    while (!this.#isClosed && this.#level.status !== 'open') {
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS).unref());
      await this.#reopen().catch(() => {});
    }
  }
}

interface Compactable {
  compactRange(from: string, to: string): Promise<void>;
}

/**
 * LevelDB in a directory. Loaded when asked for: a chain in memory does not pay for it.
 * @throws StorageError DATABASE_LOCKED, DATABASE_DAMAGED, DATABASE_UNREADABLE.
 * @example await openLevel('/data/chain/db', { create: true })
 */
export async function openLevel(path: string, given: LevelOptions = {}): Promise<Backend> {
  const { cacheBytes = 32 * MEBIBYTE, create = false, directory = path, holder, make } = given;
  const level = (make ?? (await levelMaker()))(path);
  const options = levelOptions(cacheBytes);
  try {
    await level.open({ ...options, createIfMissing: create });
  } catch (error) {
    throw openFailure(directory, error, await holder?.());
  }
  return new LevelBackend(path, level, directory, { ...options, createIfMissing: false });
}

async function levelMaker(): Promise<(path: string) => HexLevel> {
  const { Level } = await import('level');
  return (path) => new Level(path, { keyEncoding: 'hex', valueEncoding: 'view' });
}
