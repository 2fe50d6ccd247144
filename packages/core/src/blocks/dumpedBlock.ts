import type { Address } from '@ethereumjs/util';
import type { CallRequest, WithdrawalInput } from '../execution/request.ts';
import type { Log } from './executedBlock.ts';

/** What became of a transaction, as a dump has it. Amounts of gas in gas. */
export interface DumpedOutcome {
  /** By which the transaction is found: of an impersonated account's it may be another than that of its bytes. */
  readonly hash: Uint8Array;
  readonly from: Address;
  readonly contractAddress?: Address;
  readonly gasUsed: bigint;
  readonly cumulativeGasUsed: bigint;
  /** EIP-658 status; a state root before Byzantium. */
  readonly status: 0 | 1 | Uint8Array;
  readonly logs: readonly Log[];
  readonly logsBloom: Uint8Array;
  /** Callers and targets of its messages. */
  readonly touched: readonly Address[];
}

/** A transaction of a dumped block. */
export interface DumpedTransaction {
  readonly request: CallRequest;
  readonly signature: { readonly v: bigint; readonly r: bigint; readonly s: bigint };
  /** Who sent it without having signed it. */
  readonly impersonated?: Address;
  /** Undefined where the dump does not say. */
  readonly outcome?: DumpedOutcome;
}

/** A block that was sealed by another program. */
export interface DumpedBlock {
  /** Fields of the header in the order in which they are encoded; undefined where it has none. */
  readonly header: readonly (Uint8Array | undefined)[];
  readonly transactions: readonly DumpedTransaction[];
  readonly withdrawals: readonly WithdrawalInput[];
}

/** Where the block's own chain had other rules than this one has at its height and time. */
export interface ForeignRules {
  /** EthereumJS name. */
  readonly hardfork: string;
  /** Of each transaction; undefined where it is that of its bytes. */
  readonly hashes: readonly (Uint8Array | undefined)[];
}
