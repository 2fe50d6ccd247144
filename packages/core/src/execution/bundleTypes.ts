import type { Address } from '@ethereumjs/util';
import type { BlockRef } from '../blocks/blockTag.ts';
import type { ExecutionError } from './faults.ts';
import type { BlockOverrides, CallRequest, StateOverrides } from './request.ts';

/** Calls that run in one block's environment. */
export interface CallBundle {
  readonly calls: readonly CallRequest[];
  /** Of this bundle and those after it. */
  readonly block?: BlockOverrides;
}

export interface CallManyOptions {
  readonly at: BlockRef;
  /** How many of the block's transactions have run before; left out: all. */
  readonly transactionIndex?: number;
  readonly state?: StateOverrides;
}

/** What a call among others came to: what it returned, or why it failed. */
export type CallOutcome = { readonly returnData: Uint8Array } | { readonly error: ExecutionError };

/** Signed transactions to be tried together. */
export interface SignedBundle {
  readonly transactions: readonly Uint8Array[];
  /** Block after whose state they run. */
  readonly at: BlockRef;
  /** Environment of the block that they would be in; what is left out follows from the block before. */
  readonly block: BlockOverrides;
}

/** A transaction of a bundle. Amounts in wei, per gas where it is a price. */
export interface BundledTransaction {
  readonly hash: Uint8Array;
  readonly sender: Address;
  readonly to: Address | undefined;
  readonly gasUsed: bigint;
  /** What the block's producer earns by it, tips and payments together. */
  readonly earned: bigint;
  /** The tips alone. */
  readonly tips: bigint;
  readonly outcome: CallOutcome;
}

export interface BundleResult {
  /** Of the hashes of its transactions. */
  readonly hash: Uint8Array;
  readonly stateBlock: bigint;
  readonly transactions: readonly BundledTransaction[];
}
