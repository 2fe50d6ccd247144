import { HARDFORK_NAMES, hardforkFromName, type ScheduledFork } from '@minichain/core';
import { ConfigError } from './errors.ts';
import { bigInteger, filePath, hexAddress, oneOf, type Parser, secondsToMs, wholeNumber, yesNo } from './parsers.ts';
import { define } from './setting.ts';

const hardfork: Parser<string> = Object.assign(
  (name: string) => {
    const found = hardforkFromName(name);
    if (found === undefined) throw new ConfigError(`expected one of latest, ${HARDFORK_NAMES.join(', ')}`);
    return found;
  },
  { schema: { type: 'string', examples: ['latest', ...HARDFORK_NAMES] } as const },
);

const SCHEDULED = /^([a-z0-9]+)@(t\+|t)?(\d+)$/i;

function scheduledFork(text: string): ScheduledFork {
  const [, name = '', unit, digits = ''] = SCHEDULED.exec(text.trim()) ?? [];
  const at = Number(digits);
  if (name === '' || !Number.isSafeInteger(at)) {
    throw new ConfigError(
      `expected forks such as london@0,cancun@100,prague@t1700000000,osaka@t+3600 (a block, a time, or seconds after genesis)`,
    );
  }
  if (unit === undefined) return { name: hardfork(name), block: at };
  return unit === 't' ? { name: hardfork(name), timestamp: at } : { name: hardfork(name), afterGenesis: at };
}

const hardforkSchedule: Parser<readonly ScheduledFork[]> = Object.assign(
  (text: string) => text.split(',').map(scheduledFork),
  { schema: { type: ['array', 'string'], items: { type: 'string' }, examples: ['london@0,cancun@100'] } as const },
);

/** When blocks are made, and what chain they continue. Flags keep Anvil's names where they mean the same. */
export const CHAIN_SETTINGS = {
  blockTime: define({
    flag: '-b, --block-time <seconds>',
    env: 'BLOCK_TIME',
    parse: secondsToMs,
    help: 'a block every so many seconds (fractions allowed) instead of one per transaction',
    group: 'Mining',
    aliases: ['--blockTime <seconds>'],
    hot: true,
  }),
  noMining: define({
    flag: '--no-mining',
    env: 'NO_MINING',
    parse: yesNo,
    help: 'blocks only when asked for (evm_mine)',
    group: 'Mining',
    aliases: ['--no-mine'],
    hot: true,
  }),
  mixedMining: define({
    flag: '--mixed-mining',
    env: 'MIXED_MINING',
    parse: yesNo,
    help: 'with --block-time: mine at once as well',
    group: 'Mining',
    hot: true,
  }),
  maxTransactions: define({
    flag: '--max-transactions <count>',
    env: 'MAX_TRANSACTIONS',
    parse: wholeNumber({ min: 1 }),
    help: 'most transactions in one block',
    group: 'Mining',
    shownDefault: 'what fits the gas limit',
    hot: true,
  }),
  onePerBlock: define({
    flag: '--one-per-block',
    env: 'ONE_PER_BLOCK',
    parse: yesNo,
    help: 'mining at once: a block for each transaction, also for those that arrive together',
    group: 'Mining',
  }),
  order: define({
    flag: '--order <order>',
    env: 'ORDER',
    parse: oneOf('fees', 'fifo'),
    help: 'order of transactions: fees (effective tip) or fifo',
    group: 'Mining',
    shownDefault: 'fees',
    hot: true,
  }),
  allowSameTimestamp: define({
    flag: '--allow-blocks-with-same-timestamp',
    env: 'ALLOW_BLOCKS_WITH_SAME_TIMESTAMP',
    parse: yesNo,
    help: 'a block may have the timestamp of its parent, as in Hardhat with allowBlocksWithSameTimestamp',
    group: 'Mining',
  }),
  coinbase: define({
    flag: '--coinbase <address>',
    env: 'COINBASE',
    parse: hexAddress,
    help: 'fee recipient of new blocks',
    group: 'Mining',
    shownDefault: 'zero address',
  }),
  chainId: define({
    flag: '--chain-id <id>',
    env: 'CHAIN_ID',
    parse: bigInteger({ min: 1n, max: BigInt(Number.MAX_SAFE_INTEGER) }),
    help: 'chain id',
    group: 'Chain',
    shownDefault: '31337',
  }),
  hardfork: define({
    flag: '--hardfork <name>',
    env: 'HARDFORK',
    parse: hardfork,
    help: 'rules of the chain, such as osaka, prague, cancun, london',
    group: 'Chain',
    shownDefault: 'latest',
  }),
  hardforkSchedule: define({
    flag: '--hardfork-schedule <forks>',
    env: 'HARDFORK_SCHEDULE',
    parse: hardforkSchedule,
    help: 'forks that come while the chain lives: london@0,cancun@100 by block, prague@t1700000000 by time, osaka@t+3600 by seconds after genesis; one that is left out comes with the next',
    group: 'Chain',
  }),
  timestamp: define({
    flag: '--timestamp <seconds>',
    env: 'TIMESTAMP',
    parse: bigInteger({ max: BigInt(Number.MAX_SAFE_INTEGER) }),
    help: 'timestamp of the genesis block, where the clock starts',
    group: 'Chain',
    shownDefault: 'now',
  }),
  init: define({
    flag: '--init <genesis.json>',
    env: 'INIT',
    parse: filePath,
    help: 'start from a geth genesis file; it decides accounts, balances and hardforks',
    group: 'Chain',
  }),
  importBlocks: define({
    flag: '--import-blocks <chain.rlp>',
    env: 'IMPORT_BLOCKS',
    parse: filePath,
    help: 'execute and verify the RLP blocks of a file at start',
    group: 'Chain',
  }),
  slotsInAnEpoch: define({
    flag: '--slots-in-an-epoch <count>',
    env: 'SLOTS_IN_AN_EPOCH',
    parse: wholeNumber({ min: 1 }),
    help: 'safe is that many blocks behind the head, finalized twice as many',
    group: 'Chain',
    shownDefault: '32',
  }),
  noSystemContracts: define({
    flag: '--no-system-contracts',
    env: 'NO_SYSTEM_CONTRACTS',
    parse: yesNo,
    help: 'leave the contracts of EIP-4788, 2935, 7002 and 7251 out of genesis',
    group: 'Chain',
  }),
  noCreate2Deployer: define({
    flag: '--no-create2-deployer',
    env: 'NO_CREATE2_DEPLOYER',
    parse: yesNo,
    help: 'leave the CREATE2 deployer 0x4e59…956c out of genesis',
    group: 'Chain',
    aliases: ['--disable-default-create2-deployer'],
  }),
};
