import { setImmediate as nextTurn } from 'node:timers/promises';
import { bytesToHex, equalsBytes } from '@ethereumjs/util';
import { checkContents, findParent, reexecute } from './checkBlock.ts';
import { checkKept } from './checkKept.ts';
import type { BlockRange } from './exportBlocks.ts';
import { type KeptChain, requireHead } from './keptChain.ts';

/** What a check found. */
export interface CheckResult {
  readonly blocks: number;
  /** Blocks that were executed again. */
  readonly executed: number;
  /** Blocks that could not be: the state before them was pruned. */
  readonly statesGone: number;
  /** What is wrong, in words, at most {@link MOST_PROBLEMS}; empty when all is well. */
  readonly problems: readonly string[];
}

/** Then something is wrong with more than blocks, and a check looks no further. */
export const MOST_PROBLEMS = 100;

/** What happens to a block that breaks off its check is what is wrong with it. */
async function problemsOf(work: () => Promise<string[]> | string[]): Promise<string[]> {
  try {
    return await work();
  } catch (error) {
    return [(error as Error).message];
  }
}

function checkHead(chain: KeptChain): string[] {
  const { blocks } = chain;
  const head = requireHead(chain);
  const { number } = head.block.header;
  const found: string[] = [];
  const canonical = blocks.canonicalHash(number);
  if (canonical === undefined || !equalsBytes(canonical, head.hash)) {
    found.push(`the head ${bytesToHex(head.hash)} is not the block at its height ${number}`);
  }
  if (blocks.canonicalHash(number + 1n) !== undefined) found.push(`there is a block above the head ${number}`);
  return found;
}

/**
 * Looks whether a chain is whole: its head, what it keeps besides blocks (see {@link checkKept}), and for each block of a range its hash, its link, its
 * receipts, every index entry, and what executing it again on its parent's state comes to.
 * @param onBlocks told how many were looked at so far.
 * @example await withKeptChain('/data/chain', (chain) => checkChain(chain, { from: 0n, to: 100n }))
 */
export async function checkChain(
  chain: KeptChain,
  { from, to }: BlockRange,
  onBlocks: (done: number, total: number) => void = () => {},
): Promise<CheckResult> {
  const problems = await problemsOf(() => checkHead(chain));
  problems.push(...(await checkKept(chain)));
  let [blocks, executed, statesGone] = [0, 0, 0];
  const checkBlock = async (number: bigint): Promise<string[]> => {
    const block = chain.blocks.canonicalAt(number);
    if (block === undefined) return ['it is not there'];
    const found = checkContents(chain, block);
    if (number === 0n) return found;
    const parent = findParent(chain, block);
    if (parent === undefined) {
      statesGone++;
      return found;
    }
    executed++;
    return [...found, ...(await reexecute(chain, block, parent))];
  };
  for (let number = from; number <= to && problems.length < MOST_PROBLEMS; number++) {
    for (const problem of await problemsOf(() => checkBlock(number))) problems.push(`block ${number}: ${problem}`);
    onBlocks(++blocks, Number(to - from) + 1);
    await nextTurn();
  }
  return { blocks, executed, statesGone, problems: problems.slice(0, MOST_PROBLEMS) };
}
