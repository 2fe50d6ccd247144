import { expect, it } from 'vitest';
import { levelOptions } from './levelOptions.ts';

const MEBIBYTE = 1 << 20;

it.each([8, 24, 96, 384, 3072])('keeps what LevelDB holds within %i MiB', (megabytes) => {
  const bytes = megabytes * MEBIBYTE;
  const { cacheSize, writeBufferSize, maxOpenFiles, maxFileSize } = levelOptions(bytes);
  // One is written out while the next is filled.
  expect(cacheSize + 2 * writeBufferSize).toBeLessThanOrEqual(bytes);
  const mapped = (maxOpenFiles - 10) * maxFileSize;
  expect(mapped).toBeLessThanOrEqual(Math.max(bytes, 64 * MEBIBYTE));
});
