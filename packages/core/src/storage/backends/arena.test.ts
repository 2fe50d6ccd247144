import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Arena } from './arena.ts';

const key = (n: number, digits = 66): string => n.toString(16).padStart(digits, '0');
const MEGABYTE = 1 << 20;

describe('Arena', () => {
  it('is a map, whatever is set and deleted', () => {
    const operation = fc.record({
      key: fc.integer({ min: 0, max: 40 }),
      length: fc.option(fc.oneof(fc.integer({ min: 0, max: 300 }), fc.constantFrom(200_000, MEGABYTE, 2_000_000)), {
        nil: undefined,
      }),
    });
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 120 }), (operations) => {
        const arena = new Arena();
        const model = new Map<string, Uint8Array>();
        for (const [i, { key: n, length }] of operations.entries()) {
          if (length === undefined) {
            expect(arena.delete(key(n, 2 + 2 * (n % 5)))).toBe(model.delete(key(n, 2 + 2 * (n % 5))));
          } else {
            const value = new Uint8Array(length).fill(i + 1);
            expect(arena.set(key(n, 2 + 2 * (n % 5)), value)).toBe(!model.has(key(n, 2 + 2 * (n % 5))));
            model.set(key(n, 2 + 2 * (n % 5)), value);
          }
        }
        expect(arena.size).toBe(model.size);
        for (let n = 0; n <= 40; n++) {
          const found = arena.get(key(n, 2 + 2 * (n % 5)));
          const expected = model.get(key(n, 2 + 2 * (n % 5)));
          expect(found === undefined).toBe(expected === undefined);
          if (expected !== undefined) expect(Buffer.compare(found as Uint8Array, expected)).toBe(0);
        }
        expect([...arena.keys()].map((bytes) => Buffer.from(bytes).toString('hex')).sort()).toEqual(
          [...model.keys()].sort(),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('finds every key of thousands after it has grown and after half of them are gone', () => {
    const arena = new Arena();
    for (let n = 0; n < 20_000; n++) arena.set(key(n), Uint8Array.of(n, n >> 8));
    for (let n = 0; n < 20_000; n += 2) arena.delete(key(n));
    expect(arena.size).toBe(10_000);
    for (let n = 0; n < 20_000; n++) {
      expect(arena.get(key(n))).toEqual(n % 2 === 0 ? undefined : Uint8Array.of(n, n >> 8));
    }
  });

  it('gives back the space of what is overwritten and deleted', () => {
    const arena = new Arena();
    for (let round = 0; round < 30; round++) {
      for (let n = 0; n < 2000; n++) arena.set(key(n), new Uint8Array(500).fill(round));
    }
    // 2,000 entries of 540 bytes are 1.1 MB; half may be waste, and two chunks are under way.
    expect(arena.bytes).toBeLessThan(5 * MEGABYTE);
    for (let n = 0; n < 2000; n++) expect(arena.get(key(n))?.[0]).toBe(29);
    for (let n = 0; n < 2000; n++) arena.delete(key(n));
    expect(arena.bytes).toBeLessThan(2 * MEGABYTE);
  });

  it('leaves a value as it was read when its place is used no more', () => {
    const arena = new Arena();
    arena.set(key(1), Uint8Array.of(7));
    const read = arena.get(key(1)) as Uint8Array;
    for (let n = 0; n < 10_000; n++) arena.set(key(1), new Uint8Array(1000).fill(n));
    expect([...read]).toEqual([7]);
  });
});
