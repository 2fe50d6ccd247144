import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Common, Hardfork } from '@ethereumjs/common';
import { equalsBytes } from '@ethereumjs/util';
import type { BlockStore } from '../blocks/blockStore.ts';
import type { ExecutedBlock } from '../blocks/executedBlock.ts';
import { blockError } from '../blocks/faults.ts';
import { type BlockRun, RunHeaders, ringsUnder, timestampIn } from '../blocks/runs/blockRun.ts';
import { FIELD, shortestBytes } from '../blocks/runs/headerTemplate.ts';
import type { Hardforks } from '../contract.ts';
import type { StateStore } from '../state/stateStore.ts';
import { isQuiet } from './emptyBlock.ts';

/** Fewer are made one by one. */
export const LEAST_RUN = 32;
/** How long it works before others get a turn, milliseconds. */
const TURN_MS = 8;
const BLOCKS_A_CHECK = 32;
/** Before so many more it pays to prepare for speed, which is possible once each ring has turned. */
const TURN_BLOCKS = 8191;
/** Blocks whose parts are written at once. */
const BATCH = 65_536;

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

/**
 * Works out a run's state roots and hashes, one after the other, since each holds the one before; inside the lane, in turns
 * with those who read. Its parts, and its last state, are staged.
 */
export async function workOutRun(run: BlockRun, { blocks, stateStore, commit }: RunModules): Promise<void> {
  const rings = stateStore.rings(run.baseRoot, run.rings);
  const headers = new RunHeaders(run);
  const writer = blocks.runs.writer(run);
  let parentHash = run.header[FIELD.parentHash] as Uint8Array;
  let stateRoot = run.baseRoot;
  let began = performance.now();
  for (let number = run.first; number <= run.last; number++) {
    const done = number - run.first;
    if (done % TURN_BLOCKS === 0 && run.last - number > TURN_BLOCKS) rings.heat();
    rings.apply({ number, timestamp: timestampIn(run, number), parentHash });
    stateRoot = rings.root();
    const hash = headers.fill(number, parentHash, stateRoot);
    writer.add(parentHash, stateRoot, hash);
    parentHash = hash;
    if (done % BATCH === BATCH - 1) await commit();
    if (done % BLOCKS_A_CHECK !== 0 || performance.now() - began < TURN_MS) continue;
    await nextTurn();
    began = performance.now();
  }
  writer.end();
  blocks.runs.put(run);
  const stored = stateStore.storeRings(blocks.runs.planOf({ run, number: run.last }));
  if (equalsBytes(stored, stateRoot)) return;
  throw blockError({
    code: 'BLOCK_INVALID',
    detail: `state of block ${run.last} was worked out in two ways and differs`,
  });
}
