import type { Backend, Changes, KeyRange } from './backend.ts';
import { StorageError, storageError } from './faults.ts';
import { KIND } from './keys.ts';

/**
 * Which commits wait for the device (fsync). Every commit survives the end of the process, however it ends; one that has
 * waited survives the end of the machine as well. `always`: all of them; `block`: those with a block; `off`: none.
 */
export type Fsync = 'always' | 'block' | 'off';

/** Totals since the database was opened. */
export interface StorageStats {
  readonly reads: number;
  /** Reads that were answered without the backend. */
  readonly cacheHits: number;
  readonly commits: number;
  readonly commitMsTotal: number;
  readonly lastCommitMs: number;
  readonly failedCommits: number;
}

/** A commit that succeeded. `ms`: how long it took, milliseconds. */
export interface CommitRecord {
  readonly ms: number;
  /** Whether a block was among it. */
  readonly isBlock: boolean;
}

/** Values by key; what is not used for long is forgotten. */
export interface ValueCache {
  get(key: string): Uint8Array | undefined;
  set(key: string, value: Uint8Array): void;
  delete(key: string): void;
}

export interface DatabaseOptions {
  /** Folder of a database that outlives the process. */
  readonly path?: string | undefined;
  /** Default `block`. */
  readonly fsync?: Fsync | undefined;
  /** For trie nodes and code. Default none. */
  readonly cache?: ValueCache | undefined;
  /** Hash of the genesis that the folder's notes say is in the database. */
  readonly genesis?: string | undefined;
  readonly noteGenesis?: ((hash: string) => Promise<void>) | undefined;
  /** Notes what the process that holds the folder does with it. */
  readonly describeHolder?: ((what: string, url?: string) => Promise<void>) | undefined;
}

/** What is worth a place in the cache: read again and again, and never changed. */
const isCached = (key: string): boolean => key.startsWith(KIND.node) || key.startsWith(KIND.code);

/**
 * A backend with a stage before it: whoever is in the write lane puts what belongs together, reads see it at once, and
 * `commit` makes it one atomic write. What was put and not committed is gone after `discard`, or when a commit fails.
 */
export class Database {
  readonly path: string | undefined;
  /** Hash of the genesis that must be here, as it was noted outside of the database. */
  readonly genesis: string | undefined;
  readonly #noteGenesis: DatabaseOptions['noteGenesis'];
  readonly #backend: Backend;
  readonly #fsync: Fsync;
  readonly #cache: ValueCache | undefined;
  readonly #describeHolder: DatabaseOptions['describeHolder'];
  #staged = new Map<string, Uint8Array | null>();
  /** Being written; still to be read from here until it is. */
  #leaving: Changes | undefined;
  #writing: Promise<void> | undefined;
  readonly #onDiscard = new Set<() => void>();
  readonly #onCommitted = new Set<(commit: CommitRecord) => void>();
  readonly #stats = { reads: 0, cacheHits: 0, commits: 0, commitMsTotal: 0, lastCommitMs: 0, failedCommits: 0 };

  constructor(backend: Backend, options: DatabaseOptions = {}) {
    this.#backend = backend;
    this.#describeHolder = options.describeHolder;
    this.#fsync = options.fsync ?? 'block';
    this.#cache = options.cache;
    this.path = options.path;
    this.genesis = options.genesis;
    this.#noteGenesis = options.noteGenesis;
  }

  /** Whether the entries outlive the process. */
  get isPersistent(): boolean {
    return this.path !== undefined;
  }

  get hasStaged(): boolean {
    return this.#staged.size > 0;
  }

  /** @throws StorageError DATABASE_DAMAGED, DATABASE_BUSY (see `ready`), DATABASE_CLOSED. */
  get(key: string): Uint8Array | undefined {
    this.#stats.reads++;
    const pending = this.#staged.get(key) ?? (this.#staged.has(key) ? null : this.#leaving?.get(key));
    if (pending === undefined)
      return this.#cache !== undefined && isCached(key) ? this.#cached(key) : this.#backend.get(key);
    this.#stats.cacheHits++;
    return pending ?? undefined;
  }

  /** As `get`, for a walk over much of the database, which would push everything else out of the cache. */
  peek(key: string): Uint8Array | undefined {
    const pending = this.#staged.get(key) ?? (this.#staged.has(key) ? null : this.#leaving?.get(key));
    return pending === undefined ? this.#backend.get(key) : (pending ?? undefined);
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  put(key: string, value: Uint8Array): void {
    this.#staged.set(key, value);
  }

  delete(key: string): void {
    this.#staged.set(key, null);
  }

  /** Committed entries, in key order. */
  entries(range: KeyRange): AsyncIterable<readonly [key: string, value: Uint8Array]> {
    return this.#backend.entries(range);
  }

  /**
   * Writes all that was put since the last commit, or nothing of it. Done when it returns, where there is no device.
   * @param options.isBlock whether a block is among it (see {@link Fsync}).
   * @throws StorageError WRITE_FAILED; then it is as if nothing had been put.
   */
  commit(options: { readonly isBlock?: boolean } = {}): void | Promise<void> {
    // What was put meanwhile builds on what is being written: should that fail, this has nothing to stand on.
    if (this.#writing !== undefined) return this.#writing.then(() => this.commit(options));
    if (this.#staged.size === 0) return undefined;
    const leaving = this.#staged;
    this.#leaving = leaving;
    this.#staged = new Map();
    const began = performance.now();
    try {
      const writing = this.#backend.write(leaving, this.#waits(options.isBlock === true));
      if (writing === undefined) return this.#written(leaving, began, options.isBlock === true);
      this.#writing = writing.then(
        () => this.#written(leaving, began, options.isBlock === true),
        (error) => this.#lost(error),
      );
      return this.#writing;
    } catch (error) {
      return this.#lost(error);
    }
  }

  /** Forgets what was put and not committed. */
  discard(): void {
    this.#staged.clear();
    for (const listener of this.#onDiscard) listener();
  }

  /** Called when staged changes are gone, for caches that hold what they said. The database may be closed then, for a moment. */
  onDiscard(listener: () => void): void {
    this.#onDiscard.add(listener);
  }

  /** Called after each commit. */
  onCommitted(listener: (commit: CommitRecord) => void): void {
    this.#onCommitted.add(listener);
  }

  /** Why writes are refused now, until that ends by itself (a full disk). @example 'no space left on device' */
  refusal(): string | undefined {
    return this.#backend.refusal?.();
  }

  /** Tries to have writes accepted again; to be called where nothing else reads what it then writes. */
  async mend(): Promise<void> {
    await this.#backend.mend?.();
  }

  stats(): StorageStats {
    return { ...this.#stats };
  }

  /** What the entries occupy: on the disk, or in this process. */
  sizeBytes(): Promise<number> {
    return this.#backend.sizeBytes();
  }

  /** Gives back the space of what was deleted and overwritten. */
  compact(): Promise<void> {
    return this.#backend.compact();
  }

  /** While reads are not possible for a moment (after a failed write): settles when they are again. */
  ready(): Promise<void> | undefined {
    return this.#backend.ready();
  }

  /** Notes outside of the database which genesis it holds, so that its loss is noticed. */
  async noteGenesis(hash: string): Promise<void> {
    await this.#noteGenesis?.(hash);
  }

  /**
   * Tells others who find the folder in use what holds it, and where it answers JSON-RPC.
   * @example await database.describeHolder('minichain node on http://127.0.0.1:8545', 'http://127.0.0.1:8545')
   */
  async describeHolder(what: string, url?: string): Promise<void> {
    await this.#describeHolder?.(what, url);
  }

  async close(): Promise<void> {
    await this.#writing?.catch(() => {});
    await this.#backend.close();
  }

  #cached(key: string): Uint8Array | undefined {
    const cached = this.#cache?.get(key);
    if (cached !== undefined) {
      this.#stats.cacheHits++;
      return cached;
    }
    const value = this.#backend.get(key);
    if (value !== undefined) this.#cache?.set(key, value);
    return value;
  }

  #waits(isBlock: boolean): boolean {
    return this.#fsync === 'always' || (this.#fsync === 'block' && isBlock);
  }

  #written(changes: Changes, began: number, isBlock: boolean): void {
    this.#leaving = undefined;
    this.#writing = undefined;
    if (this.#cache !== undefined) this.#remember(changes, this.#cache);
    this.#stats.lastCommitMs = performance.now() - began;
    this.#stats.commitMsTotal += this.#stats.lastCommitMs;
    this.#stats.commits++;
    for (const listener of this.#onCommitted) listener({ ms: this.#stats.lastCommitMs, isBlock });
  }

  #remember(changes: Changes, cache: ValueCache): void {
    for (const [key, value] of changes) {
      if (!isCached(key)) continue;
      if (value === null) cache.delete(key);
      else cache.set(key, value);
    }
  }

  #lost(error: unknown): never {
    this.#leaving = undefined;
    this.#writing = undefined;
    this.#stats.failedCommits++;
    this.discard();
    if (error instanceof StorageError) throw error;
    throw storageError({ code: 'WRITE_FAILED', detail: (error as Error).message }, { cause: error });
  }
}
