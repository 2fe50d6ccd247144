import type { Data, Quantity } from '../hex.ts';
import type { RpcBlock } from './block.ts';
import type { RpcTransaction, RpcTransactionRequest } from './transaction.ts';
import type { NumberLike, RpcHash } from './values.ts';

/** Ganache's form of `evm_mine`. */
export interface RpcMineOptions {
  /** Of the first block, seconds. */
  readonly timestamp?: NumberLike | null;
  readonly blocks?: NumberLike | null;
}

/** A block of `evm_mine_detailed`. */
export interface RpcMinedBlock extends RpcBlock {
  readonly transactions: readonly (RpcTransaction & {
    /** What it returned, or reverted with. */
    readonly output: Data;
    /** Why it failed, as the node's errors word it. */
    readonly revertReason?: string;
  })[];
}

/** A transaction of a new branch, to be signed or raw, and its block there, counted from 0. */
export type RpcReorgTransaction = readonly [transaction: RpcTransactionRequest | Data, block: NumberLike];

/** Hardhat's and Anvil's argument of a reset; this node can only go back to its own genesis. */
export interface RpcResetOptions {
  readonly forking?: { readonly jsonRpcUrl?: string | null; readonly blockNumber?: NumberLike | null } | null;
}

/** `hardhat_metadata`: numbers, not hex. */
export interface RpcMetadata {
  readonly clientVersion: string;
  readonly chainId: number;
  /** Changes with every reset; 32 bytes. */
  readonly instanceId: RpcHash;
  readonly latestBlockNumber: number;
  readonly latestBlockHash: RpcHash;
}

/** `anvil_metadata`. */
export interface RpcAnvilMetadata extends RpcMetadata {
  readonly clientSemver: string;
  readonly clientCommitSha: null;
  readonly forkedNetwork: null;
  /** Snapshot id → height and hash that it goes back to. */
  readonly snapshots: Readonly<Record<string, readonly [number, RpcHash]>>;
}

/** `anvil_nodeInfo`. */
export interface RpcNodeInfo {
  readonly currentBlockNumber: Quantity;
  readonly currentBlockTimestamp: number;
  readonly currentBlockHash: RpcHash;
  readonly hardFork: string;
  readonly transactionOrder: 'fees' | 'fifo';
  readonly environment: {
    readonly baseFee: Quantity;
    readonly chainId: number;
    readonly gasLimit: Quantity;
    readonly gasPrice: Quantity;
  };
  readonly forkConfig: { readonly forkUrl: null; readonly forkBlockNumber: null; readonly forkRetryBackoff: null };
}
