export interface SlotChange {
  /** 32 bytes. */
  readonly key: Uint8Array;
  /** Big endian in its shortest form: none for zero. */
  readonly value: Uint8Array;
}

export interface AccountChange {
  /** 20 bytes. */
  readonly address: Uint8Array;
  /** As it is now; undefined when it is gone. */
  readonly account: { readonly nonce: bigint; readonly balance: bigint; readonly codeHash: Uint8Array } | undefined;
  /** Nothing of the storage that was there is left; `slots` are those of the new one. */
  readonly isStorageCleared: boolean;
  readonly slots: readonly SlotChange[];
}

/** What was changed in a state, as it is now: some of it may be what it was before. */
export interface StateChanges {
  readonly accounts: readonly AccountChange[];
  readonly codes: readonly { readonly hash: Uint8Array; readonly code: Uint8Array }[];
}
