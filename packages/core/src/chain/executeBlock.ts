import type { Block } from '@ethereumjs/block';
import { Hardfork } from '@ethereumjs/common';
import { bytesToHex } from '@ethereumjs/util';
import { runBlock, type VM } from '@ethereumjs/vm';
import type { Activity, ExecutedBlock } from '../blocks/executedBlock.ts';
import { BlockError, blockError } from '../blocks/faults.ts';
import { ActivityRecorder } from '../execution/activityRecorder.ts';
import { resultFromLibrary } from '../execution/engine/libraryMachine.ts';
import { type BlockHashLookup, openVm } from '../execution/openVm.ts';
import { receiptFromResult } from '../execution/receipt.ts';
import { watchRequestQueues } from '../execution/systemCalls.ts';
import type { OpenState, StateStore } from '../state/stateStore.ts';
import { reasonFromLibrary } from '../transactions/txData.ts';
import { verifyHeader } from './verifyHeader.ts';

interface ExecuteModules {
  readonly stateStore: StateStore;
  readonly blockHash: BlockHashLookup;
  /** Whether a block needs the queue contracts of EIP-7002 and EIP-7251; a chain without system contracts does not. */
  readonly requireSystemContracts: boolean;
}

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

/**
 * Verifies a block from outside and executes it on its parent: header, transactions, every root, gas and bloom.
 * @returns the executed block with its unflushed state.
 * @throws BlockError BLOCK_INVALID.
 */
export async function executeBlock(
  block: Block,
  parent: ExecutedBlock,
  modules: ExecuteModules,
): Promise<{ executed: ExecutedBlock; state: OpenState }> {
  verifyHeader(block.header, parent.block.header);
  const { common } = block;
  const state = modules.stateStore.open(parent.stateRoot);
  const vm = await openVm({ state, common, blockHash: modules.blockHash });
  try {
    const activity = recordActivity(vm);
    const checkQueues = modules.requireSystemContracts ? watchRequestQueues(vm) : () => {};
    const { results } = await runBlock(vm, {
      block,
      skipHeaderValidation: true,
      skipHardForkValidation: !common.gteHardfork(Hardfork.Paris),
      validateBlockSize: common.isActivatedEIP(7934),
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
    return { executed: { block, hash: block.hash(), receipts, senders, activity, stateRoot: header.stateRoot }, state };
  } catch (error) {
    if (error instanceof BlockError) throw error;
    const detail = `${reasonFromLibrary(error)} (block ${block.header.number}, ${bytesToHex(block.hash())})`;
    throw blockError({ code: 'BLOCK_INVALID', detail }, { cause: error });
  }
}
