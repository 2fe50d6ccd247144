import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { GethGenesis } from '@minichain/core';
import { filesBelow, spread } from '../support/fixtures.ts';
import type { FixtureAccount } from './stateFixtures.ts';
import { isLeftOut } from './subset.ts';

export interface FixtureBlock {
  readonly rlp: string;
  readonly expectException?: string;
}

/** A genesis and the blocks on it; those with an exception have to be refused. */
export interface BlockchainCase {
  readonly name: string;
  readonly genesis: GethGenesis;
  readonly genesisHash: string;
  readonly blocks: readonly FixtureBlock[];
  readonly lastBlockHash: string;
  readonly postState: Readonly<Record<string, FixtureAccount>> | undefined;
}

interface BlockchainFixture {
  readonly network: string;
  readonly genesisBlockHeader: Readonly<Record<string, string>>;
  readonly pre: Readonly<Record<string, FixtureAccount>>;
  readonly postState?: Readonly<Record<string, FixtureAccount>>;
  readonly lastblockhash: string;
  readonly blocks: readonly FixtureBlock[];
  readonly config: {
    readonly chainid: string;
    readonly blobSchedule?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  };
}

const BLOCK_FORKS = [
  ...['homestead', 'eip150', 'eip155', 'eip158', 'byzantium', 'constantinople', 'petersburg', 'istanbul'],
  ...['muirGlacier', 'berlin', 'london', 'arrowGlacier', 'grayGlacier', 'mergeNetsplit'],
];
const TIME_FORKS = ['shanghai', 'cancun', 'prague', 'osaka', 'bpo1', 'bpo2'];
const TRANSITION_TIME = 15_000;

/** A network's name as a geth config: `Cancun`, or `CancunToPragueAtTime15k`. Undefined for one that is not in the subset. */
function configFromNetwork(network: string): Record<string, number> | undefined {
  const [, before, after] = /^(\w+?)To(\w+)AtTime15k$/.exec(network) ?? ['', network, undefined];
  const last = TIME_FORKS.indexOf((before as string).toLowerCase());
  const next = after === undefined ? -1 : TIME_FORKS.indexOf(after.toLowerCase());
  if (last < 0 || (after !== undefined && next < 0)) return undefined;
  const config: Record<string, number> = { terminalTotalDifficulty: 0 };
  for (const fork of BLOCK_FORKS) config[`${fork}Block`] = 0;
  for (const fork of TIME_FORKS.slice(0, last + 1)) config[`${fork}Time`] = 0;
  if (next >= 0) config[`${TIME_FORKS[next]}Time`] = TRANSITION_TIME;
  return config;
}

function genesisOf({ network, genesisBlockHeader: header, pre, config }: BlockchainFixture): GethGenesis | undefined {
  const forks = configFromNetwork(network);
  if (forks === undefined) return undefined;
  const blobSchedule = Object.fromEntries(
    Object.entries(config.blobSchedule ?? {}).map(([fork, values]) => [
      fork.toLowerCase(),
      Object.fromEntries(Object.entries(values).map(([key, value]) => [key, Number(value)])),
    ]),
  );
  const { timestamp, gasLimit, difficulty, extraData, nonce, mixHash, coinbase } = header;
  const { baseFeePerGas, excessBlobGas, blobGasUsed } = header;
  const fields = {
    timestamp,
    gasLimit,
    difficulty,
    extraData,
    nonce,
    mixHash,
    coinbase,
    baseFeePerGas,
    excessBlobGas,
    blobGasUsed,
  };
  const present = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  return { config: { chainId: Number(config.chainid), ...forks, blobSchedule }, alloc: pre, ...present };
}

function casesOfFile(folder: string, file: string): BlockchainCase[] {
  const fixtures = JSON.parse(readFileSync(file, 'utf8')) as Record<string, BlockchainFixture>;
  return Object.entries(fixtures).flatMap(([title, fixture]) => {
    const genesis = genesisOf(fixture);
    if (genesis === undefined) return [];
    return {
      name: `${relative(folder, file)} ${title.replace(/^.*::/, '')}`,
      genesis,
      genesisHash: fixture.genesisBlockHeader['hash'] as string,
      blocks: fixture.blocks,
      lastBlockHash: fixture.lastblockhash,
      postState: fixture.postState,
    };
  });
}

/** The pinned subset of the blockchain tests: so many cases of each file. */
export function blockchainCases(folder: string, perFile: number): BlockchainCase[] {
  return filesBelow(folder, '.json')
    .filter((file) => !isLeftOut(file))
    .flatMap((file) => spread(casesOfFile(folder, file), perFile));
}
