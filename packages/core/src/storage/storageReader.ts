import type { Lane } from '../lane.ts';
import type { StorageReader } from '../readers.ts';
import type { Database } from './database.ts';
import { storageError } from './faults.ts';
import type { KeptState } from './keptState.ts';

const SHARED = 'a write that it was part of has failed';

interface ReaderModules {
  readonly database: Database;
  readonly kept: KeptState;
  readonly lane: Lane;
  readonly pruner: Pick<StorageReader, 'prune'>;
}

/** What the rest of the node may know about the database, and how it has something of its own kept there. */
export function storageReader({ database, kept, lane, pruner }: ReaderModules): StorageReader {
  return {
    isPersistent: database.isPersistent,
    path: database.path,
    stats: () => database.stats(),
    sizeBytes: () => database.sizeBytes(),
    prune: (limits) => pruner.prune(limits),
    compact: () => database.compact(),
    keep: (name, part) => kept.attach(name, part),
    settings: () => kept.texts(),
    saved: async (before) => {
      const set = database.isPersistent ? kept.setSince(before) : [];
      if (set.length === 0) return;
      const takenBack = kept.takenBack(set);
      await lane.run(() => {}, { isUrgent: true });
      // Somebody else's write, which it was to be part of, has failed.
      if (kept.takenBack(set) === takenBack) return;
      throw storageError({ code: 'WRITE_FAILED', detail: database.refusal() ?? SHARED });
    },
    refusal: () => database.refusal(),
    describeHolder: (what, url) => database.describeHolder(what, url),
    ready: () => database.ready(),
  };
}
