import type { RpcHash } from './values.ts';

/** Why an accepted transaction is no longer waiting although it was not mined. */
export interface RpcDropReason {
  readonly reason: 'replaced' | 'removed' | 'invalid' | 'evicted' | 'reverted-snapshot';
  readonly detail: string;
}

/** The `minichain` namespace: what no other node answers. */
export interface MinichainSchema {
  /** Null for one that waits, was mined, or was never heard of. */
  minichain_getDropReason: { params: [transactionHash: RpcHash]; result: RpcDropReason | null };
}
