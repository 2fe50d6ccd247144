import { Database, type Fsync } from './database.ts';
import type { DirectoryOptions } from './openDirectory.ts';

/** Where the chain is kept. */
export interface OpenDatabaseOptions extends DirectoryOptions {
  /** A folder; left out: in memory, gone with the process. */
  readonly path?: string;
  readonly fsync?: Fsync;
}

/**
 * Opens the database in a folder, making it when there is none, or one in memory.
 * @throws StorageError with the code that says why the folder cannot be used (see storage/faults.ts).
 * @example const database = await openDatabase({ path: '/data/chain', fsync: 'always' })
 */
export async function openDatabase({ path, ...options }: OpenDatabaseOptions = {}): Promise<Database> {
  if (path === undefined) {
    const { openMemory } = await import('./backends/memory.ts');
    return new Database(openMemory());
  }
  const { openDirectory } = await import('./openDirectory.ts');
  const { backend, ...opened } = await openDirectory(path, options);
  return new Database(backend, { ...opened, fsync: options.fsync });
}
