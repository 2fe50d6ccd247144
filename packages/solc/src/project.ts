import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { compileError } from './compileFaults.ts';
import type { CompilerOptions } from './settings.ts';

/** A project's folders and how it is compiled. Paths are absolute. */
export interface Project {
  /** Source names are relative to it. */
  readonly root: string;
  readonly contracts: string;
  /** Where artifacts go. */
  readonly out: string;
  readonly compiler: CompilerOptions;
}

/** The `solc` section of `minichain.config.json`; flags of the same names go first. */
export interface ProjectOptions extends CompilerOptions {
  /** Default `contracts`, else `src` where only that exists. */
  readonly contracts?: string;
  /** Default `artifacts`. */
  readonly out?: string;
}

export const CONFIG_FILE = 'minichain.config.json';

type Check = { readonly expected: string; readonly holds: (value: unknown) => boolean };
const isText: Check = { expected: 'a string', holds: (value) => typeof value === 'string' && value !== '' };
const isSwitch: Check = { expected: 'true or false', holds: (value) => typeof value === 'boolean' };

const CHECKS: { readonly [K in keyof Required<ProjectOptions>]: Check } = {
  contracts: isText,
  out: isText,
  optimizer: isSwitch,
  optimizerRuns: {
    expected: 'a whole number up to 4294967295',
    holds: (value) => Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 0xffff_ffff,
  },
  viaIR: isSwitch,
  evmVersion: isText,
  metadataHash: {
    expected: '"ipfs", "bzzr1" or "none"',
    holds: (value) => value === 'ipfs' || value === 'bzzr1' || value === 'none',
  },
  remappings: {
    expected: 'a list of strings',
    holds: (value) => Array.isArray(value) && value.every((one) => typeof one === 'string'),
  },
  solcVersion: isText,
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function checked(section: unknown, file: string): ProjectOptions {
  const fail = (detail: string): never => {
    throw compileError({ code: 'CONFIG_INVALID', file, detail });
  };
  if (!isRecord(section)) return fail('solc: expected an object');
  for (const [key, value] of Object.entries(section)) {
    const check = CHECKS[key as keyof ProjectOptions] as Check | undefined;
    if (check === undefined) return fail(`solc.${key} is unknown; known are ${Object.keys(CHECKS).join(', ')}`);
    if (!check.holds(value)) return fail(`solc.${key}: expected ${check.expected}`);
  }
  return section;
}

function readSection(root: string): ProjectOptions {
  const file = join(root, CONFIG_FILE);
  if (!existsSync(file)) return {};
  let config: unknown;
  try {
    config = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw compileError({ code: 'CONFIG_INVALID', file, detail: (error as Error).message }, { cause: error });
  }
  return isRecord(config) && config['solc'] !== undefined ? checked(config['solc'], file) : {};
}

function defaultContracts(root: string): string {
  return !existsSync(join(root, 'contracts')) && existsSync(join(root, 'src')) ? 'src' : 'contracts';
}

/**
 * Reads a project's `minichain.config.json`; options given here go before it.
 * @example const project = openProject('examples/deploy-token', { optimizer: true })
 * @throws CompileError CONFIG_INVALID naming the file and the key.
 */
export function openProject(directory: string, options: ProjectOptions = {}): Project {
  const root = resolve(directory);
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const { contracts, out, ...compiler }: ProjectOptions = { ...readSection(root), ...given };
  return {
    root,
    contracts: resolve(root, contracts ?? defaultContracts(root)),
    out: resolve(root, out ?? 'artifacts'),
    compiler,
  };
}
