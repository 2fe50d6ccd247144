import type { BlockRef } from '../../blocks/blockTag.ts';
import type { ExecutedBlock } from '../../blocks/executedBlock.ts';
import { type ExecutionModules, gasCapOf, paceOf } from '../environment.ts';
import { executionError } from '../faults.ts';
import { openVm } from '../openVm.ts';
import { planBlocks } from './blockPlan.ts';
import { simulateBlock } from './simulateBlock.ts';
import type { SimulatedBlock, SimulatePayload } from './simulateTypes.ts';

/**
 * `eth_simulateV1`: a chain of blocks on top of a real one, each with its own overrides and calls, sealed as if it were mined.
 * @throws ExecutionError SIMULATION_REFUSED, OVERRIDE_INVALID, TIMED_OUT.
 * @example simulate(modules, { blockStateCalls: [{ calls: [{ from, to }] }], traceTransfers: false, validation: false }, LATEST)
 */
export async function simulate(
  modules: ExecutionModules,
  payload: SimulatePayload,
  at: BlockRef,
): Promise<SimulatedBlock[]> {
  const base = await modules.chain.get(at);
  if (base === undefined) {
    throw executionError({ code: 'SIMULATION_REFUSED', rpcCode: -32000, detail: 'header not found' });
  }
  const plans = planBlocks(base.block.header, payload.blockStateCalls);
  const commonOf = (plan: (typeof plans)[number]) => modules.hardforks.callCommonAt(plan.number, plan.timestamp);
  const state = modules.stateStore.open(base.stateRoot);
  const simulated: SimulatedBlock[] = [];
  const hashes = new Map<bigint, Uint8Array>();
  let parent: ExecutedBlock = base;
  const pace = paceOf(modules);
  let gasBudget = gasCapOf(modules.limits);
  for (const plan of plans) {
    const vm = await openVm({
      state,
      common: commonOf(plan),
      pace,
      blockHash: async (number) => hashes.get(number) ?? modules.chain.ancestorHash(base, number),
    });
    const done = await simulateBlock(plan, { ...payload, vm, parent, gasBudget });
    simulated.push(done);
    parent = done.block;
    hashes.set(plan.number, parent.hash);
    gasBudget -= parent.block.header.gasUsed;
  }
  return simulated;
}
