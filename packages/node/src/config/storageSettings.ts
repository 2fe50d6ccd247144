import { filePath, megabytes, oneOf, wholeNumber } from './parsers.ts';
import { define } from './setting.ts';

/** Where the chain is kept, and how much of it. */
export const STORAGE_SETTINGS = {
  dataDir: define({
    flag: '--datadir <directory>',
    env: 'DATADIR',
    parse: filePath,
    help: 'keep the chain in a directory, and go on with the one that is there',
    group: 'Storage',
    shownDefault: 'in memory',
    aliases: ['--data-dir <directory>'],
  }),
  fsync: define({
    flag: '--fsync <when>',
    env: 'FSYNC',
    parse: oneOf('always', 'block', 'off'),
    help: 'wait for the disk with every write, with every block, or never: a killed process loses nothing with any, a power cut at most what was not waited for',
    group: 'Storage',
    shownDefault: 'block',
  }),
  cacheMb: define({
    flag: '--cache-mb <megabytes>',
    env: 'CACHE_MB',
    parse: megabytes({ min: 16 }),
    help: 'memory for what was read and written last',
    group: 'Storage',
    shownDefault: '256',
  }),
  prune: define({
    flag: '--prune <blocks>',
    env: 'PRUNE',
    parse: wholeNumber({ min: 1 }),
    help: 'drop states older than that many blocks; blocks and receipts stay',
    group: 'Storage',
    shownDefault: 'keep all',
    aliases: ['--max-persisted-states <blocks>'],
  }),
  historyBlocks: define({
    flag: '--history-blocks <blocks>',
    env: 'HISTORY_BLOCKS',
    parse: wholeNumber({ min: 1 }),
    help: 'drop blocks, receipts and states older than that many blocks',
    group: 'Storage',
    shownDefault: 'keep all',
  }),
};
