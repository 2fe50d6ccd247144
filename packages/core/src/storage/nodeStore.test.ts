import { describe, expect, it } from 'vitest';
import { memoryNodes } from '../chain.fixture.ts';

const key = (n: number): string => n.toString(16).padStart(64, '0');

describe('memoryNodes', () => {
  it('gives back what was written, of any length', () => {
    const store = memoryNodes();
    const lengths = [0, 1, 31, 532, 100_000, (1 << 20) - 4, 1 << 20, 3_000_000, 7];
    store.write(new Map(lengths.map((length, i) => [key(i), new Uint8Array(length).fill(i + 1)])));
    for (const [i, length] of lengths.entries()) {
      expect(Buffer.compare(store.get(key(i)) as Uint8Array, new Uint8Array(length).fill(i + 1))).toBe(0);
    }
    expect(store.get(key(99))).toBeUndefined();
  });

  it('keeps thousands apart', () => {
    const store = memoryNodes();
    const nodes = Array.from({ length: 5000 }, (_, i) => new Uint8Array(i % 700).fill(i));
    for (const [i, node] of nodes.entries()) store.write(new Map([[key(i), node]]));
    for (const [i, node] of nodes.entries()) expect(Buffer.compare(store.get(key(i)) as Uint8Array, node)).toBe(0);
  });

  it('does not change a node that is there: its key is its hash', () => {
    const store = memoryNodes();
    store.write(new Map([[key(1), Uint8Array.of(1)]]));
    store.write(new Map([[key(1), Uint8Array.of(1)]]));
    expect(store.get(key(1))).toEqual(Uint8Array.of(1));
  });
});
