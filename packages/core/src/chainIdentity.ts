import { equalsBytes } from '@ethereumjs/util';
import type { ChainOptions, ResolvedChainOptions } from './chainOptions.ts';
import type { Database } from './storage/database.ts';
import { storageError } from './storage/faults.ts';
import { keyOf, namePart } from './storage/keys.ts';
import { bytesFromPlain, plainFromBytes, textFromPlain } from './storage/plain.ts';

const IDENTITY = keyOf('meta', namePart('identity'));

/** Options that made the genesis and the rules: a directory that holds a chain holds them too. */
const FIXED = [
  'chainId',
  'hardfork',
  'hardforkSchedule',
  'genesis',
  'accounts',
  'baseFee',
  'timestamp',
  'systemContracts',
  'create2Deployer',
] as const satisfies readonly (keyof ChainOptions)[];
/** Rules that may be changed between two runs, and stay as they were otherwise. */
const REMEMBERED = [
  'codeSizeLimit',
  'initCodeSizeLimit',
  'transactionGasCap',
] as const satisfies readonly (keyof ChainOptions)[];

const isEqual = (a: unknown, b: unknown): boolean => textFromPlain(a) === textFromPlain(b);
const shown = (value: unknown): string => (typeof value === 'object' ? textFromPlain(value) : String(value));

function contradiction(path: string | undefined, option: string, given: unknown, kept: unknown): Error {
  // A mnemonic is a secret even where everybody knows it.
  const isSecret = option === 'accounts.mnemonic';
  return storageError({
    code: 'DATABASE_CONTRADICTS',
    path: path ?? 'the database',
    option,
    given: isSecret ? 'another one' : shown(given),
    kept: isSecret ? 'its own' : shown(kept),
  });
}

function checkAgainst(given: ChainOptions, kept: Record<string, unknown>, path: string | undefined): void {
  for (const name of FIXED) {
    const value = given[name];
    if (value === undefined) continue;
    if (name !== 'accounts') {
      if (!isEqual(value, kept[name])) throw contradiction(path, name, value, kept[name]);
      continue;
    }
    const accounts = kept['accounts'] as Record<string, unknown>;
    for (const [field, one] of Object.entries(value)) {
      if (one === undefined || isEqual(one, accounts[field])) continue;
      throw contradiction(path, `accounts.${field}`, one, accounts[field]);
    }
  }
}

/**
 * The options with which a database's chain goes on: those that it was made with, for a new one those that were given.
 * @throws StorageError DATABASE_CONTRADICTS when an option that made the chain is given otherwise.
 */
export function optionsWithIdentity(given: ChainOptions, database: Database): ChainOptions {
  const bytes = database.get(IDENTITY);
  if (bytes === undefined) return given;
  const kept = plainFromBytes(bytes) as Record<string, unknown>;
  checkAgainst(given, kept, database.path);
  const remembered = REMEMBERED.filter((name) => given[name] === undefined).map((name) => [name, kept[name]]);
  return {
    ...given,
    ...Object.fromEntries(FIXED.map((name) => [name, kept[name]])),
    ...Object.fromEntries(remembered),
  };
}

/** Stages what the database's chain is, for the next time. */
export function keepIdentity(options: ResolvedChainOptions, database: Database): void {
  const fields = [...FIXED, ...REMEMBERED].map((name) => [name, options[name]]);
  const identity = bytesFromPlain(Object.fromEntries(fields));
  // A node starts on a full disk as well, as long as nothing has to be written for that.
  const kept = database.get(IDENTITY);
  if (kept === undefined || !equalsBytes(kept, identity)) database.put(IDENTITY, identity);
}
