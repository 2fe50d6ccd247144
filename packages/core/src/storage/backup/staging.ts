import { mkdtempSync, rmSync } from 'node:fs';
import { copyFile, link, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type LevelListing, listLevel } from '../backends/levelFiles.ts';
import { DATABASE } from '../directory.ts';
import { storageError } from '../faults.ts';
import { isAlive } from '../holder.ts';
import { untilDone } from './untilDone.ts';

/** How often the database may have changed while it was looked at. */
const ATTEMPTS = 100;
const PREFIX = 'staging-';

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

/** Gives a file a second name, so that it stays when LevelDB is done with it; some file systems need a copy for that. */
async function hold(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return;
    if (!['EPERM', 'ENOTSUP', 'ENOSYS', 'EMLINK'].includes(codeOf(error) ?? '')) throw error;
    await copyFile(from, to);
  }
}

/** @returns undefined when something was taken away meanwhile. */
async function holdAll(database: string, staging: string): Promise<LevelListing | undefined> {
  const listing = await listLevel(database);
  if (listing === undefined) return undefined;
  try {
    // Logs first: they are what goes soonest.
    for (const name of [...listing.logs, ...listing.tables.map((table) => table.name)]) {
      await hold(join(database, name), join(staging, name));
    }
    return listing;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** A database's files as they were at one moment, under names of their own. */
export interface Staging {
  readonly path: string;
  readonly listing: LevelListing;
}

/** How often more may have come into a folder while it was taken away. */
const REMOVALS = 100;

/** At the end of the process, while LevelDB's thread may still put files of its copy there. */
function removeNow(folder: string): void {
  for (let attempt = 1; ; attempt++) {
    try {
      rmSync(folder, { recursive: true, force: true });
      return;
    } catch (error) {
      if (codeOf(error) !== 'ENOTEMPTY' || attempt === REMOVALS) throw error;
    }
  }
}

/**
 * Holds on to the files of a database that may be in use: tables never change, and of a log that is being written every
 * beginning is a state that there was.
 * @param path of the data directory.
 * @throws StorageError DATABASE_DAMAGED when there is no such moment.
 */
export async function withStaging<T>(path: string, work: (staging: Staging) => Promise<T>): Promise<T> {
  await forgetStagings(path);
  // At once: whoever ends the process between the folder and the promise to take it away would leave it.
  const staging = mkdtempSync(join(path, `${PREFIX}${process.pid}-`));
  const forget = (): void => removeNow(staging);
  return untilDone(forget, async () => {
    try {
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const listing = await holdAll(join(path, DATABASE), staging);
        if (listing !== undefined) return await work({ path: staging, listing });
      }
    } finally {
      await rm(staging, { recursive: true, force: true });
    }
    throw storageError({ code: 'DATABASE_DAMAGED', path, detail: 'files that it consists of are missing' });
  });
}

/** Takes away what backups have left whose process has ended. */
export async function forgetStagings(path: string): Promise<void> {
  const left = (await readdir(path)).filter((name) => {
    const pid = name.startsWith(PREFIX) ? Number.parseInt(name.slice(PREFIX.length), 10) : Number.NaN;
    return !Number.isNaN(pid) && !isAlive(pid);
  });
  await Promise.all(left.map((name) => rm(join(path, name), { recursive: true, force: true })));
}
