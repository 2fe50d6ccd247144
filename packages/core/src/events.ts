import { EventEmitter } from 'node:events';
import type { Address } from '@ethereumjs/util';
import type { ExecutedBlock } from './blocks/executedBlock.ts';
import type { ExecutionError } from './execution/faults.ts';
import type { MessageTrace } from './execution/messageTrace.ts';
import type { DropRecord, PooledTransaction } from './pool/pooledTransaction.ts';
import type { CommitRecord } from './storage/database.ts';

/** What happened in the chain, after it happened. Listeners must not throw. */
export interface ChainEventMap {
  /** A block became part of the database; it may not be the head. */
  blockImported: [ExecutedBlock];
  /** The head moved. `removed` is newest first, `added` oldest first. */
  headChanged: [{ head: ExecutedBlock; added: readonly ExecutedBlock[]; removed: readonly ExecutedBlock[] }];
  transactionQueued: [PooledTransaction];
  transactionDropped: [DropRecord];
  /** One per transaction of a locally built block: what to print in the log. */
  transactionMined: [MinedTransaction];
  /** A block of our own was made and is the head: `ms` milliseconds to build it, without storing it. */
  blockBuilt: [{ block: ExecutedBlock; ms: number }];
  /** Lines that a call printed to the console address, or an estimate that failed. Mined transactions have their own. */
  consoleLogged: [readonly string[]];
  /** A timed block could not be made; the chain goes on at the next tick. */
  miningFailed: [unknown];
  /** Who the node can send for: dev accounts, then impersonated ones. */
  accountsChanged: [readonly Address[]];
  chainIdChanged: [bigint];
  /** Something was written, with a block or without: `ms` milliseconds long. */
  committed: [CommitRecord];
  /** The last event: nothing will happen any more. */
  closed: [];
}

/** Why a transaction failed, and the bytes that it returned. */
export interface TransactionFailure {
  readonly message: string;
  readonly data: Uint8Array;
  readonly error: ExecutionError;
}

/** A mined transaction with the facts a person wants to read. */
export interface MinedTransaction {
  readonly block: ExecutedBlock;
  readonly index: number;
  /** Bytes returned by a failed transaction; undefined when it succeeded. */
  readonly failure?: TransactionFailure;
  /** Calls to the console address, decoded to text, in order. */
  readonly consoleLines: readonly string[];
  /** Top message with its children, when tracing was asked for. */
  readonly trace?: MessageTrace;
}

export class ChainEvents extends EventEmitter<ChainEventMap> {
  constructor() {
    super();
    // Every request that waits for a block listens.
    this.setMaxListeners(0);
  }
}
