import { existsSync } from 'node:fs';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFile } from './atomicFile.ts';
import { DATABASE } from './directory.ts';
import { storageError } from './faults.ts';

const CLOSED = 'closed.json';
/** The rest is tables, whose sizes the list of files says, and what LevelDB writes for people. */
const NOTED = /^(CURRENT|MANIFEST-\d+|\d+\.log)$/;

type Sizes = Record<string, number>;

async function sizesIn(path: string): Promise<Sizes> {
  const names = (await readdir(path)).filter((name) => NOTED.test(name));
  const sizes = await Promise.all(names.map(async (name) => [name, (await stat(join(path, name))).size] as const));
  return Object.fromEntries(sizes);
}

async function readSizes(path: string): Promise<Sizes> {
  try {
    return JSON.parse(await readFile(join(path, CLOSED), 'utf8')) as Sizes;
  } catch {
    return {};
  }
}

/** Notes, after the database was closed, what its files are, so that the next start knows when one was cut short since. */
export async function noteClosedSizes(path: string): Promise<void> {
  await replaceFile(join(path, CLOSED), JSON.stringify(await sizesIn(join(path, DATABASE))));
}

/**
 * LevelDB takes a log or a list of files that ends too early for one that a crash has left, and goes on with what is there.
 * After an orderly end it is damage. The note is good for one start.
 * @throws StorageError DATABASE_DAMAGED.
 */
export async function checkClosedSizes(path: string): Promise<void> {
  const expected = await readSizes(path);
  const found = await sizesIn(join(path, DATABASE)).catch((): Sizes => ({}));
  // Whoever has opened it since has taken the note away.
  const isStale = !existsSync(join(path, CLOSED));
  for (const [name, size] of isStale ? [] : Object.entries(expected)) {
    if (found[name] === size) continue;
    const now = found[name] === undefined ? 'is missing' : `has ${found[name]} bytes`;
    const detail = `${join(DATABASE, name)} ${now}, it had ${size} when it was closed`;
    throw storageError({ code: 'DATABASE_DAMAGED', path, detail });
  }
  await rm(join(path, CLOSED), { force: true });
}
