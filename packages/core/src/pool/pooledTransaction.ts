import type { TypedTransaction } from '@ethereumjs/tx';
import type { Address } from '@ethereumjs/util';

/** A transaction that waits to be mined. */
export interface PooledTransaction {
  readonly tx: TypedTransaction;
  readonly hash: Uint8Array;
  /** Recovered, or the impersonated account. */
  readonly sender: Address;
  /** True when the signature is made up because the sender is impersonated. */
  readonly impersonated: boolean;
  /** Arrival number; first in, first out order. */
  readonly order: number;
}

/** Why a transaction that was once accepted is no longer in the pool without being mined. */
export interface DropRecord {
  readonly hash: Uint8Array;
  readonly reason: 'replaced' | 'removed' | 'invalid' | 'evicted' | 'reverted-snapshot' | 'unwritten';
  readonly detail: string;
}
