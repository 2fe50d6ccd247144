import type { BlockHeader } from '@ethereumjs/block';
import type { Common } from '@ethereumjs/common';
import type { TypedTransaction } from '@ethereumjs/tx';
import type { Address } from '@ethereumjs/util';
import type { Activity, Log } from '../../blocks/executedBlock.ts';
import type { AccountNow } from '../../state/accountEntry.ts';
import type { OpenState } from '../../state/stateStore.ts';
import type { TransactionFields } from '../../transactions/transactionFields.ts';
import type { MessageTrace } from '../messageTrace.ts';
import type { TraceObserver } from '../traceObserver.ts';

/** At once where nothing has to be waited for. */
export type MaybePromise<T> = T | Promise<T>;

/**
 * What is kept of a transaction's messages: nothing, what they printed and nothing else,
 * not even its logs (calls), who took part as well, or also the whole tree.
 */
export type Recording = 'nothing' | 'console' | 'messages' | 'tree';

/** Prices that fees are settled by, wei; undefined where the fork has none. */
export interface BlockPrices {
  readonly baseFee: bigint | undefined;
  readonly blobBaseFee: bigint | undefined;
}

/** A transaction to run, and which of the rules bind it. */
export interface TransactionRun {
  readonly fields: TransactionFields;
  /** The library's transaction of the same fields, for machines that need one. */
  readonly typed: () => TypedTransaction;
  readonly sender: Address;
  /** Of the block that code sees. */
  readonly header: BlockHeader;
  /** Default: the header's. */
  readonly prices?: BlockPrices;
  /** By the transactions before it in its block. */
  readonly gasUsedBefore: bigint;
  /** Whether any nonce will do. */
  readonly anyNonce?: boolean;
  /** Whether code may send it (impersonation, calls), against EIP-3607. */
  readonly anySender?: boolean;
  /** Whether it may have more gas than its block. */
  readonly anyGasLimit?: boolean;
  /** Default `nothing`. */
  readonly recording?: Recording;
  /** Is told what the transaction does; it takes the place of a recording. */
  readonly observer?: TraceObserver;
}

/** What was recorded of a transaction's messages. */
export interface MessageRecord {
  /** Where more than the console was asked for. */
  readonly activity?: Activity;
  readonly consoleLines: readonly string[];
  /** The top message, where the tree was asked for. */
  readonly trace?: MessageTrace;
}

/** What a transaction came to. Amounts of gas are in gas. */
export interface TransactionResult {
  /** What the sender pays for: after refunds, and at least EIP-7623's floor. */
  readonly gasUsed: bigint;
  /** Before refunds, what it costs before its first opcode included: less than that would not have been enough. */
  readonly gasBeforeRefund: bigint;
  /** What the top message returned, or reverted with. */
  readonly output: Uint8Array;
  /** Why the top message failed, as EthereumJS words it: `revert`, `out of gas`, …; undefined when it succeeded. */
  readonly halt: string | undefined;
  readonly logs: readonly Log[];
  readonly logsBloom: Uint8Array;
  /** After the transaction, where receipts hold it: before Byzantium. */
  readonly stateRoot?: Uint8Array;
  readonly record?: MessageRecord;
}

/** What a message outside of transactions came to. */
export interface SystemCallResult {
  readonly output: Uint8Array;
  readonly halt: string | undefined;
}

/** An account as a machine sees it between transactions. */
export interface MachineAccount {
  readonly nonce: bigint;
  readonly balance: bigint;
  readonly codeHash: Uint8Array;
}

/** The state as whoever changes it between transactions sees it. */
export type EditableState = OpenState['manager'];

/** Runs transactions, one after another, on a state that was opened for it. */
export interface Machine {
  readonly common: Common;
  readonly state: OpenState;
  /**
   * Runs a transaction and leaves its effects in the state.
   * @throws what makes the transaction invalid, before anything has changed; a failing message is a result.
   */
  run(run: TransactionRun): MaybePromise<TransactionResult>;
  /** The same, taking all effects back. */
  attempt(run: TransactionRun): MaybePromise<TransactionResult>;
  /** A call by the system account, which leaves no trace of that account (EIP-7002, EIP-7251). */
  callSystem(contract: Address): MaybePromise<SystemCallResult>;
  account(address: Address): MaybePromise<MachineAccount | undefined>;
  /** The same, and whether it has storage; dearer, for when the block's transactions are over. */
  settledAccount(address: Address): AccountNow | undefined;
  code(address: Address): MaybePromise<Uint8Array>;
  /** @param key 32 bytes. @returns in its shortest form. */
  storage(address: Address, key: Uint8Array): MaybePromise<Uint8Array>;
  isPrecompile(address: Address): boolean;
  /** Changes the state between transactions. */
  edit(change: (state: EditableState) => Promise<void>): Promise<void>;
  /** Root of the state as it is now. */
  stateRoot(): Promise<Uint8Array>;
  /** The machine is not used any more; its state may be. */
  close(): void;
}
