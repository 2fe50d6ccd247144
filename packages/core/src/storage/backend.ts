/** What a batch does to a key: new bytes, or null to take it away. */
export type Changes = ReadonlyMap<string, Uint8Array | null>;

export interface KeyRange {
  /** Inclusive. */
  readonly from: string;
  /** Exclusive. */
  readonly to: string;
  readonly reverse?: boolean;
}

/**
 * Where bytes are kept. Keys are unprefixed hex and ordered as such; values are not changed by anybody once handed over.
 * `database.suite.ts` holds every backend to the same behaviour.
 */
export interface Backend {
  /**
   * @returns undefined when there is no such key.
   * @throws StorageError DATABASE_DAMAGED, DATABASE_BUSY (see `ready`), DATABASE_CLOSED.
   */
  get(key: string): Uint8Array | undefined;
  /**
   * Writes all or nothing. A backend that has nothing to wait for is done when it returns.
   * @param sync waits until the device has it (fsync), not only the operating system.
   * @throws StorageError WRITE_FAILED, DATABASE_CLOSED.
   */
  write(changes: Changes, sync: boolean): void | Promise<void>;
  /** In key order. Sees what was there when it began. */
  entries(range: KeyRange): AsyncIterable<readonly [key: string, value: Uint8Array]>;
  /** What the entries occupy: on the disk, or in this process. */
  sizeBytes(): Promise<number>;
  /** Gives back the space of what was deleted and overwritten. */
  compact(): Promise<void>;
  /** While reads are not possible for a moment: settles when they are again. */
  ready(): Promise<void> | undefined;
  /** Why writes are refused now (a full disk), until a write or {@link mend} succeeds. */
  refusal?(): string | undefined;
  /** Tries to have writes accepted again. Reads may not be possible meanwhile (see `ready`). Does not throw. */
  mend?(): Promise<void>;
  close(): Promise<void>;
}
