import { type HardforkTransitionConfig, Mainnet } from '@ethereumjs/common';
import { hardforkError } from './faults.ts';

/** The fork that is active on mainnet now: Osaka with its second blob-parameter-only change. */
const NEWEST = 'bpo2';

/**
 * A fork and when it comes: with a block, at a time (Unix seconds), or so many seconds after genesis. Exactly one of the
 * three is given.
 */
export interface ScheduledFork {
  readonly name: string;
  readonly block?: number;
  readonly timestamp?: number;
  readonly afterGenesis?: number;
}

/** One row of a chain's schedule, oldest first; times in seconds. */
export interface ForkActivation {
  readonly name: string;
  readonly block: number | null;
  readonly timestamp: number | null;
}

const MAINNET = Mainnet.hardforks;

/** Forks that EthereumJS lists but whose blob parameters no network has set. */
const UNSCHEDULED = new Set(['bpo3', 'bpo4', 'bpo5']);
/** A step of the merge's network protocol, which has no rules of its own. */
const RULELESS = 'mergeNetsplitBlock';

/** Names that `--hardfork` takes, oldest first. */
export const HARDFORK_NAMES: readonly string[] = MAINNET.map((fork) => fork.name as string).filter(
  (name) => !UNSCHEDULED.has(name) && name !== RULELESS,
);

/** Names by which other tools call the same forks. */
const ALIASES: Readonly<Record<string, string>> = {
  latest: NEWEST,
  frontier: 'chainstart',
  merge: 'paris',
  tangerine: 'tangerineWhistle',
  eip150: 'tangerineWhistle',
  eip158: 'spuriousDragon',
};

/**
 * Finds a fork by name, in any case.
 * @example hardforkFromName('Cancun') // 'cancun'
 * @returns undefined for a name that no fork has.
 */
export function hardforkFromName(name: string): string | undefined {
  const wanted = name.toLowerCase();
  const aliased = Object.hasOwn(ALIASES, wanted) ? (ALIASES[wanted] as string) : wanted;
  return HARDFORK_NAMES.find((known) => known.toLowerCase() === aliased.toLowerCase());
}

const isTimed = (fork: HardforkTransitionConfig): boolean => fork.timestamp !== undefined || fork.name === 'amsterdam';
/** Forks that networks get by time. */
const TIMED = new Set<string>(MAINNET.filter(isTimed).map(({ name }) => name));

/** Every fork up to the chosen one active from block 0 and time 0, so that a stored genesis header decodes under it. */
export function scheduleFromName(hardfork: string): ForkActivation[] {
  const last = MAINNET.findIndex((fork) => fork.name === hardfork);
  return MAINNET.slice(0, last + 1)
    .filter((fork) => !UNSCHEDULED.has(fork.name) && (fork.name !== 'dao' || hardfork === 'dao'))
    .map((fork) => ({ name: fork.name, block: isTimed(fork) ? null : 0, timestamp: isTimed(fork) ? 0 : null }));
}

/** geth's config key of each fork (params.ChainConfig). */
export const GETH_KEYS: readonly (readonly [fork: string, key: string])[] = [
  ['homestead', 'homesteadBlock'],
  ['dao', 'daoForkBlock'],
  ['tangerineWhistle', 'eip150Block'],
  ['spuriousDragon', 'eip155Block'],
  ['byzantium', 'byzantiumBlock'],
  ['constantinople', 'constantinopleBlock'],
  ['petersburg', 'petersburgBlock'],
  ['istanbul', 'istanbulBlock'],
  ['muirGlacier', 'muirGlacierBlock'],
  ['berlin', 'berlinBlock'],
  ['london', 'londonBlock'],
  ['arrowGlacier', 'arrowGlacierBlock'],
  ['grayGlacier', 'grayGlacierBlock'],
  ['paris', 'mergeNetsplitBlock'],
  ['shanghai', 'shanghaiTime'],
  ['cancun', 'cancunTime'],
  ['prague', 'pragueTime'],
  ['osaka', 'osakaTime'],
  ['bpo1', 'bpo1Time'],
  ['bpo2', 'bpo2Time'],
  ['amsterdam', 'amsterdamTime'],
];

/** geth reads keys in any case (`IstanbulBlock`), so we do. */
function entryOf(config: Record<string, unknown>, key: string): unknown {
  if (key in config) return config[key];
  return Object.entries(config).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
}

function activationFromConfig(config: Record<string, unknown>, key: string): number | undefined {
  const value = entryOf(config, key);
  if (value === undefined || value === null) return undefined;
  const height = Number(value);
  if (!Number.isSafeInteger(height) || height < 0) {
    throw hardforkError({ code: 'GENESIS_INVALID', detail: `config.${key} must be a block number or time in seconds` });
  }
  return height;
}

/** Whether a genesis without `mergeNetsplitBlock` is past the merge from its first block. */
function startsMerged(config: Record<string, unknown>): boolean {
  if (config['terminalTotalDifficultyPassed'] === true) return true;
  const ttd = config['terminalTotalDifficulty'];
  if (ttd !== undefined && BigInt(ttd as string | number) === 0n) return true;
  return ['shanghaiTime', 'cancunTime', 'pragueTime', 'osakaTime'].some(
    (key) => activationFromConfig(config, key) === 0,
  );
}

/** Forks that a chain may leave out although it has later ones (geth calls them optional). */
const OPTIONAL = new Set(['dao', 'muirGlacier', 'arrowGlacier', 'grayGlacier', 'bpo1', 'bpo2']);

function rowFromConfig(config: Record<string, unknown>, name: string, key: string): Row {
  let at = activationFromConfig(config, key);
  if (name === 'dao' && config['daoForkSupport'] !== true) at = undefined;
  return { name, key, isTime: key.endsWith('Time'), at };
}

interface Row {
  readonly name: string;
  readonly key: string;
  readonly isTime: boolean;
  at: number | undefined;
}

/**
 * A fork cannot be active without those that it builds on: one that is left out comes with the next that is named.
 * With a timed fork, that is the height of the last fork that has one.
 */
function fillAndOrder(rows: readonly Row[], isMerged: boolean): void {
  const lastHeight = Math.max(0, ...rows.flatMap(({ isTime, at }) => (isTime || at === undefined ? [] : [at])));
  const merge = rows.find(({ name }) => name === 'paris') as Row;
  if (isMerged) merge.at ??= lastHeight;
  let next: Row | undefined;
  for (const row of [...rows].reverse()) {
    if (row.at === undefined && next !== undefined && !OPTIONAL.has(row.name)) {
      row.at = row.isTime === next.isTime ? next.at : lastHeight;
    }
    if (row.at === undefined) continue;
    if (next !== undefined && row.isTime === next.isTime && row.at > (next.at as number)) {
      const detail = `config.${row.key} (${row.at}) must not be later than config.${next.key} (${next.at})`;
      throw hardforkError({ code: 'GENESIS_INVALID', detail });
    }
    next = row;
  }
}

/**
 * Reads the fork schedule from the `config` of a geth genesis; forks that it skips come with the next one it names.
 * @throws HardforkError GENESIS_INVALID for an activation that is not a number, or one that comes too early.
 */
export function scheduleFromGeth(config: Record<string, unknown>): ForkActivation[] {
  const rows = GETH_KEYS.map(([name, key]) => rowFromConfig(config, name, key));
  fillAndOrder(rows, startsMerged(config));
  const named = rows.flatMap(({ name, isTime, at }): ForkActivation[] => {
    if (at === undefined) return [];
    const row = { name, block: isTime ? null : at, timestamp: isTime ? at : null };
    // The fork id counts the merge under its name in the network protocol.
    return name === 'paris' ? [{ ...row, name: RULELESS }, row] : [row];
  });
  return [{ name: 'chainstart', block: 0, timestamp: null }, ...named];
}

const invalidSchedule = (detail: string) => hardforkError({ code: 'HARDFORK_SCHEDULE_INVALID', detail });

/** As EthereumJS wants it: forks that mainnet got by time are there from time 0, not from block 0. */
function activationOf(fork: ScheduledFork, genesisTime: bigint): Omit<ForkActivation, 'name'> {
  const { block, timestamp, afterGenesis } = fork;
  const given = [block, timestamp, afterGenesis].filter((value) => value !== undefined);
  const [at] = given;
  if (at === undefined || given.length > 1) {
    throw invalidSchedule(`${fork.name} needs one of block, timestamp and afterGenesis`);
  }
  if (!Number.isSafeInteger(at) || at < 0)
    throw invalidSchedule(`${fork.name} has no whole number of at least 0: ${at}`);
  if (block !== undefined) return { block, timestamp: null };
  const time = afterGenesis === undefined ? at : Number(genesisTime) + at;
  return time <= genesisTime ? { block: 0, timestamp: null } : { block: null, timestamp: time };
}

type PlannedFork = ForkActivation & { readonly isNamed: boolean };

const shownActivation = ({ name, block, timestamp }: ForkActivation): string =>
  block === null ? `${name}@t${timestamp}` : `${name}@${block}`;

/** Blocks and times cannot be compared with each other before the blocks are there. */
function checkOrder(forks: readonly ForkActivation[]): void {
  for (const unit of ['block', 'timestamp'] as const) {
    let before: ForkActivation | undefined;
    for (const fork of forks) {
      const at = fork[unit];
      if (at === null) continue;
      if (before !== undefined && at < (before[unit] as number)) {
        throw invalidSchedule(`${shownActivation(fork)} cannot come before ${shownActivation(before)}`);
      }
      before = fork;
    }
  }
}

/**
 * A schedule of chosen forks, in any order; each that is left out comes with the next one that is named.
 * @param genesisTime of block 0, seconds: a fork at or before it is there from the start.
 * @throws HardforkError HARDFORK_UNKNOWN; HARDFORK_SCHEDULE_INVALID for a fork named twice, forks out of order, or none at 0.
 * @example scheduleFromForks([{ name: 'london', block: 0 }, { name: 'cancun', block: 100 }], 1_700_000_000n)
 */
export function scheduleFromForks(forks: readonly ScheduledFork[], genesisTime: bigint): ForkActivation[] {
  const named = new Map<string, Omit<ForkActivation, 'name'>>();
  for (const fork of forks) {
    const name = hardforkFromName(fork.name);
    if (name === undefined) throw hardforkError({ code: 'HARDFORK_UNKNOWN', name: fork.name, known: HARDFORK_NAMES });
    if (named.has(name)) throw invalidSchedule(`${name} is there twice`);
    named.set(name, activationOf(fork, genesisTime));
  }
  const planned: PlannedFork[] = [];
  let next: Omit<ForkActivation, 'name'> | undefined;
  for (const { name } of [...MAINNET].reverse()) {
    const own = named.get(name);
    next = own ?? next;
    if (next === undefined || UNSCHEDULED.has(name) || (name === 'dao' && own === undefined)) continue;
    planned.unshift({ name, ...next, isNamed: own !== undefined });
  }
  const chosen = planned.filter(({ isNamed }) => isNamed);
  checkOrder(chosen);
  if (chosen[0]?.block !== 0) throw invalidSchedule('it needs a fork that the chain starts with, such as london@0');
  return planned.map(({ name, block, timestamp }) => {
    const isTimedStart = block === 0 && TIMED.has(name);
    return isTimedStart ? { name, block: null, timestamp: 0 } : { name, block, timestamp };
  });
}
