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
  /** @returns undefined when there is no such key. */
  get(key: string): Uint8Array | undefined;
  /**
   * Writes all or nothing. @param sync waits until the device has it (fsync), not only the operating system.
   * @throws StorageError WRITE_FAILED, DATABASE_CLOSED.
   */
  write(changes: Changes, sync: boolean): Promise<void>;
  /** In key order. Sees what was there when it began. */
  entries(range: KeyRange): AsyncIterable<readonly [key: string, value: Uint8Array]>;
  close(): Promise<void>;
}
