import type { ExecutedBlock } from './blocks/executedBlock.ts';
import type { PoolJournal } from './pool/poolJournal.ts';
import type { Database } from './storage/database.ts';
import type { KeptState } from './storage/keptState.ts';

interface CommitModules {
  readonly database: Database;
  readonly kept: KeptState;
  readonly journal: PoolJournal;
}

/** @param options.mined blocks among what was staged: what they hold waits no longer. */
export type Commit = (options?: { readonly mined?: readonly ExecutedBlock[] }) => Promise<void>;

/** How everything that was staged becomes one write, with the settings of the node's parts. */
export function createCommit({ database, kept, journal }: CommitModules): Commit {
  return async ({ mined } = {}) => {
    for (const { block } of mined ?? []) for (const tx of block.transactions) journal.remove(tx.hash());
    kept.stage();
    if (!database.hasStaged) return;
    await database.commit({ isBlock: mined !== undefined });
    kept.written();
  };
}
