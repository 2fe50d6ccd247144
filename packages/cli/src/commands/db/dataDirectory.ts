import { resolve } from 'node:path';
import { resolveSettings } from '@minichain/node';
import type { Command } from 'commander';
import { CliError } from '../../cliError.ts';

/** Flags of every subcommand. */
export interface DirectoryFlags {
  readonly datadir?: string;
  readonly json?: true;
}

const USAGE = 2;

export function addDirectoryFlags(command: Command): Command {
  return command
    .helpOption('-h, --help', 'show this text')
    .option(
      '--datadir <directory>',
      "the chain's directory (default: MINICHAIN_DATADIR, or dataDir of the config file)",
    )
    .option('--json', 'print the result as JSON');
}

/** The directory that is meant, as a node would find it. @throws CliError when none is named. */
export async function dataDirectory({ datadir }: DirectoryFlags): Promise<string> {
  const flags = datadir === undefined ? {} : { dataDir: datadir };
  const { values } = await resolveSettings(flags, process.env, process.cwd());
  if (values.dataDir !== undefined) return resolve(values.dataDir);
  throw new CliError('which data directory? Give --datadir, MINICHAIN_DATADIR, or dataDir in the config file', USAGE);
}

/** Prints a result: as JSON when that is wanted, else as lines. */
export function printResult({ json }: DirectoryFlags, result: object, lines: readonly string[]): void {
  const text = json === true ? JSON.stringify(result, null, 2) : lines.join('\n');
  process.stdout.write(`${text}\n`);
}
