import { ConfigError } from './errors.ts';
import { SETTINGS, type SettingName, type SettingValues } from './schema.ts';
import { longFlag, type Setting } from './setting.ts';

/** Names the setting as the user wrote it. */
function parsed(setting: Setting<unknown>, text: string, source: string): unknown {
  try {
    return setting.parse(text);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new ConfigError(`${source}: ${error.message}, got "${text}"`, { cause: error });
  }
}

/** An empty variable counts as absent, as compose files and CI systems mean it. */
function given(setting: Setting<unknown>, flag: string | true | undefined, variable: string, env: Environment) {
  if (flag === true) return setting.bareValue === undefined ? true : setting.parse(setting.bareValue);
  if (flag !== undefined) return parsed(setting, flag, longFlag(setting));
  const text = env[variable];
  return text === undefined || text === '' ? undefined : parsed(setting, text, variable);
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings: a flag before `MINICHAIN_…` in the environment before the default.
 * @param flags text as given, `true` for a switch; undefined where absent.
 * @throws ConfigError naming the flag or variable, the value, and what is allowed.
 * @example loadSettings({ port: '0' }, process.env) // { port: 0 }
 */
export function loadSettings(
  flags: Partial<Record<SettingName, string | true>>,
  env: Environment,
): Readonly<SettingValues> {
  const values: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(SETTINGS) as [SettingName, Setting<unknown>][]) {
    const value = given(setting, flags[name], `MINICHAIN_${setting.env}`, env);
    if (value !== undefined) values[name] = value;
  }
  checkTogether(values as SettingValues);
  return values as SettingValues;
}

/** Settings of which only one can hold, each with the reason where it is not plain. */
const EXCLUSIVE: readonly (readonly [SettingName, SettingName, string?])[] = [
  ['noMining', 'blockTime'],
  ['mnemonic', 'mnemonicRandom'],
  ['mnemonic', 'mnemonicSeedUnsafe'],
  ['mnemonicRandom', 'mnemonicSeedUnsafe'],
  ['gasLimit', 'disableBlockGasLimit'],
  ['codeSizeLimit', 'disableCodeSizeLimit'],
  ['enableTxGasLimit', 'disableTxGasCap'],
  ['maxBodyBytes', 'noRequestSizeLimit'],
  ['allowOrigin', 'noCors'],
  ['init', 'hardfork', 'the genesis file says which hardforks hold'],
  ['init', 'balance', 'the genesis file says who owns what'],
  ['init', 'timestamp', 'the genesis file has its own'],
  ['init', 'baseFee', 'the genesis file has its own'],
  ['init', 'noSystemContracts', 'the genesis file says which contracts there are'],
  ['init', 'noCreate2Deployer', 'the genesis file says which contracts there are'],
];

/** @throws ConfigError for settings that contradict each other. */
function checkTogether(values: SettingValues): void {
  const isGiven = (name: SettingName): boolean => values[name] !== undefined && values[name] !== false;
  for (const [one, other, reason] of EXCLUSIVE) {
    if (!isGiven(one) || !isGiven(other)) continue;
    const why = reason === undefined ? '' : `: ${reason}`;
    throw new ConfigError(`${longFlag(SETTINGS[one])} and ${longFlag(SETTINGS[other])} exclude each other${why}`);
  }
  if (isGiven('mixedMining') && !isGiven('blockTime')) throw new ConfigError('--mixed-mining needs --block-time');
}
