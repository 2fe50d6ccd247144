import { type DirectoryStat, statDirectory } from '@minichain/node';
import { Command } from 'commander';
import { addDirectoryFlags, type DirectoryFlags, dataDirectory, printResult } from './dataDirectory.ts';
import { withProgress } from './progress.ts';
import { byteText } from './units.ts';

type StatFlags = DirectoryFlags & { readonly quick?: true };

const LABEL_WIDTH = 14;

/** What the kinds of entries are called for people. */
const KIND_NAMES: Readonly<Record<string, string>> = {
  meta: 'facts about the chain',
  node: 'trie nodes',
  code: 'contract code',
  preimage: 'addresses and slots by hash',
  block: 'blocks with receipts',
  editedRoot: 'states set by hand',
  run: 'runs of empty blocks',
  runRoots: 'their state roots',
  runHashes: 'their hashes',
  canonical: 'canonical heights',
  transaction: 'transactions by hash',
  senderNonce: 'transactions by sender',
  branch: 'heights with side blocks',
  logIndex: 'index of logs',
  activity: 'index of addresses',
  creator: 'contract creators',
  snapshot: 'snapshots',
  checkpoint: 'checkpoints',
  pool: 'waiting transactions',
  owner: 'settings of the node',
};

function kindLines(kinds: NonNullable<DirectoryStat['kinds']>): string[] {
  const rows = Object.entries(kinds).filter(([, { keys }]) => keys > 0);
  const total = rows.reduce((sum, [, { bytes }]) => sum + bytes, 0);
  return [
    '',
    `${'entries'.padEnd(30)}${'keys'.padStart(14)}${'bytes'.padStart(12)}`,
    ...rows.map(
      ([kind, { keys, bytes }]) =>
        `${(KIND_NAMES[kind] ?? kind).padEnd(30)}${keys.toLocaleString('en-US').padStart(14)}${byteText(bytes).padStart(12)}`,
    ),
    `${'all, before compression'.padEnd(44)}${byteText(total).padStart(12)}`,
  ];
}

function statLines(stat: DirectoryStat): string[] {
  const { head } = stat;
  const rows: [string, string][] = [
    ['directory', stat.path],
    ['in use by', stat.holder ?? 'nobody'],
    ['made', `${stat.created}${stat.version === null ? '' : ` by minichain ${stat.version}`}`],
    ...(stat.writer === null ? [] : [['written by', `minichain ${stat.writer}`] as [string, string]]),
    ['schema', String(stat.schema)],
    ['chain id', String(stat.chainId)],
    ['hardfork', stat.hardfork],
    ['genesis', stat.genesis],
    ['head', `${head.number} ${head.hash}, ${new Date(head.timestamp * 1000).toISOString()}`],
    ...(stat.minedAhead > 0
      ? [['mined ahead', `${stat.minedAhead} blocks, worked out at the next start`] as [string, string]]
      : []),
    ...(stat.oldest > 1 ? [['oldest block', String(stat.oldest)] as [string, string]] : []),
    ['snapshots', String(stat.snapshots)],
    ['checkpoints', String(stat.checkpoints)],
    ['pool', String(stat.pool)],
    ['size on disk', byteText(stat.sizeBytes)],
  ];
  const lines = rows.map(([name, value]) => `${name.padEnd(LABEL_WIDTH)}${value}`);
  return stat.kinds === null ? lines : [...lines, ...kindLines(stat.kinds)];
}

async function run(flags: StatFlags): Promise<void> {
  const path = await dataDirectory(flags);
  const count = flags.quick !== true;
  const stat = await withProgress({ label: 'counting', unit: 'entries' }, (update) =>
    statDirectory(path, { count }, update),
  );
  printResult(flags, stat, statLines(stat));
}

/** `minichain db stat`. */
export const statCommand = (): Command =>
  addDirectoryFlags(new Command('stat').description('say what is in a data directory'))
    .option('--quick', 'without counting every entry')
    .action(run);
