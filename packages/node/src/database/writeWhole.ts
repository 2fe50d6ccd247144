import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

let count = 0;

/** Makes what happened to a folder's names survive a power cut. Windows has no such thing and needs none. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  await folder.sync().finally(() => folder.close());
}

/**
 * Writes a file that has its name only once all of it is on the disk: whoever reads it sees what it was, or all of what it is
 * to be. Zipped where the name ends with `.gz`.
 * @example await writeWhole('state.json', stateDumpText(head, chain))
 */
export async function writeWhole(file: string, content: AsyncIterable<Uint8Array | string>): Promise<void> {
  const temporary = `${file}.${process.pid}-${count++}.tmp`;
  const target = createWriteStream(temporary, { flush: true });
  try {
    if (file.endsWith('.gz')) await pipeline(Readable.from(content), createGzip(), target);
    else await pipeline(Readable.from(content), target);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(file));
}
