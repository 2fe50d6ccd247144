import { type ChainOptions, openDatabase, requireDirectory } from '@minichain/core';
import type { NodeChainOptions } from '../config/nodeOptions.ts';
import { VERSION } from '../version.ts';
import { chainOptions, withIdleChain } from './importFile.ts';

/** What a directory took before and after, bytes. */
export interface SpaceReport {
  readonly bytesBefore: number;
  readonly bytesAfter: number;
}

/**
 * Gives back the space of what was deleted and overwritten, in a directory that no node has open.
 * @throws StorageError, DATABASE_LOCKED while a node has it open.
 * @example await compactDirectory('./chain')
 */
export async function compactDirectory(path: string): Promise<SpaceReport> {
  requireDirectory(path);
  const database = await openDatabase({ path, holder: 'minichain db compact', version: VERSION });
  try {
    const bytesBefore = await database.sizeBytes();
    await database.compact();
    return { bytesBefore, bytesAfter: await database.sizeBytes() };
  } finally {
    await database.close();
  }
}

/** What was taken away: blocks with their receipts, blocks off the chain, trie nodes and code. */
export interface PruneReport extends SpaceReport {
  readonly blocks: number;
  readonly branchBlocks: number;
  readonly nodes: number;
}

/** The limits of a run: what `storage` says is for nodes, which prune by themselves. */
function unlimited(options: ChainOptions): ChainOptions {
  const { pruneStates: _states, historyBlocks: _blocks, ...storage } = options.storage ?? {};
  return { ...options, storage };
}

/**
 * Takes away what is older than the limits say, in a directory that no node has open. Limits are `storage.pruneStates` and
 * `storage.historyBlocks`; snapshots and checkpoints hold what they need.
 * @throws StorageError, DATABASE_LOCKED while a node has it open.
 * @example await pruneDirectory({ storage: { path: './chain', pruneStates: 128 } })
 */
export async function pruneDirectory(given: NodeChainOptions): Promise<PruneReport> {
  const options = chainOptions(given);
  const { path = '', pruneStates: states, historyBlocks } = options.storage ?? {};
  requireDirectory(path);
  return withIdleChain(unlimited(options), async ({ storage }) => {
    const bytesBefore = await storage.sizeBytes();
    const result = await storage.prune({ states, historyBlocks });
    return { ...result, bytesBefore, bytesAfter: await storage.sizeBytes() };
  });
}
