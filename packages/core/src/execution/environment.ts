import type { BlockHeader } from '@ethereumjs/block';
import type { Common } from '@ethereumjs/common';
import type { BlockRef } from '../blocks/blockTag.ts';
import type { ExecutedBlock } from '../blocks/executedBlock.ts';
import type { Hardforks } from '../contract.ts';
import type { ChainEvents } from '../events.ts';
import type { StateStore } from '../state/stateStore.ts';
import type { Machines } from './engine/createMachines.ts';
import type { LibraryMachine } from './engine/libraryMachine.ts';
import type { Machine } from './engine/machine.ts';
import { environmentHeader } from './environmentHeader.ts';
import type { ExecutionLimits } from './limits.ts';
import type { OpenVmOptions } from './openVm.ts';
import { openLibraryOverridden, openOverridden } from './overrides.ts';
import { Pace } from './pace.ts';
import type { Overrides } from './request.ts';

/** What the execution room reads of the chain. */
export interface ExecutionModules {
  readonly chain: {
    get(ref: BlockRef): Promise<ExecutedBlock | undefined>;
    require(ref: BlockRef): Promise<ExecutedBlock>;
    ancestorHash(from: ExecutedBlock, number: bigint): Uint8Array | undefined;
  };
  readonly stateStore: StateStore;
  readonly machines: Machines;
  readonly hardforks: Hardforks;
  readonly events: ChainEvents;
  /** Read with each request: they may change while the chain runs. */
  readonly limits: Readonly<ExecutionLimits>;
}

/** A machine on some block's state, with that block's environment, maybe overridden. Closed after use. */
export interface Environment<M extends Machine = Machine> {
  readonly machine: M;
  readonly common: Common;
  readonly header: BlockHeader;
  readonly executed: ExecutedBlock;
}

/** The pace of one request. */
export const paceOf = ({ limits }: Pick<ExecutionModules, 'limits'>): Pace => new Pace(limits.callTimeoutMs);

/** What the library counts gas up to, even where EIP-7825 does not hold. */
const MOST_GAS = BigInt(Number.MAX_SAFE_INTEGER);

/** Most gas that a request may use. */
export const gasCapOf = ({ callGasCap }: Pick<ExecutionLimits, 'callGasCap'>): bigint =>
  callGasCap > 0n && callGasCap < MOST_GAS ? callGasCap : MOST_GAS;

/** Gas that a request runs with: what it asks for, else its block's; at most the cap, without a word, as in geth. */
export function gasOf(asked: bigint | undefined, header: BlockHeader, limits: ExecutionLimits): bigint {
  const [gas, cap] = [asked ?? header.gasLimit, gasCapOf(limits)];
  return gas > cap ? cap : gas;
}

interface World {
  readonly executed: ExecutedBlock;
  readonly header: BlockHeader;
  readonly options: OpenVmOptions;
}

async function openWorld(modules: ExecutionModules, at: BlockRef, overrides: Overrides, pace: Pace): Promise<World> {
  const executed = await modules.chain.require(at);
  const base = executed.block.header;
  const { block = {} } = overrides;
  const common = modules.hardforks.callCommonAt(block.number ?? base.number, block.timestamp ?? base.timestamp);
  return {
    executed,
    header: environmentHeader(base, block, common),
    options: {
      state: modules.stateStore.open(executed.stateRoot),
      common,
      pace,
      blockHash: (number) => block.blockHashes?.get(number) ?? modules.chain.ancestorHash(executed, number),
    },
  };
}

/**
 * Opens a machine as a call at that block sees the world: after its transactions, in its environment.
 * @param pace shared by all the environments of one request.
 * @throws BlockError BLOCK_NOT_FOUND; ExecutionError OVERRIDE_INVALID.
 */
export async function openEnvironment(
  modules: ExecutionModules,
  at: BlockRef,
  overrides: Overrides = {},
  pace: Pace = paceOf(modules),
): Promise<Environment> {
  const { executed, header, options } = await openWorld(modules, at, overrides, pace);
  const machine = await openOverridden(modules.machines, options, overrides.state);
  return { machine, common: options.common, executed, header };
}

/** The same on EthereumJS, for whoever listens to its opcodes or asks for what only it tells. */
export async function openLibraryEnvironment(
  modules: ExecutionModules,
  at: BlockRef,
  overrides: Overrides = {},
  pace: Pace = paceOf(modules),
): Promise<Environment<LibraryMachine>> {
  const { executed, header, options } = await openWorld(modules, at, overrides, pace);
  const machine = await openLibraryOverridden(options, overrides.state);
  return { machine, common: options.common, executed, header };
}
