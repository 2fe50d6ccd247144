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

/** The `minichain` namespace: what no other node answers. */
export interface MinichainSchema {
  /** Null for one that waits, was mined, or was never heard of. */
  minichain_getDropReason: { params: [transactionHash: RpcHash]; result: RpcDropReason | null };
  /** How the node is: numbers, not hex. */
  minichain_status: { params: []; result: RpcStatus };
}
