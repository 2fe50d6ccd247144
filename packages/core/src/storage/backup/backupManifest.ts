import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFile } from '../atomicFile.ts';
import { type StorageError, storageError } from '../faults.ts';
import { readHashed } from './hashedCopy.ts';

/**
 * A backup holds `tables/`, which never change and which later backups to the same folder share; `heads/<n>/` with the files
 * that do change; and `backup.json`, which says what belongs to the backup and is written last.
 */
const MANIFEST = 'backup.json';
const FORMAT = 'minichain-backup';

export interface BackedUpFile {
  /** Below the backup's folder. */
  readonly path: string;
  /** Below the data directory. */
  readonly name: string;
  readonly size: number;
  /** In hex. */
  readonly sha256: string;
}

export interface BackupManifest {
  readonly format: typeof FORMAT;
  /** `id` of the database. */
  readonly database: string;
  /** How many backups this folder has seen. */
  readonly number: number;
  /** ISO 8601. */
  readonly created: string;
  readonly files: readonly BackedUpFile[];
}

/** How far a backup, its check or its restoration has come. */
export interface BackupProgress {
  readonly doneBytes: number;
  readonly totalBytes: number;
}

export type OnProgress = (progress: BackupProgress) => void;

export const unusable = (path: string, detail: string, cause?: unknown): StorageError =>
  storageError({ code: 'BACKUP_UNUSABLE', path, detail }, { cause });

export const sizeOf = (files: readonly { readonly size: number }[]): number =>
  files.reduce((sum, { size }) => sum + size, 0);

/** @returns undefined where there is no backup yet. @throws StorageError BACKUP_UNUSABLE when it is not one. */
export async function findManifest(path: string): Promise<BackupManifest | undefined> {
  const text = await readFile(join(path, MANIFEST), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw unusable(path, error.message, error);
  });
  if (text === undefined) return undefined;
  try {
    const manifest = JSON.parse(text) as BackupManifest;
    if (manifest.format === FORMAT && Array.isArray(manifest.files)) return manifest;
  } catch {
    // Said below.
  }
  throw unusable(path, `its ${MANIFEST} cannot be read`);
}

export async function requireManifest(path: string): Promise<BackupManifest> {
  const manifest = await findManifest(path);
  if (manifest === undefined) throw unusable(path, `there is no ${MANIFEST} in it`);
  return manifest;
}

export async function writeManifest(path: string, manifest: Omit<BackupManifest, 'format'>): Promise<BackupManifest> {
  const whole: BackupManifest = { format: FORMAT, ...manifest };
  await replaceFile(join(path, MANIFEST), `${JSON.stringify(whole, undefined, 1)}\n`);
  return whole;
}

/** @throws StorageError BACKUP_UNUSABLE when it is not what was backed up. */
export function checkFile(
  path: string,
  file: BackedUpFile,
  found: { readonly sha256: string; readonly size: number },
): void {
  if (found.size !== file.size) throw unusable(path, `${file.path} has ${found.size} bytes instead of ${file.size}`);
  if (found.sha256 !== file.sha256) throw unusable(path, `${file.path} is not what was backed up: its SHA-256 differs`);
}

/**
 * Reads every file of a backup and compares it with what was backed up.
 * @throws StorageError BACKUP_UNUSABLE naming the first file that is missing, short or changed.
 * @example await verifyBackup('/backups/chain')
 */
export async function verifyBackup(path: string, onProgress: OnProgress = () => {}): Promise<BackupManifest> {
  const manifest = await requireManifest(path);
  const totalBytes = sizeOf(manifest.files);
  let doneBytes = 0;
  for (const file of manifest.files) {
    const found = await readHashed(join(path, file.path)).catch((error: NodeJS.ErrnoException) => {
      throw unusable(path, error.code === 'ENOENT' ? `${file.path} is missing` : error.message, error);
    });
    checkFile(path, file, found);
    doneBytes += file.size;
    onProgress({ doneBytes, totalBytes });
  }
  return manifest;
}
