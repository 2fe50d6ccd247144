import { Block, type BlockHeader, createBlockHeader, type HeaderData } from '@ethereumjs/block';
import { type Common, Hardfork } from '@ethereumjs/common';
import type { TypedTransaction } from '@ethereumjs/tx';
import type { Address } from '@ethereumjs/util';
import { runTx, type VM } from '@ethereumjs/vm';
import type { ExecutedBlock, Receipt } from '../blocks/executedBlock.ts';
import { evmFailure } from '../execution/failure.ts';
import { recordMessages } from '../execution/messageRecorder.ts';
import type { MessageTrace } from '../execution/messageTrace.ts';
import { type BlockHashLookup, openVm } from '../execution/openVm.ts';
import { receiptFromResult } from '../execution/receipt.ts';
import type { WithdrawalInput } from '../execution/request.ts';
import { type SealedBlock, sealBlock } from '../execution/sealBlock.ts';
import { startBlock } from '../execution/systemCalls.ts';
import type { TransactionQueue } from '../pool/order.ts';
import type { PooledTransaction } from '../pool/pooledTransaction.ts';
import type { OpenState } from '../state/stateStore.ts';
import { minedForm } from '../transactions/decode.ts';
import { blobGasOf, feeCapOf } from '../transactions/prices.ts';
import { reasonFromLibrary } from '../transactions/txData.ts';

/** What the builder is told about the block to make; seconds, gas, wei. */
export interface PayloadAttributes {
  readonly parent: ExecutedBlock;
  readonly timestamp: bigint;
  readonly coinbase: Address;
  readonly gasLimit: bigint;
  readonly baseFee: bigint | undefined;
  readonly prevRandao: Uint8Array;
  readonly extraData: Uint8Array;
  /** EIP-4788; zeros when left out. */
  readonly parentBeaconBlockRoot?: Uint8Array;
  /** EIP-4895; none when left out. */
  readonly withdrawals?: readonly WithdrawalInput[];
  readonly traceMessages: boolean;
  /** Default: as many as fit. */
  readonly maxTransactions?: number;
}

export interface PayloadModules {
  readonly state: OpenState;
  readonly common: Common;
  readonly blockHash: BlockHashLookup;
}

/** A transaction of the block with what a log wants to say about it. */
export interface PayloadTransaction {
  readonly pooled: PooledTransaction;
  readonly failure?: { readonly message: string; readonly data: Uint8Array };
  readonly consoleLines: readonly string[];
  readonly trace?: MessageTrace;
}

export interface Payload extends SealedBlock {
  readonly transactions: readonly PayloadTransaction[];
  /** Those that can never run on this state, with the reason. */
  readonly refused: readonly { readonly pooled: PooledTransaction; readonly detail: string }[];
}

interface Progress {
  gasUsed: bigint;
  blobGasUsed: bigint;
  readonly mined: TypedTransaction[];
  readonly senders: Address[];
  readonly receipts: Receipt[];
  readonly transactions: PayloadTransaction[];
  readonly refused: { pooled: PooledTransaction; detail: string }[];
}

const ZERO_32 = new Uint8Array(32);

/** Header fields known before the first transaction runs. */
function openHeader(attributes: PayloadAttributes, common: Common): HeaderData {
  const { parent } = attributes;
  const header = parent.block.header;
  return {
    parentHash: parent.hash,
    number: header.number + 1n,
    timestamp: attributes.timestamp,
    coinbase: attributes.coinbase,
    gasLimit: attributes.gasLimit,
    extraData: attributes.extraData,
    ...(common.gteHardfork(Hardfork.Paris) ? { mixHash: attributes.prevRandao, difficulty: 0n } : { difficulty: 1n }),
    ...(attributes.baseFee === undefined ? {} : { baseFeePerGas: attributes.baseFee }),
    ...(common.isActivatedEIP(4844)
      ? {
          excessBlobGas: header.excessBlobGas === undefined ? 0n : header.calcNextExcessBlobGas(common),
          blobGasUsed: 0n,
        }
      : {}),
    ...(common.isActivatedEIP(4788) ? { parentBeaconBlockRoot: attributes.parentBeaconBlockRoot ?? ZERO_32 } : {}),
  };
}

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

async function runPooled(vm: VM, block: Block, pooled: PooledTransaction, progress: Progress, trace: boolean) {
  const { header } = block;
  const tx = minedForm(pooled.tx, pooled.sender, vm.common);
  if (pooled.impersonated) (vm.stateManager as OpenState['manager']).maskSender(pooled.sender);
  const recorder = recordMessages(vm.evm, { keepTrace: trace });
  try {
    const result = await runTx(vm, { tx, block, blockGasUsed: progress.gasUsed, skipHardForkValidation: true });
    const baseFee = header.baseFeePerGas;
    const blobBaseFee = header.excessBlobGas === undefined ? undefined : header.getBlobGasPrice();
    progress.receipts.push(receiptFromResult({ tx, sender: pooled.sender, result, baseFee, blobBaseFee }));
    progress.gasUsed += result.totalGasSpent;
    progress.blobGasUsed += blobGasOf(tx);
    progress.mined.push(tx);
    progress.senders.push(pooled.sender);
    const failure = evmFailure(result.execResult);
    const messages = recorder.trace();
    progress.transactions.push({
      pooled,
      ...(failure === undefined ? {} : { failure: { message: failure.message, data: result.execResult.returnValue } }),
      consoleLines: recorder.consoleLines(),
      ...(messages === undefined ? {} : { trace: messages }),
    });
  } finally {
    recorder.stop();
    (vm.stateManager as OpenState['manager']).unmaskSender();
  }
}

/**
 * Builds a block on a state, from attributes and the pool's transactions in their order: one pass, linear in their number.
 * A transaction that does not fit is left for later (and with it its sender's next ones); one that cannot run is refused.
 * Nothing is stored: the caller flushes the state when it imports the block.
 */
export async function buildPayload(
  attributes: PayloadAttributes,
  queue: TransactionQueue,
  { state, common, blockHash }: PayloadModules,
): Promise<Payload> {
  const open = openHeader(attributes, common);
  const vm = await openVm({ state, common, blockHash });
  const header = createBlockHeader(open, { common, freeze: false });
  const environment = new Block(header, [], [], common.isActivatedEIP(4895) ? [] : undefined, {
    common,
    freeze: false,
  });
  const progress: Progress = {
    gasUsed: 0n,
    blobGasUsed: 0n,
    mined: [],
    senders: [],
    receipts: [],
    transactions: [],
    refused: [],
  };
  await startBlock(vm, header);
  for (let pooled = queue.peek(); pooled !== undefined; pooled = queue.peek()) {
    if (progress.mined.length >= (attributes.maxTransactions ?? Number.POSITIVE_INFINITY)) break;
    if (!fits(pooled, header, progress)) {
      queue.skip();
      continue;
    }
    try {
      await runPooled(vm, environment, pooled, progress, attributes.traceMessages);
      queue.shift();
    } catch (error) {
      progress.refused.push({ pooled, detail: reasonFromLibrary(error) });
      queue.skip();
    }
  }
  const { withdrawals = [] } = attributes;
  const sealed = await sealBlock(vm, open, { ...progress, transactions: progress.mined, withdrawals });
  return { ...sealed, transactions: progress.transactions, refused: progress.refused };
}
