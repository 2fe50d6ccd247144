import { dirname, resolve } from 'node:path';
import { nearest } from '@minichain/rpc';
import { ConfigError } from './errors.ts';
import { type Given, readGiven, shownOrigin } from './given.ts';
import { SETTINGS, type SettingName } from './schema.ts';
import { isSwitch, type Setting } from './setting.ts';

type Keys = Readonly<Record<string, unknown>>;

/** A config file as it was read: its keys are not checked yet. */
export interface ConfigFile {
  /** Absolute. */
  readonly path: string;
  /** As messages name it. */
  readonly shown: string;
  readonly content: Keys;
  /** Of what was read, for {@link watchFile}. */
  readonly identity?: string | undefined;
}

const isOutside = (name: SettingName): boolean => (SETTINGS[name] as Setting<unknown>).isOutsideFile === true;
const ALL = Object.keys(SETTINGS) as SettingName[];
const OUTSIDE: readonly string[] = ALL.filter(isOutside);
/** The keys that settings have in a file. */
export const FILE_KEYS = ALL.filter((name) => !isOutside(name));
/** What a file may have besides, at its top. */
const TOP_KEYS = ['networks', '$schema'];

const isKeys = (value: unknown): value is Keys => typeof value === 'object' && value !== null && !Array.isArray(value);

function shownValue(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object';
  return typeof value === 'string' ? `"${value}"` : String(value);
}

/** A value as text for the flag; undefined for one that no text stands for. */
function textOf(value: unknown, setting: Setting<unknown>): string | undefined {
  switch (typeof value) {
    case 'string':
      return value;
    case 'bigint':
      return String(value);
    case 'number':
      // Others have lost digits, or are no decimals.
      return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? String(value) : undefined;
    case 'boolean':
      if (isSwitch(setting)) return String(value);
      return value ? setting.bareValue : undefined;
    default: {
      const { type } = setting.parse.schema ?? {};
      const isList = Array.isArray(value) && value.every((item) => typeof item === 'string');
      return isList && type?.includes('array') === true ? value.join(',') : undefined;
    }
  }
}

const accepted = (setting: Setting<unknown>): string =>
  isSwitch(setting)
    ? 'true or false'
    : setting.parse.schema?.type?.includes('array')
      ? 'a list of texts'
      : 'a text or a number';

function readKey(file: ConfigFile, key: string, name: SettingName, value: unknown): Given | undefined {
  const setting: Setting<unknown> = SETTINGS[name];
  // `port: process.env.PORT` where there is none; and a flag whose value may be left out, switched off.
  if (value === undefined || (value === false && setting.bareValue !== undefined && !isSwitch(setting)))
    return undefined;
  const origin = { from: 'file', file: file.shown, key } as const;
  const text = textOf(value, setting);
  if (text === undefined) {
    throw new ConfigError(`${file.shown}: ${key}: expected ${accepted(setting)}, got ${shownValue(value)}`);
  }
  const given = readGiven(setting, text, origin, shownValue(value));
  if (setting.parse.isPath !== true) return given;
  const path = resolve(dirname(file.path), text);
  return { ...given, text: path, value: path };
}

/** Reads the settings among the keys of an object of the file. @param prefix names the object: `networks.ci.`. */
function readKeys(file: ConfigFile, keys: Keys, prefix: string, others: readonly string[]): Map<SettingName, Given> {
  const read = new Map<SettingName, Given>();
  const names = FILE_KEYS.filter((name) => prefix === '' || name !== 'network');
  for (const [key, value] of Object.entries(keys)) {
    if (others.includes(key)) continue;
    const name = names.find((one) => one === key);
    if (name === undefined) {
      if (OUTSIDE.includes(key)) throw new ConfigError(`${file.shown}: ${key} chooses the file, and cannot be in it`);
      const near = nearest(key, [...names, ...others]);
      const hint = near === undefined ? '`minichain config schema` lists all keys' : `did you mean ${near}?`;
      throw new ConfigError(`${file.shown}: there is no setting ${prefix}${key}; ${hint}`);
    }
    const given = readKey(file, `${prefix}${key}`, name, value);
    if (given !== undefined) read.set(name, given);
  }
  return read;
}

function networksOf({ content, shown }: ConfigFile): Keys {
  const { networks = {} } = content as { networks?: unknown };
  if (!isKeys(networks)) {
    throw new ConfigError(`${shown}: networks: expected an object of networks, got ${shownValue(networks)}`);
  }
  return networks;
}

export const networkNames = (file: ConfigFile): readonly string[] => Object.keys(networksOf(file));

function readNetwork(file: ConfigFile, name: string): ReadonlyMap<SettingName, Given> {
  const keys = networksOf(file)[name];
  if (!isKeys(keys)) {
    throw new ConfigError(`${file.shown}: networks.${name}: expected an object of settings, got ${shownValue(keys)}`);
  }
  return readKeys(file, keys, `networks.${name}.`, []);
}

/**
 * What a file says outside its networks; those are checked, too.
 * @throws ConfigError naming the file, the key, the value, and what is allowed.
 */
export function keysAtTop(file: ConfigFile): ReadonlyMap<SettingName, Given> {
  for (const name of networkNames(file)) readNetwork(file, name);
  return readKeys(file, file.content, '', TOP_KEYS);
}

/** What another node means by `--network`. */
const ANVILS_NETWORKS = ['ethereum', 'optimism', 'celo', 'tempo'];

/** What a file says for one of its networks. @throws ConfigError for a network that is not there. */
export function keysOfNetwork(file: ConfigFile | undefined, chosen: Given): ReadonlyMap<SettingName, Given> {
  const name = chosen.text;
  const known = file === undefined ? [] : networkNames(file);
  if (file !== undefined && known.includes(name)) return readNetwork(file, name);
  const there = known.length === 0 ? '' : ` (there are ${known.join(', ')})`;
  const where = file === undefined ? 'there is no config file' : `${file.shown} has no network "${name}"${there}`;
  const rules = ANVILS_NETWORKS.includes(name) ? '; minichain runs Ethereum mainnet rules only' : '';
  throw new ConfigError(
    `${shownOrigin(chosen.origin)}: expected a network of the config file, got "${name}": ${where}${rules}`,
  );
}
