import { type ChainConfig, type Common, type CustomCrypto, Mainnet, type ParamsDict } from '@ethereumjs/common';
import type { GethGenesis } from '../chainOptions.ts';
import type { Hardforks } from '../contract.ts';
import { FastCommon } from './fastCommon.ts';
import { hardforkError } from './faults.ts';
import { type LimitOptions, paramsFromLimits } from './limits.ts';
import {
  type ForkActivation,
  HARDFORK_NAMES,
  hardforkFromName,
  type ScheduledFork,
  scheduleFromForks,
  scheduleFromGeth,
  scheduleFromName,
} from './schedule.ts';

const GAS_PER_BLOB = 131072;

interface BlobSchedule {
  readonly target: number;
  readonly max: number;
  readonly baseFeeUpdateFraction: number;
}

/** EIP-7840's `blobSchedule` as parameters; EthereumJS reads blobs until BPO1 in gas, from then on in blobs. */
function paramsFromBlobSchedule(schedule: Record<string, BlobSchedule> | undefined): ParamsDict {
  const params: ParamsDict = {};
  for (const [fork, { target, max, baseFeeUpdateFraction }] of Object.entries(schedule ?? {})) {
    params[fork] = {
      target,
      max,
      targetBlobGasPerBlock: target * GAS_PER_BLOB,
      maxBlobGasPerBlock: max * GAS_PER_BLOB,
      blobGasPriceUpdateFraction: baseFeeUpdateFraction,
    };
  }
  return params;
}

/** A chain of our own mints nothing before the merge: the block reward of proof of work, by the EIP that last set it. */
const NO_REWARD: ParamsDict = { 1: { minerReward: 0 }, 609: { minerReward: 0 }, 1013: { minerReward: 0 } };

export interface HardforkOptions {
  readonly chainId: bigint;
  readonly hardfork: string;
  /** Goes before `hardfork`; a geth genesis goes before both. */
  readonly hardforkSchedule?: readonly ScheduledFork[] | undefined;
  /** Time of block 0, seconds; default 0. */
  readonly timestamp?: bigint;
  readonly genesis: GethGenesis | undefined;
  readonly customCrypto: CustomCrypto;
  readonly limits: LimitOptions;
}

/** The rules, and the one thing about them that can change: the chain id. */
export interface HardforkControl extends Hardforks {
  setChainId(chainId: bigint): void;
  capture(): bigint;
  restore(chainId: bigint): void;
}

/** The active fork of a schedule: the last one that block and time have both reached. */
function activeFork(schedule: readonly ForkActivation[], number: bigint, timestamp: bigint): string {
  let active = 'chainstart';
  for (const fork of schedule) {
    const reached = fork.timestamp === null ? BigInt(fork.block ?? 0) <= number : BigInt(fork.timestamp) <= timestamp;
    if (reached) active = fork.name;
  }
  return active;
}

function chainConfig(options: HardforkOptions, schedule: readonly ForkActivation[]): ChainConfig {
  return {
    ...Mainnet,
    chainId: Number(options.chainId),
    name: 'minichain',
    genesis: { ...Mainnet.genesis, difficulty: 0, timestamp: '0x0' },
    hardforks: schedule.map(({ name, block, timestamp }) => ({
      name,
      block,
      ...(timestamp === null ? {} : { timestamp }),
      forkHash: null,
    })),
    bootstrapNodes: [],
    depositContractAddress: (options.genesis?.config['depositContractAddress'] ??
      Mainnet.depositContractAddress) as `0x${string}`,
  };
}

function scheduleOf({ genesis, hardforkSchedule, timestamp = 0n }: HardforkOptions, name: string): ForkActivation[] {
  if (genesis !== undefined) return scheduleFromGeth(genesis.config);
  return hardforkSchedule === undefined ? scheduleFromName(name) : scheduleFromForks(hardforkSchedule, timestamp);
}

/**
 * The only maker of EthereumJS `Common`s. One per fork is made and shared: nobody may change it.
 * @throws HardforkError HARDFORK_UNKNOWN for a name that no fork has, GENESIS_INVALID or
 * HARDFORK_SCHEDULE_INVALID for a schedule that cannot be.
 * @example createHardforks({ chainId: 31337n, hardfork: 'latest', genesis: undefined, customCrypto }).commonAt(0n, 0n)
 */
export function createHardforks(options: HardforkOptions): HardforkControl {
  const name = hardforkFromName(options.hardfork);
  if (name === undefined) {
    throw hardforkError({ code: 'HARDFORK_UNKNOWN', name: options.hardfork, known: HARDFORK_NAMES });
  }
  const config = options.genesis?.config;
  const schedule = scheduleOf(options, name);
  const overrides = {
    ...paramsFromBlobSchedule(config?.['blobSchedule'] as Record<string, BlobSchedule> | undefined),
    ...(config === undefined ? NO_REWARD : {}),
  };
  let chainId = options.chainId;
  // An object of this chain's own: what is changed of them is changed for nobody else.
  const customCrypto = { ...options.customCrypto };
  const commons = new Map<string, Common>();
  const commonOf = (hardfork: string, use: 'blocks' | 'calls', id: bigint): Common => {
    const key = `${use} ${hardfork} ${id}`;
    let common = commons.get(key);
    if (common === undefined) {
      const limits = use === 'blocks' ? options.limits : { ...options.limits, transactionGasCap: false };
      const params = { ...overrides, ...paramsFromLimits(limits) };
      const isScheduled = schedule.some(({ name: scheduled }) => scheduled === hardfork);
      const chain = chainConfig({ ...options, chainId: id }, isScheduled ? schedule : scheduleFromName(hardfork));
      common = new FastCommon({ chain, hardfork, customCrypto }, params);
      commons.set(key, common);
    }
    return common;
  };
  return {
    schedule,
    nameAt: (number, timestamp) => activeFork(schedule, number, timestamp),
    commonAt: (number, timestamp, id = chainId) => commonOf(activeFork(schedule, number, timestamp), 'blocks', id),
    commonOf: (hardfork, id) => commonOf(hardfork, 'blocks', id),
    callCommonAt: (number, timestamp) => commonOf(activeFork(schedule, number, timestamp), 'calls', chainId),
    setChainId: (id) => {
      chainId = id;
    },
    capture: () => chainId,
    restore: (id) => {
      chainId = id;
    },
  };
}
