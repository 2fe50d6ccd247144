import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEther, parseGwei } from 'viem';
import type { ArtifactStore } from './artifacts.ts';
import { isLibraryCode } from './compareCode.ts';
import type { GivenArguments } from './constructorArguments.ts';
import { type DeployFault, deployError } from './deployFaults.ts';
import type { Project } from './project.ts';

export const PLAN_FILE = 'minichain.deploy.json';

/** One contract of a plan. */
export interface PlanEntry {
  /** `Token` or `contracts/Token.sol:Token`. */
  readonly contract: string;
  /** The record's name, and what `${…}` in later arguments means; default the contract's name. */
  readonly name: string;
  readonly args: GivenArguments;
  /** Addresses of libraries that are already there; `${…}` is allowed. Others are deployed first. */
  readonly libraries: Readonly<Record<string, string>>;
  /** Wei. */
  readonly value: bigint;
}

type Fields = Readonly<Record<string, unknown>>;
const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** `contracts/Token.sol:Token` → `Token` */
const shortName = (contract: string): string => contract.slice(contract.lastIndexOf(':') + 1);

/**
 * Reads an amount: wei, or a number with `ether` or `gwei`.
 * @example weiFromText('1.5 ether') // 1500000000000000000n
 * @returns undefined for anything else.
 */
export function weiFromText(text: string): bigint | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*(wei|gwei|ether)?$/.exec(text.trim());
  if (match === null) return undefined;
  const [, amount = '', unit = 'wei'] = match;
  if (unit === 'ether') return parseEther(amount);
  if (unit === 'gwei') return parseGwei(amount);
  return amount.includes('.') ? undefined : BigInt(amount);
}

const KNOWN = ['contract', 'name', 'args', 'libraries', 'value'];

function entryFrom(fields: unknown, at: string, fail: (detail: string) => never): PlanEntry {
  if (!isRecord(fields)) return fail(`${at}: expected an object`);
  const unknown = Object.keys(fields).find((key) => !KNOWN.includes(key));
  if (unknown !== undefined) fail(`${at}.${unknown} is unknown; known are ${KNOWN.join(', ')}`);
  const { contract, name = shortName(String(contract)), args = [], libraries = {}, value = '0' } = fields;
  if (!isText(contract)) return fail(`${at}.contract: expected the name of a contract`);
  // It becomes a file's name.
  if (!isText(name) || !/^[\w.-]+$/.test(name) || name.startsWith('.')) {
    return fail(`${at}.name: expected letters, digits, "-", "_" and "."`);
  }
  if (!isRecord(args) && !Array.isArray(args)) return fail(`${at}.args: expected a list or an object`);
  if (!isRecord(libraries) || !Object.values(libraries).every(isText)) {
    return fail(`${at}.libraries: expected an object of addresses by library`);
  }
  const wei = typeof value === 'string' || Number.isSafeInteger(value) ? weiFromText(String(value)) : undefined;
  if (wei === undefined) return fail(`${at}.value: expected wei, or a string such as "1.5 ether"`);
  return { contract, name, args: args as GivenArguments, libraries: libraries as Record<string, string>, value: wei };
}

/**
 * Reads a project's `minichain.deploy.json`: `{ "deployments": [{ "contract": "Token", "args": ["Gold"] }] }`.
 * @returns undefined where there is none.
 * @throws DeployError PLAN_INVALID naming the file and the field.
 */
export function readPlan(root: string): PlanEntry[] | undefined {
  const file = join(root, PLAN_FILE);
  if (!existsSync(file)) return undefined;
  const fail = (detail: string, cause?: unknown): never => {
    throw deployError({ code: 'PLAN_INVALID', file, detail }, { cause });
  };
  let plan: unknown;
  try {
    plan = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    return fail((error as Error).message, error);
  }
  const deployments = isRecord(plan) ? plan['deployments'] : undefined;
  if (!Array.isArray(deployments) || deployments.length === 0) return fail('deployments: expected a list of contracts');
  const entries = deployments.map((fields, index) => entryFrom(fields, `deployments[${index}]`, fail));
  const seen = new Set<string>();
  for (const [index, { name }] of entries.entries()) {
    if (seen.has(name)) fail(`deployments[${index}].name: "${name}" is taken; give this one a name of its own`);
    seen.add(name);
  }
  return entries;
}

/** What to deploy when it is not a plan: one contract. */
export interface SingleContract {
  readonly contract?: string | undefined;
  readonly args?: GivenArguments | undefined;
  readonly libraries?: Readonly<Record<string, string>> | undefined;
  readonly value?: bigint | undefined;
}

/** Contracts of the project itself that have code and are no libraries. */
function deployableContracts(artifacts: ArtifactStore): string[] {
  return artifacts.ownNames().filter((name) => {
    const { bytecode, deployedBytecode } = artifacts.get(name);
    return bytecode !== '0x' && !isLibraryCode(deployedBytecode);
  });
}

/**
 * Decides what to deploy: the contract that is named, else the project's plan, else the only contract there is.
 * @throws DeployError PLAN_INVALID, PLAN_MISSING listing the contracts; CompileError ARTIFACT_MISSING, ARTIFACT_AMBIGUOUS
 */
export function planOf({ root }: Project, artifacts: ArtifactStore, single: SingleContract = {}): readonly PlanEntry[] {
  const { args = [], libraries = {}, value = 0n } = single;
  const entry = (contract: string): PlanEntry => ({ contract, name: shortName(contract), args, libraries, value });
  if (single.contract !== undefined) return [entry(single.contract)];
  const plan = readPlan(root);
  if (plan !== undefined) return plan;
  const candidates = deployableContracts(artifacts);
  const [only] = candidates;
  if (only !== undefined && candidates.length === 1) return [entry(only)];
  throw deployError({ code: 'PLAN_MISSING', file: PLAN_FILE, candidates });
}

/** Addresses that `${…}` stands for. */
export type References = ReadonlyMap<string, string>;

/**
 * Puts addresses in place of `${Token}` in every text of a value.
 * @throws DeployError PLAN_INVALID for a name that stands for nothing yet.
 */
export function withReferences<T>(value: T, references: References, at: string): T {
  if (typeof value === 'string') {
    return value.replaceAll(/\$\{([^}]*)\}/g, (_, name: string) => {
      const address = references.get(name);
      if (address !== undefined) return address;
      const detail = `${at}: \${${name}} is not deployed before it; known are ${[...references.keys()].join(', ')}`;
      const fault: DeployFault = { code: 'PLAN_INVALID', file: PLAN_FILE, detail };
      throw deployError(fault);
    }) as T;
  }
  if (Array.isArray(value)) return value.map((one) => withReferences(one, references, at)) as T;
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withReferences(one, references, at)])) as T;
}
