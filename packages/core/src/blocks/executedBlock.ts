import type { Block } from '@ethereumjs/block';
import type { Address } from '@ethereumjs/util';
import type { ForeignRules } from './dumpedBlock.ts';

/** A log as a receipt holds it (yellow paper §4.3.1): emitting contract, 0–4 topics of 32 bytes, data. */
export interface Log {
  readonly address: Uint8Array;
  readonly topics: readonly Uint8Array[];
  readonly data: Uint8Array;
}

/** The outcome of one transaction in its block. Amounts of gas are in gas, prices in wei per gas. */
export interface Receipt {
  /** EIP-2718 type, 0–4. */
  readonly type: number;
  /** EIP-658 status since Byzantium: 1 or 0. Absent before. */
  readonly status?: 0 | 1;
  /** Intermediate state root before Byzantium. */
  readonly stateRoot?: Uint8Array;
  readonly cumulativeGasUsed: bigint;
  readonly gasUsed: bigint;
  readonly logsBloom: Uint8Array;
  readonly logs: readonly Log[];
  readonly effectiveGasPrice: bigint;
  /** Set for a create, also for one that reverted. */
  readonly contractAddress?: Address;
  /** EIP-4844, blob transactions only. */
  readonly blobGasUsed?: bigint;
  readonly blobGasPrice?: bigint;
}

/** Who took part in one transaction: what explorers look up. 20 bytes each. */
export interface Activity {
  /** Senders and targets of all its messages, once each. */
  readonly addresses: readonly Uint8Array[];
  /** Contracts that it made and that stayed. */
  readonly created: readonly { readonly address: Uint8Array; readonly creator: Uint8Array }[];
}

/** A block with everything its execution produced. Immutable once built. */
export interface ExecutedBlock {
  readonly block: Block;
  readonly hash: Uint8Array;
  /** One per transaction, in order; none where a dump that the block came with has none. */
  readonly receipts: readonly Receipt[];
  /** Sender of each transaction: recovered, or the impersonated account. */
  readonly senders: readonly Address[];
  /** One per transaction, in order. */
  readonly activity: readonly Activity[];
  /**
   * Root that reads of this block see: the header's, or a later one when state setters changed the head's state
   * (`hardhat_setBalance` and the like) after it was sealed.
   */
  readonly stateRoot: Uint8Array;
  /** Only of a block that came with a dump, where it differs from what this chain would have made. */
  readonly foreign?: ForeignRules;
}

/** A mined transaction with its place. */
export interface TransactionLocation {
  readonly block: ExecutedBlock;
  readonly index: number;
}
