import { resolve } from 'node:path';
import { importFile, importState, nodeOptionsFromSettings, resolveSettings, type SettingFlags } from '@minichain/node';
import { Command } from 'commander';
import { addSettingFlags } from '../nodeFlags.ts';
import { addDirectoryFlags, type DirectoryFlags, dataDirectory, printResult } from './dataDirectory.ts';
import { withProgress } from './progress.ts';
import { counted } from './units.ts';

type ImportFlags = DirectoryFlags & Omit<SettingFlags, 'dataDir'> & { readonly state?: true };

const NOTES = `
Blocks are read one after the other as RLP, the format of "geth export", zipped
or not; each is executed and compared with what its header says, and those that
the chain has already are passed over. A directory that is still to be made gets
a chain that begins as the file does; the flags of the groups below are then
those that the exported chain was made with.

A node that has the directory open is sent the blocks, or the state, and executes
them itself between its own; each block becomes the head.`;

/** What a new chain is made of. */
const MAKES_CHAIN = ['accounts', 'balance', 'mnemonic', 'mnemonicSeedUnsafe', 'derivationPath'] as const;
const MAKES_GENESIS = ['chainId', 'hardfork', 'init', 'gasLimit', 'baseFee', 'timestamp'] as const;
const MAKES_RULES = ['noSystemContracts', 'noCreate2Deployer', 'codeSizeLimit', 'disableCodeSizeLimit'] as const;

async function run(given: string, { datadir, json, state, ...settings }: ImportFlags): Promise<void> {
  const file = resolve(given);
  const flags = { ...(datadir === undefined ? {} : { datadir }), ...(json === undefined ? {} : { json }) };
  const path = await dataDirectory(flags);
  const { values } = await resolveSettings({ ...settings, dataDir: path }, process.env, process.cwd());
  const { chain = {} } = nodeOptionsFromSettings(values);
  if (state === true) {
    const report = await importState(chain, file);
    printResult(flags, { path, file, ...report }, [
      `took in ${counted(report.accounts, 'account')} from ${file}; the head is block ${report.head.number}`,
    ]);
    return;
  }
  const report = await withProgress({ label: 'importing', unit: 'bytes' }, (update) => importFile(chain, file, update));
  const { imported, known, head } = report;
  printResult(flags, { path, file, ...report }, [
    `imported ${counted(imported, 'block')} from ${file}, ${known.toLocaleString('en-US')} were there already`,
    `the head is ${head.number} ${head.hash}`,
  ]);
}

/** `minichain db import`. */
export function importCommand(): Command {
  const command = addDirectoryFlags(
    new Command('import').description('execute the blocks of a file, or take in a state'),
  )
    .argument('<file>', 'blocks as geth exports them, or a state')
    .option('--state', 'the file is a state that anvil --dump-state or minichain db export --state wrote')
    .addHelpText('after', NOTES);
  addSettingFlags(command, [...MAKES_CHAIN, ...MAKES_GENESIS, ...MAKES_RULES]);
  return command.action(run);
}
