import { randomUUID } from 'node:crypto';
import { access, constants, mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createFile, isTemporary, replaceFile } from './atomicFile.ts';
import { StorageError, storageError } from './faults.ts';

/**
 * A data directory holds `minichain.json` (what it is), `db/` (LevelDB, and `reserve`: space to open it on a full disk),
 * `holder.json` (who has it open) and, after an orderly end, `closed.json` (sizes of the files in `db/`).
 */
export const DESCRIPTION = 'minichain.json';
export const DATABASE = 'db';
const FORMAT = 'minichain';
/** Schema of a directory in which the database is still to be made. */
export const UNMADE = 0;
/** A file system's own. */
const LOST_AND_FOUND = 'lost+found';

/** What `minichain.json` says. */
export interface Description {
  readonly format: typeof FORMAT;
  readonly schema: number;
  /** Tells one database from another, for backups. */
  readonly id: string;
  /** ISO 8601. */
  readonly created: string;
  /** Of the minichain that made it. */
  readonly version?: string;
  /** Of the minichain that had it open to write last. */
  readonly writer?: string;
  /** Hash of the genesis, once it is in the database: that it is not there any more is damage. */
  readonly genesis?: string;
}

const reasonOf = (error: unknown): string => (error as Error).message.replace(/^E[A-Z]+: /, '');
const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

const unreadable = (path: string, detail: string, cause?: unknown): StorageError =>
  storageError({ code: 'DATABASE_UNREADABLE', path, detail }, { cause });

/** Runs what reads or makes files of the directory. @throws StorageError DATABASE_UNREADABLE with the system's reason. */
export async function inDirectory<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof StorageError ? error : unreadable(path, reasonOf(error), error);
  }
}

/** Its names, none when it does not exist. */
async function namesIn(path: string): Promise<string[]> {
  const found = await inDirectory(path, () =>
    stat(path).catch((error) => {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    }),
  );
  if (found === undefined) return [];
  if (!found.isDirectory()) throw unreadable(path, 'it is a file, not a folder');
  return inDirectory(path, () => readdir(path));
}

function parsed(text: string): Partial<Description> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

const isSchema = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

async function describe(path: string, names: readonly string[]): Promise<Description> {
  const text = await inDirectory(path, () => readFile(join(path, DESCRIPTION), 'utf8'));
  const description = parsed(text);
  if (description?.format === FORMAT && isSchema(description.schema)) return description as Description;
  if (description?.format === undefined && names.includes(DATABASE)) {
    const detail = `${DESCRIPTION} cannot be read (it is ${text.length} bytes long)`;
    throw storageError({ code: 'DATABASE_DAMAGED', path, detail });
  }
  throw storageError({ code: 'DATABASE_FOREIGN', path, detail: `its ${DESCRIPTION} is not one that minichain writes` });
}

/**
 * Finds out whether a directory may be opened, and makes it when there is none or an empty one. What is refused is left as
 * it was: nothing in it was written or opened for writing.
 * @param known the newest schema that this program understands.
 * @throws StorageError DATABASE_FOREIGN, DATABASE_DAMAGED, DATABASE_NEWER, DATABASE_UNREADABLE.
 */
export async function claimDirectory(path: string, known: number, version?: string): Promise<Description> {
  const names = (await namesIn(path)).filter((name) => name !== LOST_AND_FOUND && !isTemporary(name));
  if (names.length === 0) return makeDirectory(path, version);
  if (!names.includes(DESCRIPTION)) {
    const detail = `it holds other things (${names.slice(0, 3).join(', ')}) and no ${DESCRIPTION}`;
    throw storageError({ code: 'DATABASE_FOREIGN', path, detail });
  }
  const description = await describe(path, names);
  if (description.schema > known) {
    throw storageError({ code: 'DATABASE_NEWER', path, found: description.schema, known });
  }
  await inDirectory(path, () => access(path, constants.R_OK | constants.W_OK | constants.X_OK));
  return description;
}

async function makeDirectory(path: string, version: string | undefined): Promise<Description> {
  const description: Description = {
    format: FORMAT,
    schema: UNMADE,
    id: randomUUID(),
    created: new Date().toISOString(),
    ...(version === undefined ? {} : { version, writer: version }),
  };
  return inDirectory(path, async () => {
    await mkdir(path, { recursive: true });
    const isMade = await createFile(join(path, DESCRIPTION), textOf(description));
    // Another process was faster: the database's lock decides which of the two goes on.
    return isMade ? description : (JSON.parse(await readFile(join(path, DESCRIPTION), 'utf8')) as Description);
  });
}

/** Notes what has changed: the schema, that there is a genesis now, or who writes from now on. */
export async function noteChange(
  path: string,
  description: Description,
  change: Partial<Pick<Description, 'schema' | 'genesis' | 'writer'>>,
): Promise<Description> {
  const changed = { ...description, ...change };
  await inDirectory(path, () => replaceFile(join(path, DESCRIPTION), textOf(changed)));
  return changed;
}

const textOf = (description: Description): string => `${JSON.stringify(description, undefined, 2)}\n`;
