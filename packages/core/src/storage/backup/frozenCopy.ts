import { copyFile, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DATABASE, DESCRIPTION } from '../directory.ts';
import { withStaging } from './staging.ts';

/**
 * Lends a data directory that holds what another one held at one moment, also while a process has that one open. It costs no
 * copies of tables where files can have two names, and what is done to it the other one never sees. It is gone at the end.
 * @param path of the data directory.
 * @throws StorageError DATABASE_DAMAGED.
 * @example await withFrozenCopy('/data/chain', (path) => openDatabase({ path }))
 */
export function withFrozenCopy<T>(path: string, work: (copy: string) => Promise<T>): Promise<T> {
  return withStaging(path, async ({ path: staging, listing: { list, bytes, tables, logs } }) => {
    const copy = join(staging, 'copy');
    const database = join(copy, DATABASE);
    await mkdir(database, { recursive: true });
    // The process may still write to the last of them.
    for (const log of logs) await copyFile(join(staging, log), join(database, log));
    for (const { name } of tables) await rename(join(staging, name), join(database, name));
    await writeFile(join(database, list), bytes);
    await writeFile(join(database, 'CURRENT'), `${list}\n`);
    await copyFile(join(path, DESCRIPTION), join(copy, DESCRIPTION));
    return work(copy);
  });
}
