import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Hex } from '@minichain/protocol';
import type { AbiEntry } from './artifacts.ts';
import type { LibraryAddresses } from './link.ts';
import { jsonText, writeFileAtomically } from './writeFile.ts';

/** A contract on a chain, as it is written to `deployments/<chainId>/<name>.json`. */
export interface DeploymentRecord {
  readonly contractName: string;
  readonly sourceName: string;
  readonly address: Hex;
  readonly chainId: number;
  readonly deployer: Hex;
  readonly transactionHash: Hex;
  readonly blockNumber: number;
  readonly blockHash: Hex;
  readonly gasUsed: number;
  /** Constructor arguments in order; whole numbers are text. */
  readonly args: readonly unknown[];
  /** The same, ABI-encoded. */
  readonly encodedArgs: Hex;
  readonly libraries: LibraryAddresses;
  /** keccak-256 of the creation code with its libraries and without arguments. */
  readonly bytecodeHash: Hex;
  readonly abi: readonly AbiEntry[];
}

/** Where records of a project are. */
export const recordsFolder = (root: string, chainId: number): string => join(root, 'deployments', String(chainId));

export const recordFile = (folder: string, name: string): string => join(folder, `${name}.json`);

/** A record, or undefined where there is none that can be read. */
export function readRecord(file: string): DeploymentRecord | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as DeploymentRecord;
  } catch {
    return undefined;
  }
}

export function writeRecord(file: string, record: DeploymentRecord): void {
  writeFileAtomically(file, jsonText(record));
}

/** Values as JSON holds them. */
export function jsonValue(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return value.map(jsonValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, jsonValue(one)]));
}
