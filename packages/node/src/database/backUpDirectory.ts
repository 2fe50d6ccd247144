import {
  type BackupManifest,
  type BackupProgress,
  backupDatabase,
  findManifest,
  requireDirectory,
  requireEmpty,
  restoreBackup,
  verifyBackup,
} from '@minichain/core';

/** A backup that was made. */
export interface BackupReport {
  /** How many backups the folder has seen. */
  readonly number: number;
  readonly files: number;
  readonly bytes: number;
  /** What was not there from an earlier backup. */
  readonly copiedFiles: number;
  readonly copiedBytes: number;
}

type OnProgress = (progress: BackupProgress) => void;

const sizeOf = (files: BackupManifest['files']): number => files.reduce((sum, { size }) => sum + size, 0);

/**
 * Backs up a data directory, whether a node has it open or not: what it held at one moment. Files that the folder has from an
 * earlier backup are not copied again.
 * @throws StorageError BACKUP_UNUSABLE, DATABASE_DAMAGED, DATABASE_UNREADABLE.
 * @example await backUpDirectory('./chain', '/backups/chain')
 */
export async function backUpDirectory(path: string, target: string, onProgress?: OnProgress): Promise<BackupReport> {
  requireDirectory(path);
  const earlier = new Set((await findManifest(target))?.files.map((file) => file.path));
  const { number, files } = await backupDatabase({ path }, target, onProgress);
  const copied = files.filter((file) => !earlier.has(file.path));
  return {
    number,
    files: files.length,
    bytes: sizeOf(files),
    copiedFiles: copied.length,
    copiedBytes: sizeOf(copied),
  };
}

/**
 * Makes a data directory of a backup, after every byte of the backup was compared with what was backed up.
 * @param path a folder that does not exist or is empty.
 * @throws StorageError BACKUP_UNUSABLE, DIRECTORY_TAKEN, DATABASE_FOREIGN.
 * @example await restoreDirectory('/backups/chain', './chain')
 */
export async function restoreDirectory(
  backup: string,
  path: string,
  { onVerify, onCopy }: { readonly onVerify?: OnProgress; readonly onCopy?: OnProgress } = {},
): Promise<{ readonly files: number; readonly bytes: number; readonly created: string }> {
  await requireEmpty(path);
  const { files, created } = await verifyBackup(backup, onVerify);
  await restoreBackup(backup, path, onCopy);
  return { files: files.length, bytes: sizeOf(files), created };
}
