import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { replaceFile } from '../atomicFile.ts';
import { DATABASE, DESCRIPTION } from '../directory.ts';
import { storageError } from '../faults.ts';
import { notedHolder } from '../holder.ts';
import { type BackedUpFile, checkFile, type OnProgress, requireManifest, sizeOf, unusable } from './backupManifest.ts';
import { copyHashed } from './hashedCopy.ts';
import { untilDone } from './untilDone.ts';

/** What says that it is a data directory comes last: without it nobody takes half of one for a whole. */
const inOrder = (a: BackedUpFile, b: BackedUpFile): number =>
  Number(a.name === DESCRIPTION) - Number(b.name === DESCRIPTION);

/**
 * A backup is restored only to a folder of its own: what is there would be gone, and a process that has it open would go on in
 * files that are no longer its own.
 * @throws StorageError DATABASE_FOREIGN, DATABASE_UNREADABLE.
 */
export async function requireEmpty(path: string): Promise<void> {
  const names = await readdir(path).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return [];
    throw storageError({ code: 'DATABASE_UNREADABLE', path, detail: error.message }, { cause: error });
  });
  if (names.every((name) => name === 'lost+found')) return;
  if (!names.includes(DESCRIPTION)) {
    throw storageError({ code: 'DATABASE_FOREIGN', path, detail: 'a backup is restored only to an empty folder' });
  }
  const holder = await notedHolder(path);
  throw storageError({ code: 'DIRECTORY_TAKEN', path, holder: holder && { pid: holder.pid, what: holder.what } });
}

/**
 * Makes a data directory of a backup. Each file is compared with what was backed up while it is copied; when one is not what
 * it was, or the process ends before all is there, nothing is left behind.
 * @param path a folder that does not exist or is empty.
 * @throws StorageError BACKUP_UNUSABLE, DIRECTORY_TAKEN, DATABASE_FOREIGN, DATABASE_UNREADABLE.
 * @example await restoreBackup('/backups/chain', '/data/restored')
 */
export async function restoreBackup(backup: string, path: string, onProgress: OnProgress = () => {}): Promise<void> {
  const { files } = await requireManifest(backup);
  await requireEmpty(path);
  const undo = (): void => {
    rmSync(join(path, DATABASE), { recursive: true, force: true });
    rmSync(join(path, DESCRIPTION), { force: true });
  };
  await untilDone(undo, async () => {
    try {
      await copyAll(backup, path, files, onProgress);
      await nameAnew(path);
    } catch (error) {
      undo();
      throw error;
    }
  });
}

async function copyAll(
  backup: string,
  path: string,
  files: readonly BackedUpFile[],
  onProgress: OnProgress,
): Promise<void> {
  const totalBytes = sizeOf(files);
  let doneBytes = 0;
  await mkdir(join(path, DATABASE), { recursive: true });
  for (const file of [...files].sort(inOrder)) {
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
}

/** From here on it is a database of its own: tables of the same names will hold other things than the original's. */
async function nameAnew(path: string): Promise<void> {
  const description = JSON.parse(await readFile(join(path, DESCRIPTION), 'utf8')) as object;
  await replaceFile(join(path, DESCRIPTION), `${JSON.stringify({ ...description, id: randomUUID() }, undefined, 2)}\n`);
}
