import type { Address } from '@ethereumjs/util';

/** An account's four trie fields; all-zero values with the empty hashes when it does not exist. */
export interface AccountInfo {
  readonly exists: boolean;
  readonly nonce: bigint;
  /** In wei. */
  readonly balance: bigint;
  readonly codeHash: Uint8Array;
  readonly storageRoot: Uint8Array;
}

export interface StorageProofEntry {
  /** 32 bytes, unhashed slot. */
  readonly slot: Uint8Array;
  readonly value: bigint;
  /** RLP nodes from the storage root down. */
  readonly proof: readonly Uint8Array[];
}

/** EIP-1186. */
export interface AccountProof extends AccountInfo {
  readonly accountProof: readonly Uint8Array[];
  readonly storageProof: readonly StorageProofEntry[];
}

/** Immutable reads at one state root; never waits for writes. */
export interface StateView {
  readonly root: Uint8Array;
  account(address: Address): Promise<AccountInfo>;
  balance(address: Address): Promise<bigint>;
  nonce(address: Address): Promise<bigint>;
  code(address: Address): Promise<Uint8Array>;
  /** @param slot 32 bytes. @returns 32 bytes, left-padded. */
  storage(address: Address, slot: Uint8Array): Promise<Uint8Array>;
  proof(address: Address, slots: readonly Uint8Array[]): Promise<AccountProof>;
}
