import type { Quantity } from '../hex.ts';
import type { RpcHash } from './values.ts';

/** Why an accepted transaction is no longer waiting although it was not mined. */
export interface RpcDropReason {
  readonly reason: 'replaced' | 'removed' | 'invalid' | 'evicted' | 'reverted-snapshot';
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

/** The `minichain` namespace: what no other node answers. */
export interface MinichainSchema {
  /** Saves everything that a snapshot keeps, under a name; it stays until it is removed. Replaces one of that name. */
  minichain_saveCheckpoint: { params: [name: string]; result: true };
  /** False for a name that nobody saved. The checkpoint stays, and so do all others. */
  minichain_restoreCheckpoint: { params: [name: string]; result: boolean };
  /** Whether it was there. */
  minichain_removeCheckpoint: { params: [name: string]; result: boolean };
  minichain_listCheckpoints: { params: []; result: readonly RpcCheckpoint[] };
  /** Null for one that waits, was mined, or was never heard of. */
  minichain_getDropReason: { params: [transactionHash: RpcHash]; result: RpcDropReason | null };
  /** How the node is: numbers, not hex. */
  minichain_status: { params: []; result: RpcStatus };
}
