import { type ChainOptions, openDatabase, requireDirectory } from '@minichain/core';
import type { NodeChainOptions } from '../config/nodeOptions.ts';
import { VERSION } from '../version.ts';
import { chainOptions, withIdleChain } from './importFile.ts';
import { type NodeProgress, onDirectory, watching } from './runningNode.ts';

/** What a directory took before and after, bytes. */
export interface SpaceReport {
  readonly bytesBefore: number;
  readonly bytesAfter: number;
}

/** Told how a node is while it works; of a directory that this process works on itself nothing is told. */
type OnNode = (progress: NodeProgress) => void;

/**
 * Gives back the space of what was deleted and overwritten; where a node has the directory open, that node does.
 * @throws StorageError, DATABASE_LOCKED while another process has it open.
 * @example await compactDirectory('./chain')
 */
export async function compactDirectory(path: string, onNode: OnNode = () => {}): Promise<SpaceReport> {
  requireDirectory(path);
  return onDirectory(path, {
    alone: () => compactAlone(path),
    asked: (node) => watching(node, () => node.call('minichain_compact', []), onNode),
  });
}

async function compactAlone(path: string): Promise<SpaceReport> {
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
 * Takes away what is older than the limits say; where a node has the directory open, that node does. Limits are
 * `storage.pruneStates` and `storage.historyBlocks`; snapshots and checkpoints hold what they need.
 * @throws StorageError, DATABASE_LOCKED while another process has it open.
 * @example await pruneDirectory({ storage: { path: './chain', pruneStates: 128 } })
 */
export async function pruneDirectory(given: NodeChainOptions, onNode: OnNode = () => {}): Promise<PruneReport> {
  const options = chainOptions(given);
  const { path = '', pruneStates, historyBlocks } = options.storage ?? {};
  requireDirectory(path);
  const limits = {
    ...(pruneStates === undefined ? {} : { states: pruneStates }),
    ...(historyBlocks === undefined ? {} : { historyBlocks }),
  };
  return onDirectory(path, {
    alone: () =>
      withIdleChain(unlimited(options), async ({ storage }) => {
        const bytesBefore = await storage.sizeBytes();
        const result = await storage.prune(limits);
        return { ...result, bytesBefore, bytesAfter: await storage.sizeBytes() };
      }),
    asked: (node) => watching(node, () => node.call('minichain_prune', [limits]), onNode),
  });
}
