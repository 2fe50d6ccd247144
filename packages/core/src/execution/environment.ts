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
import type { BlockOverrides, Overrides } from './request.ts';

/** What the execution room reads of the chain. */
export interface ExecutionModules {
  readonly chain: {
    get(ref: BlockRef): Promise<ExecutedBlock | undefined>;
    require(ref: BlockRef): Promise<ExecutedBlock>;
    ancestorHash(from: ExecutedBlock, number: bigint): Uint8Array | undefined;
  };
  readonly stateStore: StateStore;
  readonly machines: Machines;
  readonly worlds?: SharedWorlds;
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

/** A block as calls see it, before anybody runs anything on it. */
interface World {
  readonly executed: ExecutedBlock;
  readonly header: BlockHeader;
  readonly options: Omit<OpenVmOptions, 'pace'>;
}

/** Blocks that calls go on with at once: the head, and a few that tools go back to. */
const SHARED = 4;

/** The worlds that were called into last, where calls leave no trace and can share them. */
export class SharedWorlds {
  #recent: World[] = [];

  find(executed: ExecutedBlock, common: Common): World | undefined {
    return this.#recent.find((world) => world.executed === executed && world.options.common === common);
  }

  keep(world: World): World {
    this.#recent = [world, ...this.#recent].slice(0, SHARED);
    return world;
  }
}

function openWorld(modules: ExecutionModules, executed: ExecutedBlock, block: BlockOverrides, common: Common): World {
  return {
    executed,
    header: environmentHeader(executed.block.header, block, common),
    options: {
      state: modules.stateStore.open(executed.stateRoot),
      common,
      blockHash: (number) => block.blockHashes?.get(number) ?? modules.chain.ancestorHash(executed, number),
    },
  };
}

function commonFor({ hardforks }: ExecutionModules, { block }: ExecutedBlock, over: BlockOverrides): Common {
  const { number, timestamp } = block.header;
  return hardforks.callCommonAt(over.number ?? number, over.timestamp ?? timestamp);
}

/** A world of its own, or one that calls share where nothing is overridden. */
async function findWorld(modules: ExecutionModules, executed: ExecutedBlock, overrides: Overrides): Promise<World> {
  const { machines, worlds, stateStore } = modules;
  const { block = {}, state } = overrides;
  const common = commonFor(modules, executed, block);
  const isOwn = worlds === undefined || state !== undefined || overrides.block !== undefined;
  if (isOwn || !(await machines.shareStates(common))) return openWorld(modules, executed, block, common);
  const known = worlds.find(executed, common);
  // Its state may have been pruned.
  if (known !== undefined && stateStore.has(executed.stateRoot)) return known;
  return worlds.keep(openWorld(modules, executed, block, common));
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
  return openEnvironmentOn(modules, await modules.chain.require(at), overrides, pace);
}

/** The same for a block that is at hand. */
export async function openEnvironmentOn(
  modules: ExecutionModules,
  block: ExecutedBlock,
  overrides: Overrides = {},
  pace: Pace = paceOf(modules),
): Promise<Environment> {
  const { executed, header, options } = await findWorld(modules, block, overrides);
  const machine = await openOverridden(modules.machines, { ...options, pace }, overrides.state);
  return { machine, common: options.common, executed, header };
}

/** The same on EthereumJS, for whoever listens to its opcodes or asks for what only it tells. */
export async function openLibraryEnvironmentOn(
  modules: ExecutionModules,
  executed: ExecutedBlock,
  overrides: Overrides = {},
  pace: Pace = paceOf(modules),
): Promise<Environment<LibraryMachine>> {
  const { block = {} } = overrides;
  const { header, options } = openWorld(modules, executed, block, commonFor(modules, executed, block));
  const machine = await openLibraryOverridden({ ...options, pace }, overrides.state);
  return { machine, common: options.common, executed, header };
}
