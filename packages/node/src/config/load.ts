import { ConfigError } from './errors.ts';
import { SETTINGS, type SettingName, type SettingValues } from './schema.ts';
import type { Setting } from './setting.ts';

/** Names the setting as the user wrote it. */
function parsed(setting: Setting<unknown>, text: string, source: string): unknown {
  try {
    return setting.parse(text);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new ConfigError(`${source}: ${error.message}, got "${text}"`, { cause: error });
  }
}

const longFlag = (setting: Setting<unknown>): string => (/--[a-z0-9-]+/.exec(setting.flag) as RegExpExecArray)[0];

/**
 * Reads the settings: a flag before `MINICHAIN_…` in the environment before the default.
 * @param flags text as given, `true` for a switch; undefined where absent.
 * @throws ConfigError naming the flag or variable, the value, and what is allowed.
 */
export function loadSettings(
  flags: Partial<Record<SettingName, string | true>>,
  env: Readonly<Record<string, string | undefined>>,
): SettingValues {
  const values: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(SETTINGS) as [SettingName, Setting<unknown>][]) {
    const flag = flags[name];
    const variable = `MINICHAIN_${setting.env}`;
    const fromEnv = env[variable];
    if (flag === true) values[name] = setting.flag.includes('[') ? parsed(setting, '12', longFlag(setting)) : true;
    else if (flag !== undefined) values[name] = parsed(setting, flag, longFlag(setting));
    else if (fromEnv !== undefined) values[name] = parsed(setting, fromEnv, variable);
  }
  checkTogether(values as SettingValues);
  return values as SettingValues;
}

/** Settings that contradict each other. */
function checkTogether(values: SettingValues): void {
  if (values.noMining === true && values.blockTime !== undefined) {
    throw new ConfigError('--no-mining and --block-time exclude each other');
  }
  if (values.mixedMining === true && values.blockTime === undefined) {
    throw new ConfigError('--mixed-mining needs --block-time');
  }
  if (values.mnemonic !== undefined && values.mnemonicRandom !== undefined) {
    throw new ConfigError('--mnemonic and --mnemonic-random exclude each other');
  }
}
