import type { Data, Quantity } from '../hex.ts';
import type { NumberLike, RpcAddress, RpcHash } from './values.ts';

/** EIP-2930. */
export interface RpcAccessListEntry {
  readonly address: RpcAddress;
  readonly storageKeys: readonly RpcHash[];
}

/** EIP-7702, signed. */
export interface RpcAuthorization {
  readonly chainId: Quantity;
  readonly address: RpcAddress;
  readonly nonce: Quantity;
  readonly yParity: Quantity;
  readonly r: Quantity;
  readonly s: Quantity;
}

/** A transaction, mined or waiting. Prices in wei per gas. */
export interface RpcTransaction {
  readonly type: Quantity;
  readonly hash: RpcHash;
  readonly nonce: Quantity;
  readonly blockHash: RpcHash | null;
  readonly blockNumber: Quantity | null;
  readonly blockTimestamp: Quantity | null;
  readonly transactionIndex: Quantity | null;
  readonly from: RpcAddress;
  readonly to: RpcAddress | null;
  readonly value: Quantity;
  readonly gas: Quantity;
  readonly input: Data;
  readonly chainId?: Quantity;
  readonly gasPrice: Quantity;
  readonly maxFeePerGas?: Quantity;
  readonly maxPriorityFeePerGas?: Quantity;
  readonly accessList?: readonly RpcAccessListEntry[];
  readonly maxFeePerBlobGas?: Quantity;
  readonly blobVersionedHashes?: readonly RpcHash[];
  readonly authorizationList?: readonly RpcAuthorization[];
  readonly v: Quantity;
  readonly r: Quantity;
  readonly s: Quantity;
  readonly yParity?: Quantity;
}

/** A call or an unsigned transaction. `data` and `input` are the same thing; null means left out. */
export interface RpcTransactionRequest {
  readonly from?: RpcAddress | null;
  readonly to?: RpcAddress | null;
  readonly gas?: NumberLike | null;
  /** What some clients call `gas`. */
  readonly gasLimit?: NumberLike | null;
  readonly gasPrice?: NumberLike | null;
  readonly maxFeePerGas?: NumberLike | null;
  readonly maxPriorityFeePerGas?: NumberLike | null;
  readonly maxFeePerBlobGas?: NumberLike | null;
  readonly value?: NumberLike | null;
  readonly nonce?: NumberLike | null;
  readonly data?: Data | null;
  readonly input?: Data | null;
  readonly type?: NumberLike | null;
  readonly chainId?: NumberLike | null;
  readonly accessList?: readonly RpcAccessListEntry[] | null;
  readonly authorizationList?: readonly RpcSignedAuthorization[] | null;
  readonly blobVersionedHashes?: readonly RpcHash[] | null;
  readonly blobs?: readonly Data[] | null;
  readonly commitments?: readonly Data[] | null;
  readonly proofs?: readonly Data[] | null;
  /** EIP-7594's, as Foundry names them. */
  readonly cellProofs?: readonly Data[] | null;
}

/** An authorization as wallets send it: numbers in any form, `v` in place of `yParity`. */
export interface RpcSignedAuthorization {
  readonly chainId: NumberLike;
  readonly address: RpcAddress;
  readonly nonce: NumberLike;
  readonly yParity?: NumberLike;
  readonly v?: NumberLike;
  readonly r: NumberLike;
  readonly s: NumberLike;
}

/** A transaction with its EIP-2718 bytes; empty signature fields when it is not signed. */
export interface RpcRawTransaction {
  readonly raw: Data;
  readonly tx: RpcTransaction;
}

/** Waiting transactions: sender → nonce (decimal) → what is shown of it. */
export type RpcBySender<T> = Readonly<Record<string, Readonly<Record<string, T>>>>;

/** The pool: `pending` can be mined now, `queued` waits for a nonce. */
export interface RpcPool<T> {
  readonly pending: T;
  readonly queued: T;
}

/** A field of what `eth_signTypedData` signed before EIP-712. */
export interface RpcTypedField {
  readonly type: string;
  readonly name: string;
  readonly value: unknown;
}

/** EIP-712 typed data, as an object. */
export interface RpcTypedData {
  readonly types: Readonly<Record<string, readonly { readonly name: string; readonly type: string }[]>>;
  readonly primaryType: string;
  readonly domain: Readonly<Record<string, unknown>>;
  readonly message: Readonly<Record<string, unknown>>;
}

/** What must be true of the head for a transaction to be taken in. */
export interface RpcSendConditions {
  readonly blockNumberMin?: NumberLike | null;
  readonly blockNumberMax?: NumberLike | null;
  /** Seconds. */
  readonly timestampMin?: NumberLike | null;
  readonly timestampMax?: NumberLike | null;
  /** Of each account the root of its storage, or the values of single slots. */
  readonly knownAccounts?: Readonly<Record<RpcAddress, RpcHash | Readonly<Record<RpcHash, RpcHash>>>> | null;
}
