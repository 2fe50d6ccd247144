import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BlockStore } from '../blocks/blockStore.ts';
import type { ExecutedBlock } from '../blocks/executedBlock.ts';
import { blockError } from '../blocks/faults.ts';
import { optionsWithIdentity } from '../chainIdentity.ts';
import type { ResolvedChainOptions } from '../chainOptions.ts';
import type { Hardforks } from '../contract.ts';
import { loadCrypto } from '../crypto/crypto.ts';
import { createHardforks } from '../hardforks/createHardforks.ts';
import { resolveOptions } from '../resolveOptions.ts';
import { createStateStore, type StateStore } from '../state/stateStore.ts';
import { withFrozenCopy } from '../storage/backup/frozenCopy.ts';
import type { Database } from '../storage/database.ts';
import { DESCRIPTION } from '../storage/directory.ts';
import { StorageError, storageError } from '../storage/faults.ts';
import { createNodeStore } from '../storage/nodeStore.ts';
import { openDatabase } from '../storage/openDatabase.ts';

const CACHE_BYTES = 128 * 2 ** 20;
const BLOCK_CACHE_BYTES = 16 * 2 ** 20;

/** A data directory's chain to be read, without the parts that would make it go on. */
export interface KeptChain {
  /** The directory that was asked for. */
  readonly path: string;
  readonly database: Database;
  readonly options: ResolvedChainOptions;
  readonly hardforks: Hardforks;
  readonly stateStore: StateStore;
  readonly blocks: BlockStore;
  /** In words, the process that has the directory open and goes on meanwhile; undefined when there is none. */
  readonly holder: string | undefined;
}

/** @throws StorageError DATABASE_UNREADABLE where there is no chain: nothing is made. */
export function requireDirectory(path: string): void {
  if (existsSync(join(path, DESCRIPTION))) return;
  throw storageError({ code: 'DATABASE_UNREADABLE', path, detail: 'there is no chain in it' });
}

async function readContents(database: Database, path: string, holder: string | undefined): Promise<KeptChain> {
  const customCrypto = await loadCrypto();
  const options = resolveOptions(optionsWithIdentity({}, database));
  const { codeSizeLimit, initCodeSizeLimit, transactionGasCap } = options;
  const hardforks = createHardforks({
    ...options,
    customCrypto,
    limits: { codeSizeLimit, initCodeSizeLimit, transactionGasCap },
  });
  const blocks = new BlockStore({ database, hardforks }, { cacheBytes: BLOCK_CACHE_BYTES });
  if (blocks.head === undefined) {
    throw storageError({ code: 'DATABASE_UNREADABLE', path, detail: 'no chain was ever started in it' });
  }
  return {
    path,
    database,
    options,
    hardforks,
    stateStore: createStateStore(createNodeStore(database), { planOf: (root) => blocks.runs.plan(root) }),
    blocks,
    holder,
  };
}

async function withDatabase<T>(
  opened: string,
  path: string,
  holder: string | undefined,
  work: (chain: KeptChain) => Promise<T>,
): Promise<T> {
  const database = await openDatabase({ path: opened, cacheBytes: CACHE_BYTES, holder: 'minichain db' });
  try {
    return await work(await readContents(database, path, holder));
  } finally {
    await database.close();
  }
}

/**
 * Opens a data directory to read in it. While a process has it open that is a frozen copy: what the process does meanwhile is
 * not seen, and the process is not slowed down.
 * @throws StorageError with the code that says why the directory cannot be read.
 * @example await withKeptChain('/data/chain', async ({ blocks }) => blocks.head)
 */
export async function withKeptChain<T>(path: string, work: (chain: KeptChain) => Promise<T>): Promise<T> {
  requireDirectory(path);
  let isRunning = false;
  const run = (chain: KeptChain): Promise<T> => {
    isRunning = true;
    return work(chain);
  };
  try {
    return await withDatabase(path, path, undefined, run);
  } catch (error) {
    const fault = error instanceof StorageError ? error.fault : undefined;
    if (isRunning || fault?.code !== 'DATABASE_LOCKED') throw error;
    const holder = fault.holder ?? 'another process';
    return withFrozenCopy(path, (copy) => withDatabase(copy, path, holder, run));
  }
}

/** @throws StorageError DATABASE_DAMAGED when the block that the chain ends with is not there. */
export function requireHead({ path, blocks }: KeptChain): ExecutedBlock {
  const head = blocks.get(blocks.head as Uint8Array);
  if (head === undefined) throw storageError({ code: 'DATABASE_DAMAGED', path, detail: 'the head block is missing' });
  return head;
}

/** The block at a height of the canonical chain. @throws BlockError BLOCK_NOT_FOUND, HISTORY_PRUNED. */
export function requireCanonical(chain: KeptChain, number: bigint): ExecutedBlock {
  const { blocks } = chain;
  const { oldest } = blocks;
  if (number > 0n && number < oldest) throw blockError({ code: 'HISTORY_PRUNED', number, oldest });
  const block = blocks.canonicalAt(number);
  if (block !== undefined) return block;
  throw blockError({
    code: 'BLOCK_NOT_FOUND',
    wanted: `number ${number}`,
    head: requireHead(chain).block.header.number,
  });
}
