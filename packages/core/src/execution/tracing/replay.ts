import type { TypedTransaction } from '@ethereumjs/tx';
import type { Address } from '@ethereumjs/util';
import type { MessageObserver } from '@minichain/evm';
import type { ExecutedBlock } from '../../blocks/executedBlock.ts';
import { type LibraryMachine, openLibraryMachine } from '../engine/libraryMachine.ts';
import type { Machine, TransactionResult } from '../engine/machine.ts';
import { type ExecutionModules, paceOf } from '../environment.ts';
import type { OpenVmOptions } from '../openVm.ts';
import { startBlock } from '../systemCalls.ts';

/** A block being executed again, one transaction at a time. */
export interface Replay<M extends Machine = Machine> {
  readonly machine: M;
  /** Runs the next transaction. @param observer is told of its messages, where the machine tells of them. */
  next(observer?: MessageObserver): Promise<TransactionResult>;
}

/** Opens a block's parent state and does what the block did before its first transaction; an impersonated contract may send. */
export async function openReplay<M extends Machine>(
  modules: ExecutionModules,
  executed: ExecutedBlock,
  open: (options: OpenVmOptions) => Promise<M>,
): Promise<Replay<M>> {
  const { block } = executed;
  const { header } = block;
  const parent = await modules.chain.require({ hash: header.parentHash });
  const machine = await open({
    state: modules.stateStore.open(parent.stateRoot),
    common: block.common,
    pace: paceOf(modules),
    blockHash: (number) => modules.chain.ancestorHash(parent, number),
  });
  await startBlock(machine, header);
  let index = 0;
  let gasUsedBefore = 0n;
  return {
    machine,
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

/** The same on EthereumJS, whose opcodes can be listened to. */
export function openTracedReplay(modules: ExecutionModules, executed: ExecutedBlock): Promise<Replay<LibraryMachine>> {
  return openReplay(modules, executed, openLibraryMachine);
}
