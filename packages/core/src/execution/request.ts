import type { Address, PrefixedHexString } from '@ethereumjs/util';

export interface AccessListEntry {
  readonly address: Uint8Array;
  /** 32 bytes each. */
  readonly storageKeys: readonly Uint8Array[];
}

/** EIP-7702 authorisation, signed. */
export interface Authorization {
  readonly chainId: bigint;
  readonly address: Address;
  readonly nonce: bigint;
  readonly yParity: number;
  readonly r: bigint;
  readonly s: bigint;
}

/** A call or an unsigned transaction as the RPC hands it over: decoded, nothing filled in. Prices in wei per gas. */
export interface CallRequest {
  readonly from?: Address;
  /** Absent or null: contract creation. */
  readonly to?: Address | null;
  readonly gasLimit?: bigint;
  readonly gasPrice?: bigint;
  readonly maxFeePerGas?: bigint;
  readonly maxPriorityFeePerGas?: bigint;
  readonly maxFeePerBlobGas?: bigint;
  readonly value?: bigint;
  readonly nonce?: bigint;
  readonly data?: Uint8Array;
  readonly type?: number;
  readonly chainId?: bigint;
  readonly accessList?: readonly AccessListEntry[];
  readonly authorizationList?: readonly Authorization[];
  readonly blobVersionedHashes?: readonly Uint8Array[];
  /** Full blobs with commitments and proofs; commitments and proofs are computed when absent. */
  readonly blobs?: readonly Uint8Array[];
  readonly kzgCommitments?: readonly Uint8Array[];
  readonly kzgProofs?: readonly Uint8Array[];
}

/** geth's state override set, one account. */
export interface AccountOverride {
  readonly nonce?: bigint;
  readonly balance?: bigint;
  readonly code?: Uint8Array;
  /** Replaces the whole storage. Slot → value, both 32-byte hex. */
  readonly state?: ReadonlyMap<PrefixedHexString, Uint8Array>;
  /** Changes single slots. */
  readonly stateDiff?: ReadonlyMap<PrefixedHexString, Uint8Array>;
  readonly movePrecompileTo?: Address;
}

/** Address (lower-case hex) → override. */
export type StateOverrides = ReadonlyMap<PrefixedHexString, AccountOverride>;

/** geth's block override set; also `blockOverrides` of `eth_simulateV1`. */
export interface BlockOverrides {
  readonly number?: bigint;
  /** Seconds. */
  readonly timestamp?: bigint;
  readonly gasLimit?: bigint;
  readonly coinbase?: Address;
  readonly prevRandao?: Uint8Array;
  readonly baseFeePerGas?: bigint;
  readonly blobBaseFee?: bigint;
  readonly parentBeaconBlockRoot?: Uint8Array;
  readonly difficulty?: bigint;
  readonly withdrawals?: readonly WithdrawalInput[];
  /** Block number → hash seen by BLOCKHASH. */
  readonly blockHashes?: ReadonlyMap<bigint, Uint8Array>;
}

/** EIP-4895; amount in gwei. */
export interface WithdrawalInput {
  readonly index: bigint;
  readonly validatorIndex: bigint;
  readonly address: Address;
  readonly amount: bigint;
}

export interface Overrides {
  readonly state?: StateOverrides;
  readonly block?: BlockOverrides;
}
