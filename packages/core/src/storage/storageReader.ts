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
    undone: () => kept.undone,
    saved: async (undone = kept.undone) => {
      if (database.isPersistent && kept.isDirty) await lane.run(() => {});
      // Somebody else's write, which it was to be part of, has failed.
      if (kept.undone > undone) throw storageError({ code: 'WRITE_FAILED', detail: database.refusal() ?? SHARED });
    },
    refusal: () => database.refusal(),
    describeHolder: (what, url) => database.describeHolder(what, url),
    ready: () => database.ready(),
  };
}
