import type { Common } from '@ethereumjs/common';
import type { BlockRef } from '../../blocks/blockTag.ts';
import type { ExecutedBlock } from '../../blocks/executedBlock.ts';
import { type ExecutionModules, gasCapOf, paceOf } from '../environment.ts';
import { executionError } from '../faults.ts';
import type { OpenVmOptions } from '../openVm.ts';
import { movesPrecompiles, openLibraryOverridden, openOverridden } from '../overrides.ts';
import type { StateOverrides } from '../request.ts';
import { planBlocks } from './blockPlan.ts';
import { simulateBlock } from './simulateBlock.ts';
import type { SimulatedBlock, SimulatePayload } from './simulateTypes.ts';

/** One engine runs all the blocks: EthereumJS where precompiles are moved. */
function opener({ machines }: ExecutionModules, payload: SimulatePayload, commons: readonly Common[]) {
  const moves = payload.blockStateCalls.some(
    ({ stateOverrides }) =>
      stateOverrides !== undefined && commons.some((common) => movesPrecompiles(common, stateOverrides)),
  );
  if (moves) return openLibraryOverridden;
  return (options: OpenVmOptions, overrides: StateOverrides | undefined) =>
    openOverridden(machines, options, overrides);
}

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
  const open = opener(modules, payload, plans.map(commonOf));
  for (const plan of plans) {
    const options = {
      state,
      common: commonOf(plan),
      pace,
      blockHash: (number: bigint) => hashes.get(number) ?? modules.chain.ancestorHash(base, number),
    };
    const machine = await open(options, plan.request.stateOverrides);
    const done = await simulateBlock(plan, { ...payload, machine, parent, gasBudget });
    machine.close();
    simulated.push(done);
    parent = done.block;
    hashes.set(plan.number, parent.hash);
    gasBudget -= parent.block.header.gasUsed;
  }
  return simulated;
}
