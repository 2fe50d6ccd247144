import type { Block } from '@ethereumjs/block';
import { Hardfork } from '@ethereumjs/common';
import { runBlock, type VM } from '@ethereumjs/vm';
import type { Activity, ExecutedBlock } from '../blocks/executedBlock.ts';
import { ActivityRecorder } from '../execution/activityRecorder.ts';
import { type LibraryMachine, resultFromLibrary } from '../execution/engine/libraryMachine.ts';
import { receiptFromResult } from '../execution/receipt.ts';
import { type RequestRules, watchRequestQueues } from '../execution/systemCalls.ts';

/** One record for each transaction that the machine runs from now on; system calls are no part of any. */
function recordActivity(vm: VM): Activity[] {
  const activity: Activity[] = [];
  let recorder: ActivityRecorder | undefined;
  vm.events.on('beforeTx', () => {
    recorder = new ActivityRecorder();
  });
  vm.evm.events?.on('beforeMessage', (message) => recorder?.before(message));
  vm.evm.events?.on('afterMessage', (result) => recorder?.after(result));
  vm.events.on('afterTx', () => {
    if (recorder !== undefined) activity.push(recorder.result());
    recorder = undefined;
  });
  return activity;
}

/** Executes a block by EthereumJS's own `runBlock`, which verifies it. */
export async function runOnLibrary(
  { vm, common }: LibraryMachine,
  block: Block,
  { mustAnswer }: RequestRules,
): Promise<ExecutedBlock> {
  const activity = recordActivity(vm);
  const checkQueues = mustAnswer ? watchRequestQueues(vm) : () => {};
  const { results } = await runBlock(vm, {
    block,
    skipHeaderValidation: true,
    skipHardForkValidation: !common.gteHardfork(Hardfork.Paris),
  });
  checkQueues();
  const { header } = block;
  const baseFee = header.baseFeePerGas;
  const blobBaseFee = header.excessBlobGas === undefined ? undefined : header.getBlobGasPrice();
  const senders = block.transactions.map((tx) => tx.getSenderAddress());
  let gasUsedBefore = 0n;
  const receipts = results.map((ran, i) => {
    const tx = block.transactions[i] as (typeof block.transactions)[number];
    const sender = senders[i] as (typeof senders)[number];
    const result = resultFromLibrary(ran, { common, intrinsicGas: 0n });
    const receipt = receiptFromResult({ tx, sender, result, gasUsedBefore, baseFee, blobBaseFee });
    gasUsedBefore = receipt.cumulativeGasUsed;
    return receipt;
  });
  return { block, hash: block.hash(), receipts, senders, activity, stateRoot: header.stateRoot };
}
