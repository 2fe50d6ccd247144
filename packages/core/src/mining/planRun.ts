import { type Common, Hardfork } from '@ethereumjs/common';
import type { BlockStore } from '../blocks/blockStore.ts';
import type { ExecutedBlock } from '../blocks/executedBlock.ts';
import { type BlockRun, ringsUnder } from '../blocks/runs/blockRun.ts';
import { FIELD, shortestBytes } from '../blocks/runs/headerTemplate.ts';
import type { Hardforks } from '../contract.ts';
import type { StateStore } from '../state/stateStore.ts';
import { isQuiet } from './emptyBlock.ts';

interface PlanModules {
  readonly blocks: BlockStore;
  readonly stateStore: StateStore;
  readonly hardforks: Hardforks;
}

interface RunOptions {
  /** An empty block with the environment of those to come. */
  readonly parent: ExecutedBlock;
  readonly count: number;
  /** Of the first, seconds. */
  readonly time: bigint;
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
  { parent, count, time, spacing }: RunOptions,
  common: Common,
  { hardforks, stateStore }: PlanModules,
): Promise<boolean> {
  const { number, timestamp, requestsHash } = parent.block.header;
  const [last, end] = [number + BigInt(count), time + spacing * BigInt(count - 1)];
  if (end > BigInt(Number.MAX_SAFE_INTEGER) || last > BigInt(Number.MAX_SAFE_INTEGER)) return false;
  if (hardforks.nameAt(number, timestamp) !== hardforks.nameAt(last, end)) return false;
  if (parent.block.common.chainId() !== common.chainId()) return false;
  const state = stateStore.open(parent.stateRoot);
  return (requestsHash !== undefined || !common.isActivatedEIP(7685)) && isQuiet({ state, common });
}

/**
 * What blocks on a parent are, but for what follows from the hashes before them.
 * @returns undefined when the blocks are not so alike that they can be a run.
 */
export async function planRun(options: RunOptions, modules: PlanModules): Promise<BlockRun | undefined> {
  const { parent, count, time, spacing } = options;
  const { header } = parent.block;
  const first = header.number + 1n;
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
