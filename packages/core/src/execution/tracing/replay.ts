import type { TypedTransaction } from '@ethereumjs/tx';
import type { Address } from '@ethereumjs/util';
import type { ExecutedBlock } from '../../blocks/executedBlock.ts';
import type { StateView } from '../../state/stateView.ts';
import type { Machine, TransactionResult } from '../engine/machine.ts';
import { type ExecutionModules, paceOf } from '../environment.ts';
import { startBlock } from '../systemCalls.ts';
import type { TraceObserver } from '../traceObserver.ts';

/** A block being executed again, one transaction at a time. */
export interface Replay {
  readonly machine: Machine;
  /** Runs the next transaction. @param observer is told what it does. */
  next(observer?: TraceObserver): Promise<TransactionResult>;
  /** The state as it is now. */
  view(): Promise<StateView>;
}

/** The state as a machine has left it so far. */
export async function viewOf(machine: Machine): Promise<StateView> {
  await machine.stateRoot();
  return machine.state.view();
}

/** Opens a block's parent state and does what the block did before its first transaction; an impersonated contract may send. */
export async function openReplay(
  modules: ExecutionModules,
  executed: Pick<ExecutedBlock, 'block' | 'senders'>,
  use?: { readonly onLibrary: boolean },
): Promise<Replay> {
  const { block } = executed;
  const { header } = block;
  const parent = await modules.chain.require({ hash: header.parentHash });
  const options = {
    state: modules.stateStore.open(parent.stateRoot),
    common: block.common,
    pace: paceOf(modules),
    blockHash: (number: bigint) => modules.chain.ancestorHash(parent, number),
  };
  const machine = await modules.machines.open(options, use);
  await startBlock(machine, header);
  let index = 0;
  let gasUsedBefore = 0n;
  return {
    machine,
    view: () => viewOf(machine),
    next: async (observer) => {
      const tx = block.transactions[index] as TypedTransaction;
      const sender = executed.senders[index] as Address;
      index++;
      const result = await machine.run({
        ...{ fields: tx, typed: () => tx, sender, header, gasUsedBefore, anySender: true },
        ...(observer === undefined ? {} : { observer }),
      });
      gasUsedBefore += result.gasUsed;
      return result;
    },
  };
}
