import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { gzipped, isCompressed } from './compression.ts';

it.each<[boolean, string | undefined]>([
  [true, 'gzip'],
  [true, 'deflate, gzip;q=0.5, br'],
  [true, '*'],
  [true, 'GZIP'],
  [false, 'br, deflate'],
  [false, 'gzip;q=0'],
  [false, 'gzip;q=0.0'],
  [false, 'gzipped'],
  [false, ''],
  [false, undefined],
])('is %s for "accept-encoding: %s"', (wanted, header) => {
  expect(isCompressed(1000, header, '127.0.0.1', 1000)).toBe(wanted);
});

it('is by size where a size is set', () => {
  expect(isCompressed(999, 'gzip', '10.0.0.1', 1000)).toBe(false);
  expect(isCompressed(1e9, 'gzip', '10.0.0.1', 0)).toBe(false);
});

it('is for other machines only where none is set', () => {
  for (const address of ['127.0.0.1', '127.1.2.3', '::1', '::ffff:127.0.0.1']) {
    expect(isCompressed(1e9, 'gzip', address, undefined)).toBe(false);
  }
  for (const address of ['10.0.0.1', '2001:db8::1', '::ffff:10.0.0.1']) {
    expect(isCompressed(65_536, 'gzip', address, undefined)).toBe(true);
    expect(isCompressed(65_535, 'gzip', address, undefined)).toBe(false);
  }
});

it('comes back as it was', async () => {
  const text = '0123456789abcdef€'.repeat(1000);
  const packed = await gzipped(text);
  expect(packed.length).toBeLessThan(1000);
  expect(gunzipSync(packed).toString()).toBe(text);
});
