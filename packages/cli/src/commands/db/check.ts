import { type CheckReport, checkDirectory } from '@minichain/node';
import { Command } from 'commander';
import { blockNumber, blockRange, type RangeFlags } from './blockRange.ts';
import { addDirectoryFlags, type DirectoryFlags, dataDirectory, printResult } from './dataDirectory.ts';
import { withProgress } from './progress.ts';
import { counted } from './units.ts';

const NOTES = `
Each block's hash, link, receipts and index entries are looked at, and it is
executed again on its parent's state: state root, receipts root, gas and bloom
must come out as its header says. The head, snapshots and checkpoints must lead
to blocks that are there and to states of which nothing is missing; transactions
that wait and settings must be readable. Exit code 1 when something is wrong.`;

const FAILURE = 1;

function lines({ from, to, executed, statesGone, problems }: CheckReport): string[] {
  const gone =
    statesGone === 0 ? '' : `, ${counted(statesGone, 'block')} not, since the states before them were pruned`;
  const outcome = problems.length === 0 ? 'all is well' : `${counted(problems.length, 'problem')} found`;
  return [
    ...problems,
    `checked blocks ${from} to ${to}: executed ${counted(executed, 'block')} again${gone}; ${outcome}`,
  ];
}

async function run({ from, to, ...flags }: DirectoryFlags & RangeFlags): Promise<void> {
  const range = blockRange({ from, to });
  const path = await dataDirectory(flags);
  const report = await withProgress({ label: 'checking', unit: 'blocks' }, (update) =>
    checkDirectory(path, range, update),
  );
  printResult(flags, { path, ...report }, lines(report));
  if (report.problems.length > 0) process.exitCode = FAILURE;
}

/** `minichain db check`. */
export const checkCommand = (): Command =>
  addDirectoryFlags(new Command('check').description('look whether the chain is whole, and execute it again'))
    .option('--from <block>', 'first block (default: the oldest)', blockNumber)
    .option('--to <block>', 'last block (default: the head)', blockNumber)
    .addHelpText('after', NOTES)
    .action(run);
