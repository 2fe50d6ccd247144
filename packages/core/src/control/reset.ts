import type { Chain, ChainMemento } from '../chain/chain.ts';
import type { Lane } from '../lane.ts';
import type { Pool } from '../pool/pool.ts';
import type { SnapshotOwner, Snapshots } from './snapshots.ts';

interface ResetModules {
  readonly chain: Chain;
  readonly pool: Pool;
  readonly snapshots: Snapshots;
  readonly lane: Lane;
  /** Parts that go back to what they were at the start; the chain goes back to its genesis. */
  readonly owners: readonly SnapshotOwner[];
  readonly afterReset: () => void;
  /** Makes all that was staged one write. */
  readonly commit: () => Promise<void>;
}

/** Remembers how the node starts. @returns the job that brings it back there: genesis, empty pool, no snapshots. */
export function createReset(modules: ResetModules): () => Promise<void> {
  const { chain, pool, snapshots, lane, owners, afterReset, commit } = modules;
  const start = owners.map((owner) => owner.capture());
  const { hash, block } = chain.genesis;
  const genesis: ChainMemento = { hash, stateRoot: block.header.stateRoot, finalNumber: 0n };
  return () =>
    lane.run(async () => {
      pool.dropAll('chain was reset');
      const announce = chain.restore(genesis, { keepBlocks: false });
      for (const [index, owner] of owners.entries()) await owner.restore(start[index]);
      snapshots.forgetAll();
      afterReset();
      await commit();
      announce();
    });
}
