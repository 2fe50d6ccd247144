import { type BlockRange, type CheckResult, checkChain, resolveRange, withKeptChain } from '@minichain/core';

/** What a check found, with the range that it looked at. */
export interface CheckReport extends CheckResult {
  readonly from: number;
  readonly to: number;
}

/**
 * Looks whether a data directory is whole, and executes its blocks again; whether a node has it open or not.
 * @param range inclusive; left out: all blocks that are kept.
 * @throws StorageError when it cannot be read; BlockError BLOCK_NOT_FOUND for an end beyond the head.
 * @example (await checkDirectory('./chain', {})).problems
 */
export function checkDirectory(
  path: string,
  range: Partial<BlockRange>,
  onBlocks?: (done: number, total: number) => void,
): Promise<CheckReport> {
  return withKeptChain(path, async (chain) => {
    const { from, to } = resolveRange(chain, range);
    const result = await checkChain(chain, { from, to }, onBlocks);
    return { from: Number(from), to: Number(to), ...result };
  });
}
