import { resolve } from 'node:path';
import { exportFile, exportGenesis, exportState } from '@minichain/node';
import { Command } from 'commander';
import { CliError } from '../../cliError.ts';
import { blockNumber, blockRange, type RangeFlags } from './blockRange.ts';
import { addDirectoryFlags, type DirectoryFlags, dataDirectory, printResult } from './dataDirectory.ts';
import { withProgress } from './progress.ts';
import { byteText, counted } from './units.ts';

type ExportFlags = DirectoryFlags & RangeFlags & { readonly state?: true; readonly genesis?: true };

const NOTES = `
Blocks are written one after the other as RLP, the format of "geth export", from
the genesis on: "minichain db import" makes the same chain of them in another
directory. Blocks after a state that was set by hand, and those with transactions
of impersonated accounts, are written as well, but no other chain can execute
them: what is to be kept of such a chain is a backup.`;

const USAGE = 2;

function checkHeadOnly({ from, to, state, genesis }: ExportFlags): void {
  if (state === true && genesis === true) throw new CliError('--state and --genesis exclude each other', USAGE);
  if (from === undefined && to === undefined) return;
  const flag = state === true ? '--state' : '--genesis';
  throw new CliError(`${flag} writes the state of the head: leave out --from and --to`, USAGE);
}

async function run(given: string, { from, to, ...flags }: ExportFlags): Promise<void> {
  const file = resolve(given);
  const path = await dataDirectory(flags);
  if (flags.state === true || flags.genesis === true) {
    checkHeadOnly({ from, to, ...flags });
    const report = await (flags.genesis === true ? exportGenesis : exportState)(path, file);
    const what = flags.genesis === true ? 'a genesis with the state' : 'the state';
    printResult(flags, { path, file, ...report }, [
      `wrote ${what} of block ${report.number} to ${file}: ${counted(report.accounts, 'account')}`,
    ]);
    return;
  }
  const range = blockRange({ from, to });
  const report = await withProgress({ label: 'exporting', unit: 'blocks' }, (update) =>
    exportFile(path, file, range, update),
  );
  if (report.notPortable !== null) {
    const { first, count } = report.notPortable;
    process.stderr.write(
      `warning: ${counted(count, 'block')} (the first is ${first}) cannot be executed by another chain: ` +
        'the state before was set by hand, or a sender was impersonated\n',
    );
  }
  printResult(flags, { path, file, ...report }, [
    `wrote blocks ${report.from} to ${report.to} to ${file}: ${counted(report.blocks, 'block')}, ${byteText(report.bytes)}`,
  ]);
}

/** `minichain db export`. */
export const exportCommand = (): Command =>
  addDirectoryFlags(new Command('export').description('write blocks or the state to a file'))
    .argument('<file>', 'zipped when its name ends with .gz')
    .option('--from <block>', 'first block (default: the oldest)', blockNumber)
    .option('--to <block>', 'last block (default: the head)', blockNumber)
    .option('--state', "the head's state instead, as JSON that anvil --load-state reads")
    .option('--genesis', 'the head as a geth genesis, with which --init or "geth init" begins another chain')
    .addHelpText('after', NOTES)
    .action(run);
