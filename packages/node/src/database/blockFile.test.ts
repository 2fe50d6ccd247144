import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BlockFileError, readBlockFile } from './blockFile.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'minichain-block-file-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** An RLP list of that many bytes, with its length before it. */
function list(payload: number): Buffer {
  if (payload < 56) return Buffer.concat([Buffer.of(0xc0 + payload), Buffer.alloc(payload, 1)]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(payload);
  return Buffer.concat([Buffer.of(0xfb), length, Buffer.alloc(payload, 1)]);
}

/** Sizes of the items of a file, and what it ends with. */
async function read(content: Buffer): Promise<{ sizes: number[]; error?: unknown }> {
  const file = join(folder, 'blocks.rlp');
  writeFileSync(file, content);
  const sizes: number[] = [];
  try {
    for await (const { bytes } of readBlockFile(file)) sizes.push(bytes.length);
    return { sizes };
  } catch (error) {
    return { sizes, error };
  }
}

// The second is larger than what is read at once, so that it comes in parts.
const WHOLE = Buffer.concat([list(0), list(300_000), list(55), list(56)]);
const SIZES = [1, 300_005, 56, 61];

describe('readBlockFile', () => {
  it('gives out item after item, zipped or not', async () => {
    expect(await read(WHOLE)).toEqual({ sizes: SIZES });
    expect(await read(gzipSync(WHOLE))).toEqual({ sizes: SIZES });
    expect(await read(Buffer.alloc(0))).toEqual({ sizes: [] });
  });

  it('says where it is cut off, after what stands before', async () => {
    expect(await read(WHOLE.subarray(0, -1))).toEqual({
      sizes: SIZES.slice(0, 3),
      error: new BlockFileError('the file is cut off: of the block at byte 300062 only 60 of 61 bytes are there'),
    });
    const zipped = await read(gzipSync(WHOLE).subarray(0, -12));
    expect(zipped.error).toMatchObject({ name: 'BlockFileError', message: expect.stringContaining('zipped file') });
  });

  it('says where something else stands', async () => {
    const error = new BlockFileError('at byte 1 there is no block: expected the RLP list of one');
    expect(await read(Buffer.from('c083616263', 'hex'))).toEqual({ sizes: [1], error });
    expect(await read(Buffer.from('c0ffffffffffffffffff', 'hex'))).toEqual({ sizes: [1], error });
  });
});
