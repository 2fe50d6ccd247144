import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Common, Hardfork } from '@ethereumjs/common';
import type { BlockStore } from '../blocks/blockStore.ts';
import type { ExecutedBlock } from '../blocks/executedBlock.ts';
import { type BlockRun, ringsUnder } from '../blocks/runs/blockRun.ts';
import { FIELD, shortestBytes } from '../blocks/runs/headerTemplate.ts';
import type { Hardforks } from '../contract.ts';
import type { Pause } from '../state/ringKernel.ts';
import type { StateStore } from '../state/stateStore.ts';
import { isQuiet } from './emptyBlock.ts';
import { openWorker, type RunPoint } from './runWorker.ts';

/** Fewer are made one by one. */
export const LEAST_RUN = 32;
/** How long it works before others get a turn, milliseconds. */
const TURN_MS = 4;
/** A step is 64 blocks at most; of small ones so many go by between two looks at the clock. */
const STEPS_A_CHECK = 4;
/** Blocks that are worked out in one step. */
const SLICE = 32;
/** Blocks whose parts are written at once. */
const BATCH = 65_536;
const HASH_BYTES = 32;

interface RunModules {
  readonly blocks: BlockStore;
  readonly stateStore: StateStore;
  readonly hardforks: Hardforks;
  /** Writes what is staged. */
  readonly commit: () => Promise<void>;
}

interface RunOptions {
  /** An empty block with the environment of those to come. */
  readonly parent: ExecutedBlock;
  readonly count: number;
  /** Seconds between the blocks. */
  readonly spacing: bigint;
}

/** Whether blocks of the same kind can follow a block, with nothing in their headers that depends on more than their number. */
function isTemplate({ block }: ExecutedBlock): boolean {
  const { header } = block;
  const isEmpty = block.transactions.length === 0 && (block.withdrawals?.length ?? 0) === 0;
  return isEmpty && (header.excessBlobGas ?? 0n) === 0n && header.gasLimit > 1n;
}

async function isUneventful(
  { parent, count, spacing }: RunOptions,
  common: Common,
  { hardforks, stateStore }: RunModules,
): Promise<boolean> {
  const { number, timestamp, requestsHash } = parent.block.header;
  const [last, end] = [number + BigInt(count), timestamp + spacing * BigInt(count)];
  if (end > BigInt(Number.MAX_SAFE_INTEGER) || last > BigInt(Number.MAX_SAFE_INTEGER)) return false;
  if (hardforks.nameAt(number, timestamp) !== hardforks.nameAt(last, end)) return false;
  if (parent.block.common.chainId() !== common.chainId()) return false;
  const state = stateStore.open(parent.stateRoot);
  return (requestsHash !== undefined || !common.isActivatedEIP(7685)) && isQuiet({ state, common });
}

/** @returns undefined when the blocks are not so alike that they can be a run. */
export async function planRun(options: RunOptions, modules: RunModules): Promise<BlockRun | undefined> {
  const { parent, count, spacing } = options;
  const { header } = parent.block;
  const first = header.number + 1n;
  const time = header.timestamp + spacing;
  const common = modules.hardforks.commonAt(first, time);
  if (!isTemplate(parent) || !(await isUneventful(options, common, modules))) return undefined;
  const fields: Uint8Array[] = header.raw().map((field) => Uint8Array.from(field as Uint8Array));
  fields[FIELD.parentHash] = parent.hash;
  if (header.baseFeePerGas !== undefined) fields[FIELD.baseFee] = shortest(header.calcNextBaseFee());
  return {
    id: modules.blocks.runs.freeId(Number(first), parent.hash),
    first: Number(first),
    last: Number(first) + count - 1,
    canonicalLast: Number(first) - 1,
    chainId: common.chainId(),
    baseRoot: parent.stateRoot,
    timestamp: Number(time),
    spacing: Number(spacing),
    header: fields,
    isMerged: common.gteHardfork(Hardfork.Paris),
    rings: ringsUnder(common),
  };
}

const shortest = (value: bigint): Uint8Array => {
  if (value <= BigInt(Number.MAX_SAFE_INTEGER)) return shortestBytes(Number(value));
  const hex = value.toString(16);
  return Uint8Array.from(Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex'));
};

/** Lets others have their turn when it has worked long enough. */
function createPause(): Pause {
  let began = performance.now();
  let steps = 0;
  const rest = async (): Promise<void> => {
    await nextTurn();
    began = performance.now();
  };
  return () => {
    if (++steps % STEPS_A_CHECK !== 0 || performance.now() - began < TURN_MS) return undefined;
    return rest();
  };
}

interface Working extends RunModules {
  readonly pause: Pause;
  readonly isPlain: boolean;
}

/** @returns whether it came to the end. */
async function workOut(run: BlockRun, { blocks, stateStore, commit, pause, isPlain }: Working): Promise<boolean> {
  const writer = blocks.runs.writer(run);
  let point: RunPoint = {
    number: run.first,
    parentHash: run.header[FIELD.parentHash] as Uint8Array,
    stateRoot: run.baseRoot,
  };
  let written = run.first;
  while (point.number <= run.last) {
    const worker = await openWorker(run, point, { stateStore, pause, isPlain });
    while (point.number <= worker.last) {
      const worked = worker.work(Math.min(SLICE, worker.last - point.number + 1));
      if (worked === undefined) return false;
      const { roots, hashes } = worked;
      const next = point.number + writer.add(point.parentHash, roots, hashes);
      const last = roots.length - HASH_BYTES;
      point = { number: next, parentHash: hashes.slice(last), stateRoot: roots.slice(last) };
      await pause();
      if (point.number - written < BATCH) continue;
      await commit();
      written = point.number;
    }
    await worker.store();
  }
  writer.end();
  return true;
}

/**
 * Works out a run's state roots and hashes, one after the other, since each holds the one before; inside the lane, in turns
 * with those who read. Its parts, and its last state, are staged.
 */
export async function workOutRun(run: BlockRun, modules: RunModules): Promise<void> {
  modules.stateStore.keepWhole([run.baseRoot]);
  const working = { ...modules, pause: createPause() };
  if (!(await workOut(run, { ...working, isPlain: false }))) await workOut(run, { ...working, isPlain: true });
  modules.blocks.runs.put(run);
}
