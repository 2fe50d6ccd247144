import { createKeccak } from 'hash-wasm';
import { expect, it } from 'vitest';
import { createKeccak256 } from './keccak256.ts';

it('hashes input of every length around its blocks, and long input, as hash-wasm does', async () => {
  const oracle = await createKeccak(256);
  const keccak256 = createKeccak256();
  const bytes = Uint8Array.from({ length: 200_001 }, (_, i) => (i * 31 + (i >> 8)) & 255);
  for (const length of [...Array(420).keys(), 1023, 1024, 1088, 65_535, 65_536, 65_537, 200_001, 3]) {
    const input = bytes.subarray(0, length);
    expect(Buffer.from(keccak256(input)).toString('hex')).toBe(oracle.init().update(input).digest('hex'));
  }
});
