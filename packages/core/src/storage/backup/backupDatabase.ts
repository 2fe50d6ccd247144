import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DATABASE, DESCRIPTION, type Description } from '../directory.ts';
import { storageError } from '../faults.ts';
import {
  type BackedUpFile,
  type BackupManifest,
  findManifest,
  type OnProgress,
  sizeOf,
  unusable,
  writeManifest,
} from './backupManifest.ts';
import { copyHashed, readHashed } from './hashedCopy.ts';
import { type Staging, withStaging } from './staging.ts';

const TABLES = 'tables';
const HEADS = 'heads';

interface Backup {
  /** The data directory. */
  readonly source: string;
  readonly target: string;
  /** Where the files of this backup lie that change. */
  readonly head: string;
  /** Tables that the folder has already, by name. */
  readonly known: ReadonlyMap<string, BackedUpFile>;
  readonly onProgress: OnProgress;
}

/** Copies the tables that the folder does not have. */
async function copyTables({ target, known, onProgress }: Backup, { path, listing }: Staging): Promise<BackedUpFile[]> {
  const totalBytes = sizeOf(listing.tables);
  let doneBytes = 0;
  const files: BackedUpFile[] = [];
  for (const { name, size } of listing.tables) {
    const there = known.get(name);
    if (there?.size === size) files.push(there);
    else {
      const copied = await copyHashed(join(path, name), join(target, TABLES, name));
      files.push({ path: join(TABLES, name), name: join(DATABASE, name), ...copied });
    }
    doneBytes += size;
    onProgress({ doneBytes, totalBytes });
  }
  return files;
}

/** The list of files as it was read, and the logs as far as they go. */
async function copyHead({ source, target, head }: Backup, { path, listing }: Staging): Promise<BackedUpFile[]> {
  const { list, bytes, logs } = listing;
  await rm(join(target, head), { recursive: true, force: true });
  await mkdir(join(target, head), { recursive: true });
  for (const log of logs) await copyHashed(join(path, log), join(target, head, log));
  await writeFile(join(target, head, list), bytes, { flush: true });
  await writeFile(join(target, head, 'CURRENT'), `${list}\n`, { flush: true });
  await copyHashed(join(source, DESCRIPTION), join(target, head, DESCRIPTION));
  const names = [...logs, list, 'CURRENT', DESCRIPTION];
  return Promise.all(
    names.map(async (name) => ({
      path: join(head, name),
      name: name === DESCRIPTION ? name : join(DATABASE, name),
      ...(await readHashed(join(target, head, name))),
    })),
  );
}

/** Takes away what only earlier backups needed. */
async function forgetOld(target: string, { files }: BackupManifest): Promise<void> {
  const kept = new Set(files.map(({ path }) => path));
  for (const name of await readdir(join(target, TABLES))) {
    if (!kept.has(join(TABLES, name))) await rm(join(target, TABLES, name), { force: true });
  }
  for (const name of await readdir(join(target, HEADS))) {
    const isKept = files.some(({ path }) => path.startsWith(join(HEADS, name, '/')));
    if (!isKept) await rm(join(target, HEADS, name), { recursive: true, force: true });
  }
}

/** A folder that holds other things is left alone. */
async function checkTarget(target: string, previous: BackupManifest | undefined, id: string): Promise<void> {
  const names = await readdir(target).catch((): string[] => []);
  const others = names.filter((name) => name !== TABLES && name !== HEADS && name !== 'lost+found');
  if (previous === undefined && others.length > 0) {
    throw unusable(target, `the folder holds other things (${others.slice(0, 3).join(', ')})`);
  }
  if (previous !== undefined && previous.database !== id) {
    throw unusable(target, 'it is of another database; choose another folder');
  }
}

/**
 * Copies a database to a folder, while it is in use or not: what was committed at one moment after the call, and nothing by half. Tables of an earlier backup in the folder are not copied again; until the new backup is whole the earlier one is
 * what the folder holds.
 * @param source the database, or its directory when it is not open.
 * @throws StorageError BACKUP_UNUSABLE, DATABASE_DAMAGED, DATABASE_UNREADABLE.
 * @example await backupDatabase({ path: '/data/chain' }, '/backups/chain')
 */
export async function backupDatabase(
  { path: source }: { readonly path: string | undefined },
  target: string,
  onProgress: OnProgress = () => {},
): Promise<BackupManifest> {
  if (source === undefined) throw unusable(target, 'a chain in memory has no files to back up');
  const { id } = await readDescription(source);
  const previous = await findManifest(target);
  await checkTarget(target, previous, id);
  await mkdir(join(target, TABLES), { recursive: true });
  const number = (previous?.number ?? 0) + 1;
  const known = new Map<string, BackedUpFile>();
  for (const file of previous?.files ?? []) {
    const name = file.path.startsWith(join(TABLES, '/')) ? file.path.slice(TABLES.length + 1) : undefined;
    if (name !== undefined && existsSync(join(target, file.path))) known.set(name, file);
  }
  const backup: Backup = { source, target, head: join(HEADS, String(number)), known, onProgress };
  const files = await withStaging(source, async (staging) => [
    // Before the tables, which take longer: a log that is being written goes on.
    ...(await copyHead(backup, staging)),
    ...(await copyTables(backup, staging)),
  ]);
  const manifest = await writeManifest(target, { database: id, number, created: new Date().toISOString(), files });
  await forgetOld(target, manifest);
  return manifest;
}

async function readDescription(path: string): Promise<Description> {
  try {
    return JSON.parse(await readFile(join(path, DESCRIPTION), 'utf8')) as Description;
  } catch (error) {
    throw storageError({ code: 'DATABASE_UNREADABLE', path, detail: (error as Error).message }, { cause: error });
  }
}
