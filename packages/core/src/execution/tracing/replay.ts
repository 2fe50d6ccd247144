import type { Block } from '@ethereumjs/block';
import type { TypedTransaction } from '@ethereumjs/tx';
import type { Address } from '@ethereumjs/util';
import { type RunTxResult, runTx, type VM } from '@ethereumjs/vm';
import type { ExecutedBlock } from '../../blocks/executedBlock.ts';
import type { OpenState } from '../../state/stateStore.ts';
import { type ExecutionModules, paceOf } from '../environment.ts';
import { openVm } from '../openVm.ts';
import { startBlock } from '../systemCalls.ts';

/** A block being executed again, one transaction at a time. */
export interface Replay {
  readonly vm: VM;
  readonly state: OpenState;
  /** Runs the next transaction. */
  next(): Promise<RunTxResult>;
}

/** Opens a block's parent state and does what the block did before its first transaction. */
export async function openReplay(modules: ExecutionModules, executed: ExecutedBlock): Promise<Replay> {
  const { block } = executed;
  const parent = await modules.chain.require({ hash: block.header.parentHash });
  const state = modules.stateStore.open(parent.stateRoot);
  const vm = await openVm({
    state,
    common: block.common,
    pace: paceOf(modules),
    blockHash: (number) => modules.chain.ancestorHash(parent, number),
  });
  await startBlock(vm, block.header);
  let index = 0;
  let gasUsed = 0n;
  return {
    vm,
    state,
    next: async () => {
      const tx = block.transactions[index] as TypedTransaction;
      const sender = executed.senders[index] as Address;
      index++;
      const result = await runSent({ vm, state, block, tx, sender, gasUsed });
      gasUsed += result.totalGasSpent;
      return result;
    },
  };
}

interface Sent {
  readonly vm: VM;
  readonly state: OpenState;
  readonly block: Block;
  readonly tx: TypedTransaction;
  readonly sender: Address;
  readonly gasUsed: bigint;
}

/** An impersonated contract may have sent it. */
async function runSent({ vm, state, block, tx, sender, gasUsed }: Sent): Promise<RunTxResult> {
  state.manager.maskSender(sender);
  try {
    return await runTx(vm, { tx, block, blockGasUsed: gasUsed, skipHardForkValidation: true });
  } finally {
    state.manager.unmaskSender();
  }
}
