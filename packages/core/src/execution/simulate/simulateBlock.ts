import { type BlockHeader, createBlockHeader, type HeaderData } from '@ethereumjs/block';
import { type Common, Hardfork } from '@ethereumjs/common';
import type { TypedTransaction } from '@ethereumjs/tx';
import type { Address } from '@ethereumjs/util';
import type { ExecutedBlock, Receipt } from '../../blocks/executedBlock.ts';
import { blobGasOf } from '../../transactions/prices.ts';
import type { Machine } from '../engine/machine.ts';
import { evmFailure } from '../failure.ts';
import { gethError } from '../gethError.ts';
import { receiptFromResult } from '../receipt.ts';
import { openHeader, sealBlock } from '../sealBlock.ts';
import { startBlock } from '../systemCalls.ts';
import type { BlockPlan } from './blockPlan.ts';
import { LogRecorder } from './logRecorder.ts';
import { type RanCall, simulateCall } from './simulateCall.ts';
import type { SimulatedBlock, SimulatedCall, SimulatedLog } from './simulateTypes.ts';

export interface BlockOptions {
  /** With the block's state overrides applied. */
  readonly machine: Machine;
  /** The block before, simulated or real. */
  readonly parent: ExecutedBlock;
  readonly validation: boolean;
  readonly traceTransfers: boolean;
  /** What is left of the whole request's gas. */
  readonly gasBudget: bigint;
}

interface Progress {
  gasUsed: bigint;
  blobGasUsed: bigint;
  logCount: number;
  readonly transactions: TypedTransaction[];
  readonly senders: Address[];
  readonly receipts: Receipt[];
  readonly calls: SimulatedCall[];
}

const ZERO_32 = new Uint8Array(32);
/** What geth answers for a halt that is not a revert. */
const VM_ERROR = -32015;
const REVERTED = 3;

function baseFeeFor(plan: BlockPlan, { parent, validation }: BlockOptions): bigint {
  const given = plan.request.blockOverrides?.baseFeePerGas;
  if (given !== undefined) return given;
  if (!validation) return 0n;
  const { header } = parent.block;
  return header.baseFeePerGas === undefined ? header.common.param('initialBaseFee') : header.calcNextBaseFee();
}

/** Coinbase and gas limit are inherited from the block before, randomness is zero, the rest follows the fork. */
function openFields(plan: BlockPlan, options: BlockOptions, common: Common): HeaderData {
  const { blockOverrides: over = {} } = plan.request;
  const { header: parent } = options.parent.block;
  const isMerged = common.gteHardfork(Hardfork.Paris);
  const excess = parent.excessBlobGas === undefined ? 0n : parent.calcNextExcessBlobGas(common);
  return {
    parentHash: options.parent.hash,
    number: plan.number,
    timestamp: plan.timestamp,
    coinbase: over.coinbase ?? parent.coinbase,
    gasLimit: over.gasLimit ?? parent.gasLimit,
    difficulty: isMerged ? 0n : (over.difficulty ?? parent.difficulty),
    mixHash: over.prevRandao ?? ZERO_32,
    ...(common.isActivatedEIP(1559) ? { baseFeePerGas: baseFeeFor(plan, options) } : {}),
    ...(common.isActivatedEIP(4844) ? { excessBlobGas: excess, blobGasUsed: 0n } : {}),
    ...(common.isActivatedEIP(4788) ? { parentBeaconBlockRoot: over.parentBeaconBlockRoot ?? ZERO_32 } : {}),
  };
}

function environmentHeader(open: HeaderData, plan: BlockPlan, common: Common): BlockHeader {
  const header = createBlockHeader(open, { common, freeze: false });
  const { blobBaseFee } = plan.request.blockOverrides ?? {};
  if (blobBaseFee !== undefined) header.getBlobGasPrice = () => blobBaseFee;
  return header;
}

function callResult({ result, maxUsedGas }: RanCall, logs: readonly SimulatedLog[]): SimulatedCall {
  const { gasUsed, output, halt } = result;
  const facts = { gasUsed, maxUsedGas, logs };
  const failure = evmFailure(result);
  if (failure === undefined) return { ...facts, status: 1, returnData: output };
  const error =
    failure.fault.code === 'REVERTED'
      ? { code: REVERTED, message: failure.message, data: output }
      : { code: VM_ERROR, message: gethError(halt as string) };
  return { ...facts, status: 0, returnData: new Uint8Array(), error };
}

function record(ran: RanCall, header: BlockHeader, recorder: LogRecorder | undefined, progress: Progress): void {
  const { tx, sender, result } = ran;
  const blobBaseFee = header.excessBlobGas === undefined ? undefined : header.getBlobGasPrice();
  const gasUsedBefore = progress.gasUsed;
  const baseFee = header.baseFeePerGas;
  const receipt = receiptFromResult({ tx, sender, result, gasUsedBefore, baseFee, blobBaseFee });
  const logs = recorder?.take() ?? receipt.logs.map((log) => ({ ...log, index: progress.logCount++ }));
  progress.gasUsed += result.gasUsed;
  progress.blobGasUsed += blobGasOf(tx);
  progress.transactions.push(tx);
  progress.senders.push(sender);
  progress.receipts.push(receipt);
  progress.calls.push(callResult(ran, logs));
}

/** Simulates one block on the machine's state and leaves its effects there. @throws ExecutionError. */
export async function simulateBlock(plan: BlockPlan, options: BlockOptions): Promise<SimulatedBlock> {
  const { machine, traceTransfers, validation } = options;
  const { calls, blockOverrides } = plan.request;
  const open = openFields(plan, options, machine.common);
  const header = environmentHeader(open, plan, machine.common);
  await startBlock(machine, header);
  const recorder = traceTransfers ? new LogRecorder() : undefined;
  const progress: Progress = {
    gasUsed: 0n,
    blobGasUsed: 0n,
    logCount: 0,
    transactions: [],
    senders: [],
    receipts: [],
    calls: [],
  };
  for (const call of calls) {
    const { gasUsed } = progress;
    const ran = await simulateCall(call, {
      ...{ machine, header, validation, gasUsed },
      gasBudget: options.gasBudget - gasUsed,
      ...(recorder === undefined ? {} : { observer: recorder }),
    });
    record(ran, header, recorder, progress);
  }
  const withdrawals = blockOverrides?.withdrawals ?? [];
  const { executed } = await sealBlock(machine, openHeader(open, machine.common), {
    ...progress,
    activity: [],
    withdrawals,
  });
  return { block: executed, calls: progress.calls };
}
