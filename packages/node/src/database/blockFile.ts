import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { reasonFromSystem } from '../config/errors.ts';

/** One RLP item of a file, with its place: in the unpacked bytes where the file is zipped. */
export interface FileItem {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** A file of blocks that is not what it should be. */
export class BlockFileError extends Error {
  override readonly name = 'BlockFileError';
}

/** The first byte of an RLP list whose length stands after it, in as many bytes as it is above this. */
const LONG_LIST = 0xf7;
const SHORT_LIST = 0xc0;
/** Larger than any block that there can be; what claims more is no block. */
const LARGEST = 2 ** 28;

/** Whole length of the list that begins the bytes; undefined when there is too little to say. */
function lengthOf(bytes: Uint8Array, offset: number): number | undefined {
  const [first] = bytes;
  if (first === undefined) return undefined;
  const fail = () => new BlockFileError(`at byte ${offset} there is no block: expected the RLP list of one`);
  if (first < SHORT_LIST) throw fail();
  if (first <= LONG_LIST) return 1 + first - SHORT_LIST;
  const digits = first - LONG_LIST;
  if (digits > 4) throw fail();
  if (bytes.length < 1 + digits) return undefined;
  const length = bytes.subarray(1, 1 + digits).reduce((value, byte) => value * 256 + byte, 0);
  if (length > LARGEST) throw fail();
  return 1 + digits + length;
}

/** Whether it begins as gzip does. */
export async function isZipped(file: string): Promise<boolean> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await handle.close();
  }
}

async function* chunksOf(file: string): AsyncGenerator<Buffer> {
  const isPacked = await isZipped(file);
  const stream = createReadStream(file);
  if (!isPacked) {
    yield* stream;
    return;
  }
  const unzipped = createGunzip();
  stream.once('error', (error) => unzipped.destroy(error));
  yield* stream.pipe(unzipped);
}

/**
 * The RLP lists of a file one after the other, as `geth export` writes it, zipped or not. Of the file no more than a block is
 * in memory.
 * @throws BlockFileError that says at which byte the file is cut off, or is not what it should be; what stands before was
 * given out.
 */
export async function* readBlockFile(file: string): AsyncGenerator<FileItem> {
  let rest: Buffer = Buffer.alloc(0);
  let offset = 0;
  try {
    for await (const chunk of chunksOf(file)) {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      for (let length = lengthOf(rest, offset); length !== undefined && length <= rest.length; ) {
        yield { offset, bytes: rest.subarray(0, length) };
        rest = rest.subarray(length);
        offset += length;
        length = lengthOf(rest, offset);
      }
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code?.startsWith('Z_') !== true) throw error;
    throw new BlockFileError(`the zipped file is cut off or damaged after byte ${offset} of what is in it`, {
      cause: error,
    });
  }
  if (rest.length === 0) return;
  const whole = lengthOf(rest, offset);
  const wanted = whole === undefined ? '' : ` of ${whole}`;
  throw new BlockFileError(
    `the file is cut off: of the block at byte ${offset} only ${rest.length}${wanted} bytes are there`,
  );
}

/** In words, why a file cannot be read. */
export const unreadable = (file: string, error: unknown): string => `cannot read ${file}: ${reasonFromSystem(error)}`;
