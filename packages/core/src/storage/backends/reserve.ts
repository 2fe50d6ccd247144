import { randomFillSync } from 'node:crypto';
import { type FileHandle, open, readdir, readFile, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { listLevel } from './levelFiles.ts';
import { acknowledgedBytes } from './levelLog.ts';

/** LevelDB leaves files of other names alone. */
export const RESERVE = 'reserve';
const MEBIBYTE = 1 << 20;
/** The note at the beginning: it is there before it is needed, so that a full disk has room for it. */
const NOTE_BYTES = 4096;
/** Tables that nobody lists and that were not written to for so long were left by a process that was killed. */
const ORPHAN_MS = 5000;

/** Where a log ends that holds more than was acknowledged. */
interface Cut {
  readonly log: string;
  readonly bytes: number;
}

/** What a disk cannot make smaller than it is. */
const filler = randomFillSync(new Uint8Array(1 << 16));

async function logsIn(path: string): Promise<string[]> {
  return (await readdir(path))
    .filter((name) => /^\d+\.log$/.test(name))
    .sort((a, b) => parseInt(a, 10) - parseInt(b, 10));
}

/** Bytes of the logs, which become tables when the database is opened again. */
export async function logBytes(path: string): Promise<number> {
  const sizes = await Promise.all(
    (await logsIn(path)).map((name) =>
      stat(join(path, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/**
 * Space that is kept for the worst moment, in a file beside LevelDB's own: as much as opening the database again takes, so
 * that a node starts on a full disk as well; and a note of what was refused, so that it does not come back.
 */
export class Reserve {
  readonly #folder: string;
  readonly #path: string;
  #bytes = 0;
  /** Written since the logs were last looked at, and what they held then. */
  #logged = 0;

  /** @param folder of the database. */
  constructor(folder: string) {
    this.#folder = folder;
    this.#path = join(folder, RESERVE);
  }

  /**
   * Takes away from a log what was refused, as noted by whoever had the database open last. What it names is never written
   * again once it is noted, so that this is right whenever it is done, even while another process has the database open.
   */
  async applyNote(): Promise<void> {
    const cut = await this.#noted();
    if (cut !== undefined) await cutTo(this.#folder, cut);
  }

  /**
   * Has the newest log end where the acknowledged writes do, noting it first. A log is cut without any space.
   * @param isAcknowledged asked of the first value that each batch puts.
   */
  async takeBack(isAcknowledged: Parameters<typeof acknowledgedBytes>[1]): Promise<void> {
    const log = (await logsIn(this.#folder)).at(-1);
    if (log === undefined) return;
    const cut = { log, bytes: acknowledgedBytes(await readFile(join(this.#folder, log)), isAcknowledged) };
    // Without room for the note the cut alone has to do: what is still buffered follows when the log is closed, and is cut then.
    await this.#note(JSON.stringify(cut)).catch(() => {});
    await cutTo(this.#folder, cut);
  }

  /** What was refused is gone for good. */
  async forgetNote(): Promise<void> {
    await this.#note('').catch(() => {});
    this.#logged = 0;
  }

  /** Gives the space free. */
  async release(): Promise<void> {
    await truncate(this.#path, NOTE_BYTES).catch(() => {});
    this.#bytes = 0;
    await removeOrphans(this.#folder);
  }

  /** Takes as much as the logs want that there are now. @throws what the system says when there is no space. */
  async fill(): Promise<void> {
    this.#logged = await logBytes(this.#folder);
    const wanted = MEBIBYTE * Math.ceil(1 + (1.1 * this.#logged) / MEBIBYTE);
    const file = await openOrMake(this.#path);
    try {
      this.#bytes = Math.max(0, (await file.stat()).size - NOTE_BYTES);
      if (this.#bytes > wanted) await file.truncate(NOTE_BYTES + wanted);
      const from = this.#bytes;
      for (let at = from - (from % filler.length); at < wanted; at += filler.length) {
        await writeAll(file, filler, NOTE_BYTES + at);
      }
      this.#bytes = wanted;
    } finally {
      await file.close();
    }
  }

  /** Called with what each write adds to a log. */
  async follow(bytes: number): Promise<void> {
    this.#logged += bytes;
    // A disk that has no more is as good as full: there is no room for the log to outgrow this by much.
    if (this.#logged * 1.1 > this.#bytes) await this.fill().catch(() => {});
  }

  async #noted(): Promise<Cut | undefined> {
    const file = await open(this.#path, 'r').catch(() => undefined);
    if (file === undefined) return undefined;
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(NOTE_BYTES), 0, NOTE_BYTES, 0);
      const text = buffer.toString('utf8', 0, bytesRead).trimEnd();
      if (text === '') return undefined;
      const { log, bytes } = JSON.parse(text) as Partial<Cut>;
      return log !== undefined && /^\d+\.log$/.test(log) && Number.isSafeInteger(bytes)
        ? { log, bytes: bytes as number }
        : undefined;
    } catch {
      return undefined;
    } finally {
      await file.close();
    }
  }

  async #note(text: string): Promise<void> {
    const file = await openOrMake(this.#path);
    try {
      await writeAll(file, Buffer.from(text.padEnd(NOTE_BYTES)), 0);
      await file.datasync();
    } finally {
      await file.close();
    }
  }
}

async function openOrMake(path: string): Promise<FileHandle> {
  return open(path, 'r+').catch(async () => {
    const file = await open(path, 'w+');
    await writeAll(file, Buffer.from(''.padEnd(NOTE_BYTES)), 0).catch(async (error) => {
      await file.close();
      throw error;
    });
    return file;
  });
}

/** A full disk takes a part of a write before it says no. */
async function writeAll(file: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    written += (await file.write(bytes, written, bytes.length - written, at + written)).bytesWritten;
  }
}

async function cutTo(folder: string, { log, bytes }: Cut): Promise<void> {
  const file = await open(join(folder, log), 'r+').catch((error: NodeJS.ErrnoException) => {
    // LevelDB has no use for it any more.
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (file === undefined) return;
  try {
    if ((await file.stat()).size <= bytes) return;
    await file.truncate(bytes);
    await file.datasync();
  } finally {
    await file.close();
  }
}

/** What was being written when a process was killed, and is not part of the database. */
async function removeOrphans(folder: string): Promise<void> {
  const listing = await listLevel(folder).catch(() => undefined);
  if (listing === undefined) return;
  const kept = new Set([listing.list, ...listing.tables.map(({ name }) => name)]);
  for (const name of await readdir(folder)) {
    if (kept.has(name) || !/^(MANIFEST-\d+|\d+\.(ldb|dbtmp))$/.test(name)) continue;
    const found = await stat(join(folder, name)).catch(() => undefined);
    if (found !== undefined && Date.now() - found.mtimeMs > ORPHAN_MS) await rm(join(folder, name), { force: true });
  }
}
