import type { Data, Hex, Quantity } from '../hex.ts';
import type { RpcWithdrawal } from './block.ts';
import type { RpcAccessListEntry } from './transaction.ts';
import type { NumberLike, RpcAddress, RpcHash } from './values.ts';

/** An account as the trie holds it. */
export interface RpcAccount {
  readonly nonce: Quantity;
  readonly balance: Quantity;
  readonly codeHash: RpcHash;
  readonly storageRoot: RpcHash;
}

export interface RpcAccountInfo {
  readonly balance: Quantity;
  readonly nonce: Quantity;
  readonly code: Data;
}

/** EIP-1186. */
export interface RpcProof {
  readonly address: RpcAddress;
  readonly accountProof: readonly Data[];
  readonly balance: Quantity;
  readonly codeHash: RpcHash;
  readonly nonce: Quantity;
  readonly storageHash: RpcHash;
  readonly storageProof: readonly {
    /** As it was asked for: 32 bytes, or a quantity when it was shorter. */
    readonly key: Hex;
    readonly value: Quantity;
    readonly proof: readonly Data[];
  }[];
}

/** geth's override of one account during a call. */
export interface RpcAccountOverride {
  readonly nonce?: NumberLike | null;
  readonly balance?: NumberLike | null;
  readonly code?: Data | null;
  /** Replaces the whole storage: slot → 32 bytes. */
  readonly state?: Readonly<Record<string, RpcHash>> | null;
  /** Changes single slots. */
  readonly stateDiff?: Readonly<Record<string, RpcHash>> | null;
  readonly movePrecompileToAddress?: RpcAddress | null;
}

/** Address → override. */
export type RpcStateOverrides = Readonly<Record<string, RpcAccountOverride>>;

/** geth's override of a block's environment during a call; older names of the same fields are taken too. */
export interface RpcBlockOverrides {
  readonly number?: NumberLike | null;
  readonly time?: NumberLike | null;
  readonly timestamp?: NumberLike | null;
  readonly gasLimit?: NumberLike | null;
  readonly coinbase?: RpcAddress | null;
  readonly feeRecipient?: RpcAddress | null;
  readonly random?: RpcHash | null;
  readonly prevRandao?: RpcHash | null;
  readonly baseFee?: NumberLike | null;
  readonly baseFeePerGas?: NumberLike | null;
  readonly blobBaseFee?: NumberLike | null;
  readonly difficulty?: NumberLike | null;
  readonly beaconRoot?: RpcHash | null;
  readonly withdrawals?: readonly RpcWithdrawal[] | null;
  /** Block number → hash. */
  readonly blockHash?: Readonly<Record<string, RpcHash>> | null;
}

/** What `eth_createAccessList` found; `error` when the call failed. */
export interface RpcAccessListResult {
  readonly accessList: readonly RpcAccessListEntry[];
  readonly error?: string;
  readonly gasUsed: Quantity;
}
