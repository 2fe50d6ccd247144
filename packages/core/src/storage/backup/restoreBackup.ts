import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { replaceFile } from '../atomicFile.ts';
import { DATABASE, DESCRIPTION } from '../directory.ts';
import { storageError } from '../faults.ts';
import { checkFile, type OnProgress, requireManifest, sizeOf, unusable } from './backupManifest.ts';
import { copyHashed } from './hashedCopy.ts';

async function checkEmpty(path: string): Promise<void> {
  const names = await readdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw storageError({ code: 'DATABASE_UNREADABLE', path, detail: error.message }, { cause: error });
  });
  if (names.every((name) => name === 'lost+found')) return;
  const detail = 'a backup is restored only to an empty folder';
  throw storageError({ code: 'DATABASE_FOREIGN', path, detail });
}

/**
 * Makes a data directory of a backup. Each file is compared with what was backed up while it is copied; when one is not what
 * it was, nothing is left behind.
 * @param path a folder that does not exist or is empty.
 * @throws StorageError BACKUP_UNUSABLE, DATABASE_FOREIGN, DATABASE_UNREADABLE.
 * @example await restoreBackup('/backups/chain', '/data/restored')
 */
export async function restoreBackup(backup: string, path: string, onProgress: OnProgress = () => {}): Promise<void> {
  const { files } = await requireManifest(backup);
  await checkEmpty(path);
  const totalBytes = sizeOf(files);
  let doneBytes = 0;
  try {
    await mkdir(join(path, DATABASE), { recursive: true });
    for (const file of files) {
      if (file.name !== DESCRIPTION && dirname(file.name) !== DATABASE) {
        throw unusable(backup, `its list names ${file.name}, which is no file of a database`);
      }
      const copied = await copyHashed(join(backup, file.path), join(path, file.name), (bytes) => {
        doneBytes += bytes;
        onProgress({ doneBytes, totalBytes });
      }).catch((error: NodeJS.ErrnoException) => {
        throw unusable(backup, error.code === 'ENOENT' ? `${file.path} is missing` : error.message, error);
      });
      checkFile(backup, file, copied);
    }
    await nameAnew(path);
  } catch (error) {
    await rm(join(path, DATABASE), { recursive: true, force: true });
    await rm(join(path, DESCRIPTION), { force: true });
    throw error;
  }
}

/** From here on it is a database of its own: tables of the same names will hold other things than the original's. */
async function nameAnew(path: string): Promise<void> {
  const description = JSON.parse(await readFile(join(path, DESCRIPTION), 'utf8')) as object;
  await replaceFile(join(path, DESCRIPTION), `${JSON.stringify({ ...description, id: randomUUID() }, undefined, 2)}\n`);
}
