import type { BlockStore } from '../blocks/blockStore.ts';
import type { Chain, ChainMemento } from '../chain/chain.ts';
import type { Lane } from '../lane.ts';
import type { Pool } from '../pool/pool.ts';
import type { SnapshotOwner, Snapshots } from './snapshots.ts';

interface ResetModules {
  readonly chain: Chain;
  readonly blocks: BlockStore;
  readonly pool: Pool;
  readonly snapshots: Snapshots;
  readonly lane: Lane;
  /** Parts that go back to what they were at the start; the chain goes back to its genesis. */
  readonly owners: readonly SnapshotOwner[];
  readonly afterReset: () => void;
}

/** Remembers how the node starts. @returns the job that brings it back there: genesis, empty pool, no snapshots. */
export function createReset(modules: ResetModules): () => Promise<void> {
  const { chain, blocks, pool, snapshots, lane, owners, afterReset } = modules;
  const start = owners.map((owner) => owner.capture());
  const { hash, block } = chain.genesis;
  const genesis: ChainMemento = { hash, stateRoot: block.header.stateRoot, finalNumber: 0n };
  return () =>
    lane.run(
      () =>
        snapshots.allOrNothing(async () => {
          pool.dropAll('chain was reset');
          const announce = chain.restore(genesis, { keepBlocks: false });
          blocks.forgetHistory();
          for (const [index, owner] of owners.entries()) await owner.restore(start[index]);
          const forget = snapshots.forgetAll();
          afterReset();
          return () => {
            forget();
            announce();
          };
        }),
      { isUrgent: true },
    );
}
