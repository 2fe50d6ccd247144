import {
  compactDirectory,
  type NodeProgress,
  nodeOptionsFromSettings,
  pruneDirectory,
  resolveSettings,
  type SpaceReport,
} from '@minichain/node';
import { Command } from 'commander';
import { CliError } from '../../cliError.ts';
import { addSettingFlags } from '../nodeFlags.ts';
import { addDirectoryFlags, type DirectoryFlags, dataDirectory, printResult } from './dataDirectory.ts';
import { withWaiting } from './progress.ts';
import { byteText, counted } from './units.ts';

type PruneFlags = DirectoryFlags & { readonly prune?: string; readonly historyBlocks?: string };

const USAGE = 2;

const NOTES = `
A node that has the directory open does it itself, and goes on meanwhile; started
with --prune or --history-blocks it prunes all the time. What is taken away is
states, blocks and indexes: addresses and slots by their hash, which a dump of
the state needs, stay, some 60 bytes for each that was ever written.`;

/** What a node says while it is at it. */
const nodeText = ({ head, sizeBytes }: NodeProgress): string =>
  `the head is ${head}${sizeBytes === null ? '' : `, the database takes ${byteText(sizeBytes)}`}`;

const spaceLine = (path: string, { bytesBefore, bytesAfter }: SpaceReport): string =>
  `${path} took ${byteText(bytesBefore)} and takes ${byteText(bytesAfter)} now`;

async function compact(flags: DirectoryFlags): Promise<void> {
  const path = await dataDirectory(flags);
  const report = await withWaiting('compacting', (say) => compactDirectory(path, (node) => say(nodeText(node))));
  printResult(flags, { path, ...report }, [spaceLine(path, report)]);
}

/** `minichain db compact`. */
export const compactCommand = (): Command =>
  addDirectoryFlags(
    new Command('compact').description('give back the space of what was deleted, also while a node runs on it'),
  ).action(compact);

async function prune({ prune: states, historyBlocks, ...flags }: PruneFlags): Promise<void> {
  const path = await dataDirectory(flags);
  const limits = {
    ...(states === undefined ? {} : { prune: states }),
    ...(historyBlocks === undefined ? {} : { historyBlocks }),
  };
  const { values } = await resolveSettings({ ...limits, dataDir: path }, process.env, process.cwd());
  if (values.prune === undefined && values.historyBlocks === undefined) {
    throw new CliError('how much is to stay? Give --prune, --history-blocks, or both', USAGE);
  }
  const storage = nodeOptionsFromSettings(values).chain?.storage ?? {};
  const report = await withWaiting('pruning', (say) => pruneDirectory({ storage }, (node) => say(nodeText(node))));
  const { blocks, branchBlocks, nodes } = report;
  printResult(flags, { path, ...report }, [
    `took away ${counted(nodes, 'trie node')}, ${counted(blocks, 'block')} and ${counted(branchBlocks, 'block')} off the chain`,
    spaceLine(path, report),
  ]);
}

/** `minichain db prune`. */
export function pruneCommand(): Command {
  const command = addDirectoryFlags(
    new Command('prune').description('take away old states, or old blocks as well, also while a node runs on it'),
  );
  command.addHelpText('after', NOTES);
  addSettingFlags(command, ['prune', 'historyBlocks']);
  return command.action(prune);
}
