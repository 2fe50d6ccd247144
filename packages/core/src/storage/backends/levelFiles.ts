import { statSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A list of files is a LevelDB log: records in blocks of this size, none across a border unless in parts. */
const BLOCK_BYTES = 32_768;
/** Checksum in four bytes, length in two, little endian, type in one. */
const HEADER_BYTES = 7;
const FULL = 1;
const LAST = 4;

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

/** The whole records of a log. One that its end cuts off is as if it had not been written. */
function* records(bytes: Uint8Array): Generator<Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let parts: Uint8Array[] = [];
  for (let at = 0; at + HEADER_BYTES <= bytes.length; ) {
    if (BLOCK_BYTES - (at % BLOCK_BYTES) < HEADER_BYTES) {
      at += BLOCK_BYTES - (at % BLOCK_BYTES);
      continue;
    }
    const length = view.getUint16(at + 4, true);
    const type = view.getUint8(at + 6);
    const from = at + HEADER_BYTES;
    if (type === 0 || from + length > bytes.length) return;
    parts.push(bytes.subarray(from, from + length));
    at = from + length;
    if (type !== FULL && type !== LAST) continue;
    yield parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts);
    parts = [];
  }
}

/** Reads numbers of seven bits per byte, and byte strings with their length before them. */
class Cursor {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  number(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.#bytes[this.#at++] ?? 0;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  }

  skipString(): void {
    const length = this.number();
    this.#at += length;
  }
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
  for (const record of records(list)) apply(record, files);
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
