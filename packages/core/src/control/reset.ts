import type { Lane } from '../lane.ts';
import type { Pool } from '../pool/pool.ts';
import type { SnapshotOwner, Snapshots } from './snapshots.ts';

interface ResetModules {
  readonly pool: Pool;
  readonly snapshots: Snapshots;
  readonly lane: Lane;
  /** Parts that go back to what they were at the start. */
  readonly owners: readonly SnapshotOwner[];
  readonly afterReset: () => void;
}

/** Remembers how the node started. @returns the job that brings it back there: genesis, empty pool, no snapshots. */
export function createReset({ pool, snapshots, lane, owners, afterReset }: ResetModules): () => Promise<void> {
  const start = [...owners].map((owner) => owner.capture());
  return () =>
    lane.run(async () => {
      pool.dropAll('chain was reset');
      for (const restore of start) await restore();
      snapshots.forgetAll();
      afterReset();
    });
}
