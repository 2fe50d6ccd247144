import type { BlockHeader } from '@ethereumjs/block';
import type { TypedTransaction } from '@ethereumjs/tx';
import type { Address } from '@ethereumjs/util';
import type { Activity, Receipt } from '../blocks/executedBlock.ts';
import type { TransactionFailure } from '../events.ts';
import type { Machine, MessageRecord } from '../execution/engine/machine.ts';
import { evmFailure } from '../execution/failure.ts';
import { isDifference } from '../execution/faults.ts';
import type { MessageTrace } from '../execution/messageTrace.ts';
import { receiptFromResult } from '../execution/receipt.ts';
import { PoolError } from '../pool/faults.ts';
import type { TransactionQueue } from '../pool/order.ts';
import type { PooledTransaction } from '../pool/pooledTransaction.ts';
import { minedForm } from '../transactions/decode.ts';
import { blobGasOf, feeCapOf, worstCost } from '../transactions/prices.ts';
import { reasonFromLibrary } from '../transactions/txData.ts';
import { renewed } from './renewed.ts';
import { RoomForBytes } from './roomForBytes.ts';

/** A transaction of the block with what a log wants to say about it. */
export interface PayloadTransaction {
  readonly pooled: PooledTransaction;
  readonly failure?: TransactionFailure;
  readonly consoleLines: readonly string[];
  readonly trace?: MessageTrace;
}

export interface BlockLimits {
  readonly traceMessages: boolean;
  /** Default: as many as fit. */
  readonly maxTransactions?: number | undefined;
}

interface Progress {
  gasUsed: bigint;
  blobGasUsed: bigint;
  readonly mined: TypedTransaction[];
  readonly senders: Address[];
  readonly receipts: Receipt[];
  readonly activity: Activity[];
  readonly transactions: PayloadTransaction[];
  readonly refused: { pooled: PooledTransaction; detail: string }[];
}

const UNPAID = 'insufficient funds for gas * price + value';

/** Whether the transaction fits what is left of the block. A later block may have room. */
function fits(pooled: PooledTransaction, header: BlockHeader, progress: Progress): boolean {
  const { tx } = pooled;
  if (progress.gasUsed + tx.gasLimit > header.gasLimit) return false;
  if (header.baseFeePerGas !== undefined && feeCapOf(tx) < header.baseFeePerGas) return false;
  const blobGas = blobGasOf(tx);
  if (blobGas === 0n) return true;
  const { maxBlobGasPerBlock } = header.common.getBlobGasSchedule();
  return (
    progress.blobGasUsed + blobGas <= maxBlobGasPerBlock &&
    (tx as { maxFeePerBlobGas?: bigint }).maxFeePerBlobGas !== undefined &&
    (tx as { maxFeePerBlobGas: bigint }).maxFeePerBlobGas >= header.getBlobGasPrice()
  );
}

interface Building {
  readonly machine: Machine;
  readonly header: BlockHeader;
  readonly limits: BlockLimits;
}

async function runPooled({ machine, header, limits }: Building, pooled: PooledTransaction, progress: Progress) {
  const { sender } = pooled;
  const { common } = machine;
  const tx = minedForm(renewed(pooled, common, header.gasLimit), sender, common);
  const result = await machine.run({
    fields: tx,
    typed: () => tx,
    sender,
    header,
    gasUsedBefore: progress.gasUsed,
    anySender: pooled.impersonated,
    recording: limits.traceMessages ? 'tree' : 'messages',
  });
  const baseFee = header.baseFeePerGas;
  const blobBaseFee = header.excessBlobGas === undefined ? undefined : header.getBlobGasPrice();
  const gasUsedBefore = progress.gasUsed;
  progress.receipts.push(receiptFromResult({ tx, sender, result, gasUsedBefore, baseFee, blobBaseFee }));
  progress.gasUsed += result.gasUsed;
  progress.blobGasUsed += blobGasOf(tx);
  progress.mined.push(tx);
  progress.senders.push(sender);
  const { activity, consoleLines, trace } = result.record as MessageRecord;
  progress.activity.push(activity as Activity);
  const failure = evmFailure(result);
  progress.transactions.push({
    pooled,
    ...(failure === undefined ? {} : { failure: { message: failure.message, data: result.output, error: failure } }),
    consoleLines,
    ...(trace === undefined ? {} : { trace }),
  });
}

/** What one attempt at a transaction came to. `left`: it waits for a later block. `unpaid`: its sender cannot pay for it yet. */
type Attempt = 'included' | 'left' | 'unpaid' | 'refused';

/** Runs transactions in a block that is being built. */
export class BlockInProgress {
  readonly progress: Progress = {
    gasUsed: 0n,
    blobGasUsed: 0n,
    mined: [],
    senders: [],
    receipts: [],
    activity: [],
    transactions: [],
    refused: [],
  };
  readonly #building: Building;
  readonly #room: RoomForBytes;
  #isAnyLeft = false;

  constructor(machine: Machine, header: BlockHeader, limits: BlockLimits) {
    this.#building = { machine, header, limits };
    this.#room = new RoomForBytes(header);
  }

  async #attempt(pooled: PooledTransaction): Promise<Attempt> {
    const { machine, header, limits } = this.#building;
    const { maxTransactions = Number.POSITIVE_INFINITY } = limits;
    const isFull = this.progress.mined.length >= maxTransactions;
    const bytes = this.#room.of(() => minedForm(pooled.tx, pooled.sender, machine.common));
    if (!this.#room.has(bytes) && this.progress.mined.length === 0) {
      this.progress.refused.push({ pooled, detail: `its ${bytes} bytes are too many for a block (EIP-7934)` });
      return 'refused';
    }
    if (isFull || !fits(pooled, header, this.progress) || !this.#room.has(bytes)) {
      this.#isAnyLeft = true;
      return 'left';
    }
    const balance = (await machine.account(pooled.sender))?.balance ?? 0n;
    if (balance < worstCost(pooled.tx)) return 'unpaid';
    try {
      await runPooled(this.#building, pooled, this.progress);
      this.#room.take(bytes);
      return 'included';
    } catch (error) {
      if (isDifference(error)) throw error;
      const detail = error instanceof PoolError ? error.message : reasonFromLibrary(error);
      this.progress.refused.push({ pooled, detail });
      return 'refused';
    }
  }

  /** In their order; what cannot be paid for is tried again after the others, which may bring the money. */
  async runAll(queue: TransactionQueue): Promise<void> {
    let unpaid: PooledTransaction[] = [];
    for (let pooled = queue.peek(); pooled !== undefined; pooled = queue.peek()) {
      const attempt = await this.#attempt(pooled);
      if (attempt === 'included') queue.shift();
      else queue.skip();
      if (attempt === 'unpaid') unpaid.push(pooled);
    }
    for (let before = -1; unpaid.length > 0 && before !== unpaid.length; ) {
      before = unpaid.length;
      unpaid = await this.#again(unpaid);
    }
    // One that waits for a later block may bring the money there.
    if (this.#isAnyLeft) return;
    for (const pooled of unpaid) this.progress.refused.push({ pooled, detail: UNPAID });
  }

  /** @returns those that still cannot be paid for. */
  async #again(unpaid: readonly PooledTransaction[]): Promise<PooledTransaction[]> {
    const still: PooledTransaction[] = [];
    for (const pooled of unpaid) if ((await this.#attempt(pooled)) === 'unpaid') still.push(pooled);
    return still;
  }
}
