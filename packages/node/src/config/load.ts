import { type ConfigFile, keysAtTop, keysOfNetwork } from './configFile.ts';
import { checkTogether, isRuledOut } from './contradictions.ts';
import { type Given, readGiven } from './given.ts';
import { PRESETS, type PresetName } from './presets.ts';
import { SETTINGS, type SettingName, type SettingValues } from './schema.ts';
import { longFlag, type Setting, variableOf } from './setting.ts';

/** Text as given, `true` for a switch; undefined where absent. */
export type SettingFlags = Partial<Record<SettingName, string | true>>;
export type Environment = Readonly<Record<string, string | undefined>>;

/** What a node is to be started with, and who said so. */
export interface LoadedSettings {
  readonly values: Readonly<SettingValues>;
  /** What is not the default. */
  readonly given: ReadonlyMap<SettingName, Given>;
  /** The file that was read. */
  readonly file: string | undefined;
  /** Of what was read in it, for {@link watchFile}. */
  readonly identity: string | undefined;
}

const ALL = Object.entries(SETTINGS) as [SettingName, Setting<unknown>][];

/** An empty variable counts as absent, as compose files and CI systems mean it. */
function saidFor(name: SettingName, flags: SettingFlags, env: Environment): Given | undefined {
  const setting: Setting<unknown> = SETTINGS[name];
  const flag = flags[name];
  if (flag !== undefined) {
    const text = flag === true ? (setting.bareValue ?? 'true') : flag;
    return readGiven(setting, text, { from: 'flag', name: longFlag(setting) });
  }
  const variable = variableOf(setting);
  const text = env[variable];
  if (text === undefined || text === '') return undefined;
  return readGiven(setting, text, { from: 'environment', name: variable });
}

type Layer = ReadonlyMap<SettingName, Given>;

/** What flags and variables say. */
export function commandLine(flags: SettingFlags, env: Environment): Layer {
  const layer = new Map<SettingName, Given>();
  for (const [name] of ALL) {
    const given = saidFor(name, flags, env);
    if (given !== undefined) layer.set(name, given);
  }
  return layer;
}

/** What a genesis file decides unless somebody says otherwise; a preset does not. */
const OF_GENESIS: readonly string[] = ['chainId', 'gasLimit', 'coinbase'];

function presetLayer(name: PresetName, { hasGenesis }: { hasGenesis: boolean }): Layer {
  const settings = (Object.entries(PRESETS[name]) as [SettingName, string][]).filter(
    ([key]) => !hasGenesis || !OF_GENESIS.includes(key),
  );
  return new Map(settings.map(([key, text]) => [key, readGiven(SETTINGS[key], text, { from: 'preset', name })]));
}

/** Lays a layer under stronger ones: it says only what they leave open. */
function layUnder(all: Map<SettingName, Given>, layer: Layer): void {
  const stronger = new Map(all);
  for (const [name, given] of layer) {
    if (!stronger.has(name) && !isRuledOut(name, stronger)) all.set(name, given);
  }
}

/**
 * Puts settings together: a flag before `MINICHAIN_…` before the chosen network of the file before the file before the
 * preset. What a stronger layer excludes gives way; contradictions within a layer are mistakes.
 * @throws ConfigError naming the flag, variable or key, the value, and what is allowed.
 */
export function settle(flags: SettingFlags, env: Environment, file?: ConfigFile): LoadedSettings {
  const all = new Map(commandLine(flags, env));
  const top = file === undefined ? new Map<SettingName, Given>() : keysAtTop(file);
  const network = all.get('network') ?? top.get('network');
  if (network !== undefined) {
    all.set('network', network);
    layUnder(all, keysOfNetwork(file, network));
  }
  layUnder(all, top);
  const preset = all.get('preset')?.value as PresetName | undefined;
  if (preset !== undefined) layUnder(all, presetLayer(preset, { hasGenesis: all.has('init') }));
  checkTogether(all);
  const values = Object.fromEntries([...all].map(([name, { value }]) => [name, value]));
  return { values, given: all, file: file?.path, identity: file?.identity };
}

/**
 * Settings without a file: what flags and variables say, and the preset they name.
 * @throws ConfigError naming the flag or variable, the value, and what is allowed.
 * @example loadSettings({ port: '0' }, process.env) // { port: 0 }
 */
export function loadSettings(flags: SettingFlags, env: Environment): Readonly<SettingValues> {
  return settle(flags, env).values;
}
