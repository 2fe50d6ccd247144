import { type Address, equalsBytes } from '@ethereumjs/util';
import type { BlockStore } from '../blocks/blockStore.ts';
import type { ExecutedBlock } from '../blocks/executedBlock.ts';
import type { Clock } from '../clock.ts';
import type { Hardforks, MineOptions } from '../contract.ts';
import type { Lane } from '../lane.ts';
import type { Pool } from '../pool/pool.ts';
import type { StateStore } from '../state/stateStore.ts';
import type { Fees } from '../transactions/fees.ts';
import { planRun } from './planRun.ts';
import type { RunAhead } from './runAhead.ts';

/** Fewer blocks are made one by one. */
const LEAST_RUN = 32;
const NONE = new Uint8Array();

interface MineModules {
  readonly ahead: RunAhead;
  readonly blocks: BlockStore;
  readonly clock: Clock;
  readonly fees: Fees;
  readonly hardforks: Hardforks;
  readonly lane: Lane;
  readonly pool: Pool;
  readonly stateStore: StateStore;
}

/** What blocks are made by, one by one, and in what environment. */
interface Maker {
  seal(): Promise<ExecutedBlock | undefined>;
  readonly gasLimit: bigint;
  readonly coinbase: Address;
  /** Whether something was set for the next block alone. */
  readonly isNextAlone: boolean;
  readonly extraData: Uint8Array | undefined;
}

/** The last block of those that a call has made. */
export interface MinedTo {
  readonly number: bigint;
  /** Left out when it is yet to be worked out. */
  readonly block?: ExecutedBlock;
}

/** Whether nothing but number and time can tell the next blocks from one. */
function isLike({ block }: Pick<ExecutedBlock, 'block'>, { pool, fees }: MineModules, maker: Maker): boolean {
  if (pool.hasReady || fees.isSetForNext || maker.isNextAlone) return false;
  const { gasLimit, coinbase, extraData } = block.header;
  return (
    gasLimit === maker.gasLimit && coinbase.equals(maker.coinbase) && equalsBytes(extraData, maker.extraData ?? NONE)
  );
}

interface RestOptions {
  readonly parent: ExecutedBlock;
  readonly count: number;
  readonly interval: bigint;
  /** Of the first, seconds. */
  readonly time: bigint;
}

/** Inside the lane: blocks in which nothing can happen, all at once. @returns undefined when they are not so alike. */
async function recordRun(options: RestOptions, modules: MineModules, maker: Maker): Promise<MinedTo | undefined> {
  const { parent, count, interval, time } = options;
  const { ahead, clock } = modules;
  if (count < LEAST_RUN || !isLike(parent, modules, maker)) return undefined;
  const spacing = interval > 0n ? interval : clock.spacing;
  const run = await planRun({ parent, count, time, spacing }, modules);
  if (run === undefined) return undefined;
  // The clock is as if each had been made by itself: an exact time moves it.
  const before = clock.capture();
  clock.takeNext();
  if (interval > 0n) {
    clock.setNext(time + spacing * BigInt(count - 1));
    clock.takeNext();
  }
  try {
    await ahead.record(run);
  } catch (error) {
    clock.restore(before);
    throw error;
  }
  return { number: BigInt(run.last) };
}

/** Inside the lane, on blocks that are yet to be worked out. @returns undefined when these have to be there first. */
async function mineAhead(options: MineOptions, modules: MineModules, maker: Maker): Promise<MinedTo | undefined> {
  const { blocks = 1, interval = 0n, timestamp, spaceFirst = false } = options;
  const { ahead, clock } = modules;
  const { tip } = ahead;
  if (tip === undefined || blocks < LEAST_RUN) return undefined;
  const before = clock.capture();
  if (timestamp !== undefined) clock.setNext(timestamp);
  else if (spaceFirst && interval > 0n) clock.setNext(tip.block.header.timestamp + interval);
  const mined = await recordRun({ parent: tip, count: blocks, interval, time: clock.peekNext() }, modules, maker);
  if (mined === undefined) clock.restore(before);
  return mined;
}

/** What is left after a block, if nothing can happen in it. */
function recordRest(parent: ExecutedBlock, count: number, interval: bigint, modules: MineModules, maker: Maker) {
  const spacing = interval > 0n ? interval : modules.clock.spacing;
  return recordRun({ parent, count, interval, time: parent.block.header.timestamp + spacing }, modules, maker);
}

async function mineNow(options: MineOptions, modules: MineModules, maker: Maker): Promise<MinedTo | undefined> {
  const { blocks = 1, interval = 0n, timestamp, spaceFirst = false } = options;
  const { clock } = modules;
  if (blocks === 0) return undefined;
  if (timestamp !== undefined) clock.setNext(timestamp);
  else if (spaceFirst && interval > 0n) clock.setNext(clock.headTime + interval);
  let last = await maker.seal();
  for (let made = 1; made < blocks && last !== undefined; made++) {
    const mined = await recordRest(last, blocks - made, interval, modules, maker);
    if (mined !== undefined) return mined;
    if (interval > 0n) clock.setNext(clock.headTime + interval);
    last = await maker.seal();
  }
  return last === undefined ? undefined : { number: last.block.header.number, block: last };
}

/** Makes blocks; of many that are empty it only says that they are there, and they are worked out behind. */
export async function mineBlocks(
  options: MineOptions,
  modules: MineModules,
  maker: Maker,
): Promise<MinedTo | undefined> {
  const { ahead, lane } = modules;
  // Whoever waits for what is worked out must not wait for more and more.
  if (ahead.tip !== undefined && !lane.isAwaited) {
    const mined = await lane.run(() => mineAhead(options, modules, maker), { isUrgent: true });
    if (mined !== undefined) return mined;
  }
  return lane.run(() => mineNow(options, modules, maker));
}
