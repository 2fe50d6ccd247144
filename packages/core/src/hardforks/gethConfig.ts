import { type Common, Mainnet } from '@ethereumjs/common';
import type { GethGenesis } from '../chainOptions.ts';
import type { Hardforks } from '../contract.ts';
import { GETH_KEYS } from './schedule.ts';

/** Where a chain stands that is to begin there anew. */
export interface GethConfigPlace {
  readonly number: bigint;
  /** Seconds. */
  readonly timestamp: bigint;
  readonly chainId: bigint;
  /** That the chain itself began with, if it did with one. */
  readonly genesis: GethGenesis | undefined;
}

/** When a fork begins, counted from there. */
function beginningOf(
  { block, timestamp }: Hardforks['schedule'][number],
  { number, timestamp: now }: GethConfigPlace,
): number {
  if (timestamp !== null) return BigInt(timestamp) > now ? timestamp : 0;
  const left = BigInt(block ?? 0) - number;
  return left > 0n ? Number(left) : 0;
}

/** geth has no way to say that a fork which networks get by time comes with a block. */
function isSayable(fork: Hardforks['schedule'][number], place: GethConfigPlace): boolean {
  const isTimed = GETH_KEYS.some(([name, key]) => name === fork.name && key.endsWith('Time'));
  return !isTimed || fork.timestamp !== null || beginningOf(fork, place) === 0;
}

/** EIP-7840. */
function blobScheduleOf(common: Common): unknown {
  const { targetBlobGasPerBlock, maxBlobGasPerBlock, blobGasPriceUpdateFraction } = common.getBlobGasSchedule();
  const perBlob = common.param('blobGasPerBlob');
  return {
    target: Number(targetBlobGasPerBlock / perBlob),
    max: Number(maxBlobGasPerBlock / perBlob),
    baseFeeUpdateFraction: Number(blobGasPriceUpdateFraction),
  };
}

/**
 * The `config` of a geth genesis for a chain that begins with the state of this one: forks that are active are so from its
 * first block on, those that are to come come when they would have.
 * @example gethConfigOf(chain.hardforks, { number: 7n, timestamp: 1_700_000_000n, chainId: 31337n, genesis: undefined })
 */
export function gethConfigOf(hardforks: Hardforks, place: GethConfigPlace): Record<string, unknown> {
  const config: Record<string, unknown> = { chainId: Number(place.chainId) };
  const depositContract = place.genesis?.config['depositContractAddress'] ?? Mainnet.depositContractAddress;
  const blobSchedule: Record<string, unknown> = {};
  for (const fork of hardforks.schedule.filter((one) => isSayable(one, place))) {
    const key = GETH_KEYS.find(([name]) => name === fork.name)?.[1];
    if (key === undefined) continue;
    config[key] = beginningOf(fork, place);
    if (fork.name === 'dao') config['daoForkSupport'] = true;
    if (fork.name === 'spuriousDragon') config['eip158Block'] = config[key];
    const common = hardforks.commonOf(fork.name, place.chainId);
    if (key.endsWith('Time') && common.isActivatedEIP(4844)) blobSchedule[fork.name] = blobScheduleOf(common);
    // The contract belongs to the rules: requests are read from its logs.
    if (fork.name === 'prague') config['depositContractAddress'] = depositContract;
  }
  if (config['mergeNetsplitBlock'] === 0) {
    Object.assign(config, { terminalTotalDifficulty: 0, terminalTotalDifficultyPassed: true });
  }
  return Object.keys(blobSchedule).length === 0 ? config : { ...config, blobSchedule };
}
