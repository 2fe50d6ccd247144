import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Level } from 'level';
import type { Backend, Changes, KeyRange } from '../backend.ts';
import { storageError } from '../faults.ts';
import { KINDS, rangeOf } from '../keys.ts';
import { COMMITS, commitBytes, isUpTo } from './commitNumber.ts';
import { failureText, isOutOfSpace, openFailure, readFailure, writeFailure } from './levelFaults.ts';
import { levelOptions } from './levelOptions.ts';
import { RESERVE, Reserve } from './reserve.ts';
import { probeSpace, requireRoom } from './spaceProbe.ts';

type HexLevel = Level<string, Uint8Array>;
type Operation =
  | { readonly type: 'put'; readonly key: string; readonly value: Uint8Array }
  | { readonly type: 'del'; readonly key: string };

interface LevelParts {
  /** What errors call the database by. */
  readonly directory: string;
  /** With which it is opened again. */
  readonly options: object;
  readonly reserve: Reserve;
}

const MEBIBYTE = 1 << 20;
/** Between two attempts at opening it again. */
const RETRY_MS = 1000;
/** What a change takes in a log besides key and value, at most. */
const ENTRY_BYTES = 16;
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

/** LevelDB answers with Buffers, whose `slice` does not copy. */
const plainBytes = ({ buffer, byteOffset, length }: Uint8Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, length);

/**
 * LevelDB with what it lacks: after a write that failed it takes no more, and what of that write is in its log may come back
 * when it is opened again. So every batch begins with its number, and what a failed one has left is cut from the log before
 * anybody hears that it was refused; then the database is opened again, once there is space for that.
 */
class LevelBackend implements Backend {
  readonly #path: string;
  readonly #level: HexLevel;
  readonly #directory: string;
  readonly #options: object;
  readonly #reserve: Reserve;
  /** Number of the last write that succeeded since it was opened, which began a new log. */
  #commits = 0;
  /** Why nothing can be written now. */
  #failure: unknown;
  /** Whether LevelDB itself has failed. Otherwise only the reserve is missing. */
  #isBroken = false;
  #healing: Promise<void> | undefined;
  #reopening: Promise<void> | undefined;
  #lastReopened = Number.NEGATIVE_INFINITY;
  #isClosed = false;

  constructor(path: string, level: HexLevel, { directory, options, reserve }: LevelParts) {
    this.#path = path;
    this.#level = level;
    this.#directory = directory;
    this.#options = options;
    this.#reserve = reserve;
  }

  /** Keeps space for the next start; until there is some nothing can be written. */
  async reserveSpace(): Promise<void> {
    try {
      await this.#reserve.fill();
      await requireRoom(this.#path);
    } catch (error) {
      this.#failure = error;
    }
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
      await this.#batch(changes, sync);
    } catch (error) {
      throw writeFailure(error);
    }
  }

  async *entries({ from, to, reverse = false }: KeyRange) {
    try {
      for await (const [key, value] of this.#level.iterator({ gte: from, lt: to, reverse })) {
        if (key !== COMMITS) yield [key, plainBytes(value)] as const;
      }
    } catch (error) {
      throw readFailure(this.#directory, error, !this.#isClosed);
    }
  }

  async sizeBytes(): Promise<number> {
    const names = (await readdir(this.#path)).filter((name) => name !== RESERVE);
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
      // It would write to the log that was cut.
      if (this.#failure !== undefined) throw writeFailure(this.#failure);
      if (!this.#isClosed) await (this.#level as unknown as Compactable).compactRange(from, to);
    }
  }

  ready(): Promise<void> | undefined {
    return this.#reopening;
  }

  refusal(): string | undefined {
    return this.#failure === undefined ? undefined : failureText(this.#failure);
  }

  async mend(): Promise<void> {
    if (this.#failure !== undefined && !this.#isClosed) await this.#heal().catch(() => {});
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#level.close();
    // What LevelDB still had of a refused write it has written now.
    if (this.#isBroken) await this.#reserve.applyNote();
  }

  /** Whether it was written at once. When it was not and there is space after all, it is opened again. */
  async #tried(changes: Changes, sync: boolean): Promise<boolean> {
    try {
      await this.#batch(changes, sync);
      return true;
    } catch {
      await this.#heal();
      return false;
    }
  }

  /** Writes a batch with its number first. When that fails nothing of it is left. */
  async #batch(changes: Changes, sync: boolean): Promise<void> {
    const value = commitBytes(this.#commits + 1);
    let bytes = 0;
    const batch = [{ type: 'put', key: COMMITS, value } as Operation];
    for (const [key, value] of changes) {
      batch.push(value === null ? { type: 'del', key } : { type: 'put', key, value });
      bytes += ENTRY_BYTES + key.length / 2 + (value?.length ?? 0);
    }
    try {
      await this.#level.batch(batch, { sync } as object);
    } catch (error) {
      this.#isBroken = true;
      this.#failure = error;
      await this.#takeBack();
      throw error;
    }
    this.#commits++;
    await this.#reserve.follow(bytes);
  }

  #takeBack(): Promise<void> {
    return this.#reserve.takeBack(isUpTo(this.#commits));
  }

  /** Opens it again, if that can succeed, at most once a second. @throws the reason why not. */
  async #heal(): Promise<void> {
    if (this.#healing === undefined && performance.now() - this.#lastReopened < RETRY_MS) throw this.#failure;
    this.#healing ??= this.#mend().finally(() => {
      this.#healing = undefined;
    });
    await this.#healing;
  }

  async #mend(): Promise<void> {
    if (this.#isBroken) {
      await probeSpace(this.#path);
      await this.#takeBack();
      this.#lastReopened = performance.now();
      const attempt = this.#reopen();
      this.#reopening = attempt
        .catch(() => this.#retry())
        .finally(() => {
          this.#reopening = undefined;
        });
      await attempt;
    }
    await this.#reserve.fill();
    await requireRoom(this.#path);
    this.#failure = undefined;
  }

  async #reopen(): Promise<void> {
    await this.#level.close();
    await this.#reserve.applyNote();
    if (this.#isClosed) return;
    await openOrMakeRoom(this.#level, this.#options, this.#reserve);
    this.#isBroken = false;
    await this.#reserve.forgetNote();
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
  const maker = make ?? (await levelMaker());
  const options = levelOptions(cacheBytes);
  const reserve = new Reserve(path);
  let level: HexLevel;
  try {
    await reserve.applyNote();
    // It opens itself, with other options, unless that is done at once.
    level = maker(path);
    await openOrMakeRoom(level, { ...options, createIfMissing: create }, reserve);
  } catch (error) {
    throw openFailure(directory, error, await holder?.());
  }
  await reserve.forgetNote();
  const backend = new LevelBackend(path, level, {
    ...{ directory, reserve },
    options: { ...options, createIfMissing: false },
  });
  await backend.reserveSpace();
  return backend;
}

/** On a full disk the reserve gives what opening takes. */
async function openOrMakeRoom(level: HexLevel, options: object, reserve: Reserve): Promise<void> {
  try {
    await level.open(options);
  } catch (error) {
    if (!isOutOfSpace(error)) throw error;
    await reserve.release();
    try {
      await level.open(options);
    } catch (second) {
      await reserve.fill().catch(() => {});
      throw second;
    }
  }
}

async function levelMaker(): Promise<(path: string) => HexLevel> {
  const { Level } = await import('level');
  return (path) => new Level(path, { keyEncoding: 'hex', valueEncoding: 'view' });
}
