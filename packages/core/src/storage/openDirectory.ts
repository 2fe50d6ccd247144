import { realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Backend } from './backend.ts';
import { openLevel } from './backends/level.ts';
import { findDamage } from './backends/levelFiles.ts';
import { forgetStagings } from './backup/staging.ts';
import { checkClosedSizes, noteClosedSizes } from './closedSizes.ts';
import type { ValueCache } from './database.ts';
import { claimDirectory, DATABASE, type Description, inDirectory, noteChange, UNMADE } from './directory.ts';
import { storageError } from './faults.ts';
import { certainHolder, findHolder, forgetHolder, noteHolder } from './holder.ts';
import { MIGRATIONS, type Migration, migrate, schemaAfter } from './migrations.ts';
import { createValueCache } from './valueCache.ts';

const DEFAULT_CACHE_BYTES = 64 << 20;

interface OpenedDirectory {
  readonly backend: Backend;
  readonly path: string;
  readonly cache: ValueCache;
  readonly describeHolder: (what: string, url?: string) => Promise<void>;
  /** Of the chain that the database holds, as it was noted. */
  readonly genesis: string | undefined;
  readonly noteGenesis: (hash: string) => Promise<void>;
}

export interface DirectoryOptions {
  /** Memory for what was read and for what is to be written, in bytes. Default 64 MiB. */
  readonly cacheBytes?: number;
  /** What others who find the folder in use are told about this process. Default `minichain`. */
  readonly holder?: string;
  /** Of minichain, to be noted as that which made the folder, or writes to it now. */
  readonly version?: string;
}

/** With the notes that an orderly end leaves in the directory. */
function withFarewell(backend: Backend, path: string): Backend {
  return {
    get: (key) => backend.get(key),
    write: (changes, sync) => backend.write(changes, sync),
    entries: (range) => backend.entries(range),
    sizeBytes: () => backend.sizeBytes(),
    compact: () => backend.compact(),
    ready: () => backend.ready(),
    refusal: () => backend.refusal?.(),
    mend: async () => backend.mend?.(),
    close: async () => {
      // Before the lock is given up: whoever takes it next writes a holder of its own.
      await forgetHolder(path);
      await backend.close();
      // Without the note the next start looks less closely: on a full disk there is none.
      await noteClosedSizes(path).catch(() => {});
    },
  };
}

/** Before LevelDB sees them: it makes the best of damaged files, and the best is not what was there. */
async function checkFiles(path: string): Promise<void> {
  await inDirectory(path, () => checkClosedSizes(path));
  const detail = await findDamage(join(path, DATABASE));
  if (detail === undefined) return;
  // Files that another process is just changing look damaged once; that it has the lock is found out later.
  if ((await findDamage(join(path, DATABASE))) !== detail) return;
  throw storageError({ code: 'DATABASE_DAMAGED', path, detail });
}

/**
 * Opens the database in a directory. Half of the memory is for values that were read, half for LevelDB.
 * @throws StorageError with the code that says why the directory cannot be used (see storage/faults.ts).
 */
export async function openDirectory(
  given: string,
  { cacheBytes = DEFAULT_CACHE_BYTES, holder = 'minichain', version }: DirectoryOptions = {},
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<OpenedDirectory> {
  const path = resolve(given);
  const known = schemaAfter(migrations);
  const { schema: found } = await claimDirectory(path, known, version);
  const holding = await certainHolder(path);
  if (holding !== undefined) throw storageError({ code: 'DATABASE_LOCKED', path, holder: holding });
  if (found !== UNMADE) await checkFiles(path);
  // Within a process LevelDB knows what is open by its name: by another it would open it a second time.
  const backend = await openLevel(join(await inDirectory(path, () => realpath(path)), DATABASE), {
    create: found === UNMADE,
    cacheBytes: Math.floor(cacheBytes / 2),
    directory: path,
    holder: () => findHolder(path),
  });
  let description: Description;
  try {
    // For others to read: it can be missing, as on a full disk.
    await noteHolder(path, holder).catch(() => {});
    await forgetStagings(path);
    // As it is under the lock: another process may have had it open until now.
    description = await claimDirectory(path, known, version);
    const note = async (schema: number) => {
      description = await noteChange(path, description, { schema });
    };
    if (description.schema === UNMADE) await note(known);
    else await migrate(backend, description.schema, note, migrations);
    if (version !== undefined && version !== description.writer) {
      // For people to read: it can be as it was, as on a full disk.
      description = await noteChange(path, description, { writer: version }).catch(() => description);
    }
  } catch (error) {
    await backend.close();
    throw error;
  }
  return {
    backend: withFarewell(backend, path),
    path,
    cache: createValueCache(Math.floor(cacheBytes / 2)),
    // As above.
    describeHolder: (what, url) => noteHolder(path, what, url).catch(() => {}),
    genesis: description.genesis,
    noteGenesis: async (genesis) => {
      description = await noteChange(path, description, { genesis });
    },
  };
}
