import type { BlockStore } from '../blocks/blockStore.ts';
import type { ExecutedBlock } from '../blocks/executedBlock.ts';
import type { BlockRun } from '../blocks/runs/blockRun.ts';

/** Of a run only so many blocks are listed, those nearest to the head. */
export const LISTED_BLOCKS = 256;

/** Blocks of a run that join or leave the canonical chain together: all after one number. */
interface RunPart {
  readonly run: BlockRun;
  /** Last block that is canonical afterwards. */
  readonly canonicalLast: number;
}

/** What leaves the canonical chain and what joins it when the head moves. */
export interface HeadPath {
  /** Oldest first; of a run only the last ones. */
  readonly added: readonly ExecutedBlock[];
  /** Newest first; of a run only the last ones. */
  readonly removed: readonly ExecutedBlock[];
  readonly runs: readonly RunPart[];
  /** Height at which the chain begins afterwards, where nothing is known of what is below; undefined: as before. */
  readonly base?: bigint;
}

const isOrdinary = (blocks: BlockStore, { hash }: ExecutedBlock): boolean => blocks.isStored(hash);

/** Down from a block of a run, as far as it is not canonical. @returns the first block that is no part of that. */
function leaveRun(
  blocks: BlockStore,
  target: ExecutedBlock,
  added: ExecutedBlock[],
): [ExecutedBlock, RunPart] | undefined {
  const place = blocks.runs.find(target.hash);
  if (place === undefined) return undefined;
  const { run, number } = place;
  const lowest = Math.max(run.first, run.canonicalLast + 1);
  for (let at = number; at >= Math.max(lowest, number - LISTED_BLOCKS + 1); at--) {
    added.push(at === number ? target : blocks.runs.block(run, at));
  }
  const { parentHash } = blocks.runs.block(run, lowest).block.header;
  return [blocks.get(parentHash) as ExecutedBlock, { run, canonicalLast: number }];
}

/** Down from a block to the canonical chain. @returns the first that is canonical; undefined where the branch ends before. */
function descend(blocks: BlockStore, target: ExecutedBlock, line: readonly ExecutedBlock[]) {
  const added: ExecutedBlock[] = [];
  const runs: RunPart[] = [];
  const below = new Map(line.map((block) => [block.block.header.number, block]));
  let ancestor: ExecutedBlock | undefined = target;
  while (ancestor !== undefined && !blocks.isCanonical(ancestor)) {
    const left: readonly [ExecutedBlock, RunPart] | undefined = isOrdinary(blocks, ancestor)
      ? undefined
      : leaveRun(blocks, ancestor, added);
    if (left === undefined) {
      added.push(ancestor);
      const { number, parentHash }: ExecutedBlock['block']['header'] = ancestor.block.header;
      ancestor = below.get(number - 1n) ?? blocks.get(parentHash);
    } else {
      ancestor = left[0];
      runs.push(left[1]);
    }
  }
  return { added, runs, ancestor };
}

/** A genesis is only replaced by another. */
function baseAfter(blocks: BlockStore, fork: bigint | undefined, lowest: bigint): bigint | undefined {
  if (fork === undefined) return lowest;
  return fork < blocks.base ? 0n : undefined;
}

/**
 * @param head that is left. What was pruned is not among the path.
 * @param line up to the target, lowest first, of blocks that need not name each other by their hashes.
 */
export function pathBetween(
  blocks: BlockStore,
  head: ExecutedBlock,
  target: ExecutedBlock,
  line: readonly ExecutedBlock[] = [],
): HeadPath {
  const removed: ExecutedBlock[] = [];
  const { added, runs, ancestor } = descend(blocks, target, line);
  const base = baseAfter(blocks, ancestor?.block.header.number, added.at(-1)?.block.header.number ?? 0n);
  const fork = ancestor?.block.header.number ?? 0n;
  for (let height = head.block.header.number; height > fork && height >= blocks.oldest; ) {
    const run = blocks.runs.canonicalRun(Number(height));
    if (run === undefined) {
      removed.push(blocks.canonicalAt(height) as ExecutedBlock);
      height--;
      continue;
    }
    const lowest = Math.max(run.first, Number(fork) + 1);
    for (let at = Number(height); at >= Math.max(lowest, Number(height) - LISTED_BLOCKS + 1); at--) {
      removed.push(blocks.runs.block(run, at));
    }
    runs.push({ run, canonicalLast: lowest - 1 });
    height = BigInt(lowest - 1);
  }
  return { added: added.reverse(), removed, runs, ...(base === undefined ? {} : { base }) };
}

/** Stages it, with the new head. */
export function stagePath(blocks: BlockStore, { added, removed, runs, base }: HeadPath, head: ExecutedBlock): void {
  for (const block of removed) if (isOrdinary(blocks, block)) blocks.removeCanonical(block);
  for (const { run, canonicalLast } of runs) blocks.runs.put({ ...run, canonicalLast });
  for (const block of added) if (isOrdinary(blocks, block)) blocks.addCanonical(block);
  blocks.putHead(head.hash);
  if (base !== undefined) blocks.putBase(base);
}

/** Stages that what left is forgotten for good. */
export function forgetRemoved(blocks: BlockStore, { removed, runs }: HeadPath): void {
  for (const block of removed) if (isOrdinary(blocks, block)) blocks.delete(block);
  for (const { run, canonicalLast } of runs) {
    if (canonicalLast < run.canonicalLast) blocks.runs.truncate({ ...run, canonicalLast }, canonicalLast);
  }
}
