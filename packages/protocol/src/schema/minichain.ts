import type { Data, Quantity } from '../hex.ts';
import type { RpcWithdrawal } from './block.ts';
import type { NumberLike, RpcAddress, RpcHash } from './values.ts';

/** Why an accepted transaction is no longer waiting although it was not mined. */
export interface RpcDropReason {
  readonly reason: 'replaced' | 'removed' | 'invalid' | 'evicted' | 'reverted-snapshot' | 'unwritten';
  readonly detail: string;
}

/** What a node says of itself. Plain numbers, units in the names. */
export interface RpcStatus {
  readonly version: string;
  readonly uptimeSeconds: number;
  readonly chainId: number;
  readonly head: {
    readonly number: number;
    readonly hash: RpcHash;
    /** Seconds, by the chain's clock. */
    readonly timestamp: number;
    /** Since it became the head, by the machine's clock. */
    readonly ageSeconds: number;
  };
  readonly mining: {
    readonly mode: 'instant' | 'interval' | 'mixed' | 'manual';
    readonly intervalSeconds: number | null;
  };
  readonly pool: { readonly ready: number; readonly queued: number };
  /** A development chain has none. */
  readonly peers: readonly never[];
  readonly memory: { readonly residentBytes: number; readonly heapUsedBytes: number; readonly heapTotalBytes: number };
  /** Over the last seconds; measured from the first question on. */
  readonly eventLoopLag: { readonly meanMs: number; readonly maxMs: number };
  readonly storage: {
    readonly kind: 'memory' | 'disk';
    readonly path: string | null;
    /** Null where it is not known. */
    readonly sizeBytes: number | null;
  };
  readonly snapshots: number;
  readonly subscriptions: number;
  readonly filters: number;
  /** Bytes, milliseconds or counts, by name. */
  readonly limits: Readonly<Record<string, number>>;
}

/** A named state of the node, with the block that was its head. */
export interface RpcCheckpoint {
  readonly name: string;
  readonly number: Quantity;
  readonly hash: RpcHash;
}

/** What something was, and what it is. */
export interface RpcChange<T> {
  readonly from: T;
  readonly to: T;
}

/** An account that two states do not share; only what differs is there. One that a state lacks is empty in it. */
export interface RpcAccountDifference {
  readonly address: RpcAddress;
  readonly balance?: RpcChange<Quantity>;
  readonly nonce?: RpcChange<Quantity>;
  readonly code?: RpcChange<Data>;
  /** By slot, 32 bytes each. */
  readonly storage?: Readonly<Record<string, RpcChange<Data>>>;
}

/** Two moments, and what changed from one to the other. */
export interface RpcCheckpointDifference {
  readonly from: RpcCheckpoint;
  /** The name is null where it is compared with how the node is now. */
  readonly to: Omit<RpcCheckpoint, 'name'> & { readonly name: string | null };
  /** In order of address. */
  readonly accounts: readonly RpcAccountDifference[];
}

/** What stays when a chain is pruned, in blocks before the head; left out: as the node was started. */
export interface RpcPruneLimits {
  /** Older states go; blocks and receipts stay. */
  readonly states?: NumberLike;
  /** Older blocks go, with their receipts, indexes and states. */
  readonly historyBlocks?: NumberLike;
}

/** A geth genesis: with `geth init` or `--init` another chain begins with its state. */
export interface RpcGenesis {
  readonly config: Readonly<Record<string, unknown>>;
  readonly alloc: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

/** What the database takes, on disk or in memory. */
export interface RpcSpaceReport {
  readonly bytesBefore: number;
  readonly bytesAfter: number;
}

/** What was taken away. */
export interface RpcPruneReport extends RpcSpaceReport {
  readonly blocks: number;
  /** That were off the chain. */
  readonly branchBlocks: number;
  /** Trie nodes and contract code. */
  readonly nodes: number;
}

export interface RpcImportReport {
  /** Blocks that were executed. */
  readonly imported: number;
  /** Blocks that were there already. */
  readonly known: number;
  readonly head: { readonly number: number; readonly hash: RpcHash };
}

/** The `minichain` namespace: what no other node answers. */
export interface MinichainSchema {
  /** Saves everything that a snapshot keeps, under a name; it stays until it is removed. Replaces one of that name. */
  minichain_saveCheckpoint: { params: [name: string]; result: true };
  /** False for a name that nobody saved. The checkpoint stays, and so do all others. */
  minichain_restoreCheckpoint: { params: [name: string]; result: boolean };
  /** Whether it was there. */
  minichain_removeCheckpoint: { params: [name: string]; result: boolean };
  minichain_listCheckpoints: { params: []; result: readonly RpcCheckpoint[] };
  /** Accounts, slots and code that differ between two checkpoints; without the second between the first and now. */
  minichain_diffCheckpoints: { params: [from: string, to?: string | null]; result: RpcCheckpointDifference };
  /** Null for one that waits, was mined, or was never heard of. */
  minichain_getDropReason: { params: [transactionHash: RpcHash]; result: RpcDropReason | null };
  /** The head as a geth genesis: its state, the rules of the chain, its time and prices. */
  minichain_exportGenesis: { params: []; result: RpcGenesis };
  /** Of the next block alone: who gets its fees. */
  minichain_setNextBlockCoinbase: { params: [address: RpcAddress]; result: true };
  /** Of the next block alone, gas. */
  minichain_setNextBlockGasLimit: { params: [gasLimit: NumberLike]; result: true };
  /** Of the next block alone, at most 32 bytes. */
  minichain_setNextBlockExtraData: { params: [extraData: Data]; result: true };
  /** What EIP-4788's contract tells of the next block's parent. */
  minichain_setNextBlockParentBeaconRoot: { params: [root: RpcHash]; result: true };
  /** What blob gas costs in the next block, wei. Prices go in steps: answers the least that is possible from there on. */
  minichain_setNextBlockBlobBaseFee: { params: [blobBaseFee: NumberLike]; result: Quantity };
  /** Of the next block alone, gas (EIP-4844). */
  minichain_setNextBlockExcessBlobGas: { params: [excessBlobGas: NumberLike]; result: true };
  /** Of the next block alone; amounts in gwei (EIP-4895). */
  minichain_setNextBlockWithdrawals: { params: [withdrawals: readonly RpcWithdrawal[]]; result: true };
  /** How the node is: numbers, not hex. */
  minichain_status: { params: []; result: RpcStatus };
  /** Takes away what is older, beside the chain, and answers when it is done; snapshots and checkpoints hold what they need. */
  minichain_prune: { params: [limits?: RpcPruneLimits | null]; result: RpcPruneReport };
  /** Gives back the space of what was deleted and overwritten, beside the chain, and answers when it is done. */
  minichain_compact: { params: []; result: RpcSpaceReport };
  /**
   * Executes blocks, RLP one after the other as `geth export` writes them, each of which becomes the head; those that are there
   * are passed over. What stands before a block that is refused stays: the error's data counts it.
   */
  minichain_importBlocks: { params: [blocks: Data]; result: RpcImportReport };
}
