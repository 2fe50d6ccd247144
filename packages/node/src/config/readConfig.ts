import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, isAbsolute, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ConfigFile } from './configFile.ts';
import { ConfigError, reasonFromSystem } from './errors.ts';
import { commandLine, type Environment, type LoadedSettings, type SettingFlags, settle } from './load.ts';
import { identityOf } from './watchFile.ts';

const ENDINGS = ['.ts', '.mts', '.js', '.mjs', '.cjs', '.json'];
/** What a config file may be called. */
export const FILE_NAMES = ENDINGS.map((ending) => `minichain.config${ending}`);

/** The config file of a folder. @throws ConfigError when there are several. */
export function findConfig(folder: string): string | undefined {
  const found = FILE_NAMES.filter((name) => existsSync(join(folder, name)));
  if (found.length > 1) {
    throw new ConfigError(`there are ${found.join(' and ')}: keep one, or choose with --config`);
  }
  return found[0] === undefined ? undefined : join(folder, found[0]);
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).trim().split('\n', 1)[0] as string;

async function readJson(path: string, shown: string): Promise<unknown> {
  const text = await readFile(path, 'utf8');
  try {
    // Some editors begin with a byte order mark.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new ConfigError(`${shown}: not JSON: ${firstLine(error)}`, { cause: error });
  }
}

/** A module with nothing but `defineConfig`, in place of the package: that would load a whole node. */
const DEFINE_CONFIG = fileURLToPath(new URL('./defineConfig', import.meta.url));

/** A module, or what CommonJS exports in place of one. */
interface Loaded {
  readonly default?: unknown;
  readonly __esModule?: boolean;
  readonly [Symbol.toStringTag]?: string;
}

/** Runs a module anew, with what it imports: TypeScript, ES modules and CommonJS alike. */
async function runModule(path: string, shown: string): Promise<unknown> {
  const { createJiti } = await import('jiti').catch((error: unknown) => {
    throw new ConfigError(`${shown}: the package jiti, which runs it, is not installed; JSON needs none`, {
      cause: error,
    });
  });
  const alias = { minichain: DEFINE_CONFIG, '@minichain/node': DEFINE_CONFIG };
  const jiti = createJiti(path, { moduleCache: false, fsCache: false, interopDefault: false, alias });
  let loaded: Loaded;
  try {
    loaded = await jiti.import(path);
  } catch (error) {
    throw new ConfigError(`${shown}: cannot be run: ${firstLine(error)}`, { cause: error });
  }
  if (loaded.default !== undefined) return loaded.default;
  const isEs = loaded.__esModule === true || loaded[Symbol.toStringTag] === 'Module';
  if (isEs) throw new ConfigError(`${shown}: expected a default export`);
  return loaded;
}

/** Reads a config file, without looking at its keys. @throws ConfigError when it cannot be read or is no object. */
export async function readConfig(path: string, folder: string): Promise<ConfigFile> {
  const near = relative(folder, path);
  const shown = near.startsWith('..') || isAbsolute(near) ? path : near;
  if (!ENDINGS.includes(extname(path))) {
    throw new ConfigError(`${shown}: expected a file that ends in ${ENDINGS.join(' ')}`);
  }
  // Before it is read: what comes meanwhile is a change.
  const identity = identityOf(path);
  try {
    const content = extname(path) === '.json' ? await readJson(path, shown) : await runModule(path, shown);
    if (typeof content !== 'object' || content === null || Array.isArray(content)) {
      throw new ConfigError(`${shown}: expected an object of settings`);
    }
    return { path, shown, content: content as Record<string, unknown>, identity };
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    throw new ConfigError(`${shown}: cannot be read: ${reasonFromSystem(error)}`, { cause: error });
  }
}

/**
 * Reads the settings of a node: flags, `MINICHAIN_…`, the config file of a folder or the one that is named, the preset.
 * @param folder where a config file is looked for, and what paths in flags are relative to.
 * @param found the file that was found there before.
 * @throws ConfigError naming the flag, variable or key, the value, and what is allowed.
 * @example (await resolveSettings({ port: '0' }, process.env, process.cwd())).values // { port: 0 }
 */
export async function resolveSettings(
  flags: SettingFlags,
  env: Environment,
  folder: string,
  found?: string,
): Promise<LoadedSettings> {
  const said = commandLine(flags, env);
  const named = said.get('config');
  if (said.get('noConfig')?.value === true) return settle(flags, env);
  const path = named === undefined ? (found ?? findConfig(folder)) : resolve(folder, named.text);
  return settle(flags, env, path === undefined ? undefined : await readConfig(path, folder));
}
