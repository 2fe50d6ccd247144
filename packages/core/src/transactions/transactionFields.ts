import type { Address } from '@ethereumjs/util';

/** An authorisation of EIP-7702 as a transaction carries it: chain id, address, nonce, parity, r, s. */
export type AuthorizationFields = readonly Uint8Array[];

/**
 * The fields of a transaction of any type, as EthereumJS names them: its transactions are such, and so is a call that is
 * nobody's transaction. Prices in wei per gas.
 */
export interface TransactionFields {
  /** EIP-2718 type, 0–4. */
  readonly type: number;
  readonly nonce: bigint;
  readonly gasLimit: bigint;
  readonly value: bigint;
  readonly data: Uint8Array;
  /** Absent: contract creation. */
  readonly to?: Address | undefined;
  readonly gasPrice?: bigint;
  readonly maxFeePerGas?: bigint;
  readonly maxPriorityFeePerGas?: bigint;
  readonly maxFeePerBlobGas?: bigint;
  readonly accessList?: readonly (readonly [address: Uint8Array, keys: readonly Uint8Array[]])[];
  readonly authorizationList?: readonly AuthorizationFields[];
  readonly blobVersionedHashes?: readonly string[];
}
