import type { Address } from '@ethereumjs/util';
import type { ExecutedBlock } from '../../blocks/executedBlock.ts';
import type { ExecutionModules } from '../environment.ts';
import { executionError } from '../faults.ts';
import { openReplay, type Replay } from './replay.ts';
import type { AccountWithin, PlaceWithin } from './traceTypes.ts';

async function replayTo<T>(
  modules: ExecutionModules,
  { executed, index }: PlaceWithin,
  look: (replay: Replay) => Promise<T>,
): Promise<T> {
  const { transactions, header } = executed.block;
  if (index > transactions.length) {
    const detail = `transaction index ${index} out of range: block ${header.number} has ${transactions.length}`;
    throw executionError({ code: 'CALL_INVALID', detail });
  }
  const replay = await openReplay(modules, executed);
  try {
    for (let i = 0; i < index; i++) await replay.next();
    return await look(replay);
  } finally {
    replay.machine.close();
  }
}

/** The block as if it had ended there: calls can run on its state, for as long as it is one of the last that were made. */
export async function blockWithin(modules: ExecutionModules, place: PlaceWithin): Promise<ExecutedBlock> {
  // The genesis is not executed.
  if (place.executed.block.header.number === 0n && place.index === 0) return place.executed;
  return replayTo(modules, place, async ({ machine }) => {
    const stateRoot = await machine.stateRoot();
    machine.state.publish();
    return { ...place.executed, stateRoot };
  });
}

/** `debug_accountInfoAt`. @throws ExecutionError CALL_INVALID for a place that is not there. */
export function accountWithin(modules: ExecutionModules, place: PlaceWithin, address: Address): Promise<AccountWithin> {
  return replayTo(modules, place, async ({ machine }) => {
    const { nonce = 0n, balance = 0n } = (await machine.account(address)) ?? {};
    return { nonce, balance, code: (await machine.code(address)).slice() };
  });
}

/** `debug_intermediateRoots`: the root of the state after each of the block's transactions. */
export function intermediateRoots(modules: ExecutionModules, executed: ExecutedBlock): Promise<Uint8Array[]> {
  return replayTo(modules, { executed, index: 0 }, async ({ machine, next }) => {
    const roots: Uint8Array[] = [];
    for (const _ of executed.block.transactions) {
      await next();
      roots.push(await machine.stateRoot());
    }
    return roots;
  });
}
