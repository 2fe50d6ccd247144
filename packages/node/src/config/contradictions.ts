import { ConfigError } from './errors.ts';
import type { Given } from './given.ts';
import { SETTINGS, type SettingName } from './schema.ts';
import { longFlag } from './setting.ts';

/** Settings of which only one can hold, each with the reason where it is not plain. */
const EXCLUSIVE: readonly (readonly [SettingName, SettingName, string?])[] = [
  ['config', 'noConfig'],
  ['noMining', 'blockTime'],
  ['noMining', 'mixedMining'],
  ['mnemonic', 'mnemonicRandom'],
  ['mnemonic', 'mnemonicSeedUnsafe'],
  ['mnemonicRandom', 'mnemonicSeedUnsafe'],
  ['gasLimit', 'disableBlockGasLimit'],
  ['codeSizeLimit', 'disableCodeSizeLimit'],
  ['enableTxGasLimit', 'disableTxGasCap'],
  ['maxBody', 'maxBodyBytes'],
  ['maxBody', 'noRequestSizeLimit'],
  ['maxBodyBytes', 'noRequestSizeLimit'],
  ['allowOrigin', 'noCors'],
  ['state', 'loadState'],
  ['state', 'dumpState'],
  ['init', 'state', 'both say what the chain starts from'],
  ['init', 'loadState', 'both say what the chain starts from'],
  ['dataDir', 'state', 'a data directory keeps the chain by itself'],
  ['dataDir', 'loadState', 'a directory goes on by itself; minichain db import --state takes a file in once'],
  ['hardfork', 'hardforkSchedule', 'the schedule has the fork that the chain starts with, such as london@0'],
  ['priorityFee', 'disableMinPriorityFee'],
  ['init', 'hardforkSchedule', 'the genesis file says which hardforks hold'],
  ['init', 'hardfork', 'the genesis file says which hardforks hold'],
  ['init', 'balance', 'the genesis file says who owns what'],
  ['init', 'timestamp', 'the genesis file has its own'],
  ['init', 'baseFee', 'the genesis file has its own'],
  ['init', 'noSystemContracts', 'the genesis file says which contracts there are'],
  ['init', 'noCreate2Deployer', 'the genesis file says which contracts there are'],
];

type AllGiven = ReadonlyMap<SettingName, Given>;

/** A switch that is off contradicts nothing. */
const holds = (all: AllGiven, name: SettingName): boolean => all.has(name) && all.get(name)?.value !== false;

/** As the user knows it: by its flag, or by its key in a file. */
function shown(all: AllGiven, name: SettingName): string {
  const origin = all.get(name)?.origin;
  return origin?.from === 'file' ? `${origin.key} (${origin.file})` : longFlag(SETTINGS[name]);
}

/** Whether something in `stronger` rules a setting out that a weaker layer has. */
export function isRuledOut(name: SettingName, stronger: AllGiven): boolean {
  return EXCLUSIVE.some(
    ([one, other]) => (one === name && holds(stronger, other)) || (other === name && holds(stronger, one)),
  );
}

/** @throws ConfigError for settings that contradict each other. */
export function checkTogether(all: AllGiven): void {
  for (const [one, other, reason] of EXCLUSIVE) {
    if (!holds(all, one) || !holds(all, other)) continue;
    const why = reason === undefined ? '' : `: ${reason}`;
    throw new ConfigError(`${shown(all, one)} and ${shown(all, other)} exclude each other${why}`);
  }
  if (all.get('metrics')?.value === false && holds(all, 'metricsPort')) {
    throw new ConfigError(`${shown(all, 'metricsPort')} needs ${shown(all, 'metrics')}, which is switched off`);
  }
  if (holds(all, 'password') && !holds(all, 'keystore')) {
    throw new ConfigError(`${shown(all, 'password')} needs --keystore`);
  }
  if (holds(all, 'mixedMining') && !holds(all, 'blockTime')) {
    throw new ConfigError(`${shown(all, 'mixedMining')} needs --block-time`);
  }
}
