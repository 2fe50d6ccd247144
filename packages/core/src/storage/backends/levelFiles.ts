import { statSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Cursor, records } from './levelLog.ts';

/** Tags of what one record of the list changes. */
const TAG = {
  comparator: 1,
  log: 2,
  nextFile: 3,
  lastSequence: 4,
  compactPointer: 5,
  deletedFile: 6,
  newFile: 7,
  previousLog: 9,
} as const;

/** What a database consists of, by its own list. */
interface LevelFiles {
  /** Size of each table by its number. */
  readonly tables: Map<number, number>;
  /** Number of the oldest log that is still needed; 0 before there was one. */
  log: number;
}

function apply(record: Uint8Array, files: LevelFiles): void {
  const cursor = new Cursor(record);
  const newFile = () => {
    cursor.number();
    files.tables.set(cursor.number(), cursor.number());
    cursor.skipString();
    cursor.skipString();
  };
  const level = (then: () => void) => () => {
    cursor.number();
    then();
  };
  const steps: Record<number, () => unknown> = {
    [TAG.comparator]: () => cursor.skipString(),
    [TAG.log]: () => {
      files.log = cursor.number();
    },
    [TAG.nextFile]: () => cursor.number(),
    [TAG.lastSequence]: () => cursor.number(),
    [TAG.compactPointer]: level(() => cursor.skipString()),
    [TAG.deletedFile]: level(() => files.tables.delete(cursor.number())),
    [TAG.newFile]: newFile,
    [TAG.previousLog]: () => cursor.number(),
  };
  while (!cursor.isAtEnd) {
    const step = steps[cursor.number()];
    // LevelDB itself says what is wrong with a list that it cannot read.
    if (step === undefined) return;
    step();
  }
}

function listedIn(list: Uint8Array): LevelFiles {
  const files: LevelFiles = { tables: new Map(), log: 0 };
  for (const { record } of records(list)) apply(record, files);
  return files;
}

const numbered = (number: number): string => String(number).padStart(6, '0');

/** Name of a table; LevelDB has called them otherwise before. */
const tableNames = (number: number): readonly string[] => [`${numbered(number)}.ldb`, `${numbered(number)}.sst`];

/** A database as its list of files has it at one moment. */
export interface LevelListing {
  /** Name of the list. */
  readonly list: string;
  readonly bytes: Uint8Array;
  /** Names and sizes of the tables. */
  readonly tables: readonly { readonly name: string; readonly size: number }[];
  /** Names of the logs that are needed besides, oldest first. All but the last are complete. */
  readonly logs: readonly string[];
}

/** @returns undefined when a database in use has changed meanwhile, or when it is damaged. */
export async function listLevel(path: string): Promise<LevelListing | undefined> {
  const current = await readFile(join(path, 'CURRENT'), 'utf8').catch(() => '');
  const list = current.trim();
  const bytes = await readFile(join(path, list)).catch(() => undefined);
  if (bytes === undefined) return undefined;
  const { log, tables } = listedIn(bytes);
  const names = new Set(await readdir(path));
  const found = [...tables].map(([number, size]) => ({ name: tableNames(number).find((one) => names.has(one)), size }));
  const logs = [...names].filter((name) => /^\d+\.log$/.test(name) && Number.parseInt(name, 10) >= log).sort();
  if (found.some(({ name }) => name === undefined) || !names.has(`${numbered(log)}.log`)) return undefined;
  return { list, bytes, tables: found as { name: string; size: number }[], logs };
}

/**
 * What is wrong with a closed database's files, in words. LevelDB takes a list of files that was cut short for the truth: it
 * would go back to what the list says and delete what it does not name. Nor does it miss a log, or a table's end before it
 * reads it.
 */
export async function findDamage(path: string): Promise<string | undefined> {
  const names = new Set(await readdir(path).catch((): string[] => []));
  const current = await readFile(join(path, 'CURRENT'), 'utf8').catch(() => '');
  const list = /^(MANIFEST-\d+)\n$/.exec(current)?.[1];
  if (list === undefined) return `db/CURRENT is ${names.has('CURRENT') ? 'not what LevelDB writes' : 'missing'}`;
  const bytes = await readFile(join(path, list)).catch(() => undefined);
  if (bytes === undefined) return `db/${list} is missing`;
  const { log, tables } = listedIn(bytes);
  if (log !== 0 && !names.has(`${numbered(log)}.log`))
    return `db/${list} was cut short, or db/${numbered(log)}.log is gone`;
  for (const [number, size] of tables) {
    const name = tableNames(number).find((one) => names.has(one));
    if (name === undefined) return `db/${numbered(number)}.ldb is missing, or db/${list} was cut short`;
    // Thousands of files: a promise for each would take longer than the rest of the start.
    const found = statSync(join(path, name), { throwIfNoEntry: false })?.size;
    if (found !== size) return `db/${name} has ${found} bytes instead of ${size}`;
  }
  return undefined;
}
