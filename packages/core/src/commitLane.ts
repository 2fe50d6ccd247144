import { Lane } from './lane.ts';
import type { Database } from './storage/database.ts';
import { StorageError } from './storage/faults.ts';
import { mendInLane } from './storage/mendInLane.ts';

/**
 * What a job has staged is written after it, and it fails when that fails. A job that has written what it is about by itself
 * has happened: what is left then is what others have set, who hear of it, and what a pool that is read again makes anew.
 * After a job that failed the same is written, unless the database has failed: what is staged then may be half of something.
 */
export function createCommitLane(
  database: Database,
  commit: () => Promise<void>,
  before: () => Promise<void> | undefined = () => undefined,
): Lane {
  let hasCommitted = false;
  database.onCommitted(() => {
    hasCommitted = true;
  });
  const lane = new Lane({
    before,
    afterJob: async () => {
      const isDone = hasCommitted;
      try {
        await commit();
      } catch (error) {
        if (!isDone) throw error;
      } finally {
        hasCommitted = false;
      }
    },
    afterFailure: async (error, { commits }) => {
      if (error instanceof StorageError) database.discard();
      else if (commits) await commit();
      hasCommitted = false;
    },
  });
  mendInLane(database, lane);
  return lane;
}
