import type { Backend, Changes, KeyRange } from './backend.ts';

/** When a commit waits for the device. */
export type Fsync = 'always' | 'block' | 'off';

/** What survives when: `always` and `block` wait for the device with every commit, `off` leaves it to the system. */
export interface DatabaseOptions {
  /** Whether a commit waits for the device (fsync). Default false: survives the end of the process, not of the power. */
  readonly sync?: boolean;
}

/**
 * A backend with a stage before it: whoever is in the write lane puts what belongs together, reads see it at once, and
 * `commit` makes it one atomic write. What was put and not committed is gone after `discard`, or when a commit fails.
 */
export interface StorageStats {
  readonly reads: number;
  readonly cacheHits: number;
  readonly commits: number;
  readonly commitMsTotal: number;
  readonly lastCommitMs: number;
  readonly failedCommits: number;
}

export class Database {
  readonly #backend: Backend;
  readonly #path: string | undefined;
  readonly #sync: boolean;
  #staged = new Map<string, Uint8Array | null>();
  /** Being written; still to be read from here until it is. */
  #leaving: Changes | undefined;
  readonly #onDiscard = new Set<() => void>();

  constructor(backend: Backend, { sync = false, path }: DatabaseOptions & { path?: string | undefined } = {}) {
    this.#path = path;
    this.#backend = backend;
    this.#sync = sync;
  }

  get path(): string | undefined {
    return this.#path;
  }

  get isPersistent(): boolean {
    return this.#path !== undefined;
  }

  stats(): StorageStats {
    return { reads: 0, cacheHits: 0, commits: 0, commitMsTotal: 0, lastCommitMs: 0, failedCommits: 0 };
  }

  async sizeBytes(): Promise<number> {
    return 0;
  }

  ready(): Promise<void> | undefined {
    return undefined;
  }

  get hasStaged(): boolean {
    return this.#staged.size > 0;
  }

  get(key: string): Uint8Array | undefined {
    const staged = this.#staged.get(key);
    if (staged !== undefined) return staged ?? undefined;
    const leaving = this.#leaving?.get(key);
    if (leaving !== undefined) return leaving ?? undefined;
    return this.#backend.get(key);
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
   * Writes all that was put since the last commit, or nothing of it.
   * @throws StorageError WRITE_FAILED; then it is as if nothing had been put.
   */
  async commit(_options: { readonly isBlock?: boolean } = {}): Promise<void> {
    if (this.#staged.size === 0) return;
    const leaving = this.#staged;
    this.#leaving = leaving;
    this.#staged = new Map();
    try {
      await this.#backend.write(leaving, this.#sync);
    } catch (error) {
      this.#leaving = undefined;
      this.discard();
      throw error;
    }
    this.#leaving = undefined;
  }

  /** Forgets what was put and not committed. */
  discard(): void {
    this.#staged.clear();
    for (const listener of this.#onDiscard) listener();
  }

  /** Called when staged changes are gone, for caches that hold what they said. */
  onDiscard(listener: () => void): void {
    this.#onDiscard.add(listener);
  }

  close(): Promise<void> {
    return this.#backend.close();
  }
}

export async function openDatabase(
  options: { readonly path?: string; readonly fsync?: Fsync; readonly cacheBytes?: number } = {},
): Promise<Database> {
  if (options.path !== undefined) {
    const { openLevel } = await import('./backends/level.ts');
    return new Database(await openLevel(options.path, () => undefined), { path: options.path });
  }
  const { openMemory } = await import('./backends/memory.ts');
  return new Database(openMemory());
}
