import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HashSet } from './hashSet.ts';

const hash = (n: number): string => createHash('sha256').update(String(n)).digest('hex');

describe('HashSet', () => {
  it('is a set, whatever is added', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 })), (added) => {
        const set = new HashSet();
        const model = new Set<number>();
        for (const n of added) {
          expect(set.add(hash(n))).toBe(!model.has(n));
          model.add(n);
        }
        expect(set.size).toBe(model.size);
        for (let n = 0; n <= 50; n++) expect(set.has(hash(n))).toBe(model.has(n));
      }),
    );
  });

  it('has a hundred thousand in at most 33 bytes each', () => {
    const set = new HashSet();
    for (let n = 0; n < 100_000; n++) set.add(hash(n));
    expect(set.size).toBe(100_000);
    for (let n = 0; n < 200_000; n += 7) expect(set.has(hash(n))).toBe(n < 100_000);
    expect(set.bytes / set.size).toBeLessThan(33);
  });

  it('takes keys of a database as well: what stands before the hash does not count', () => {
    const set = new HashSet();
    set.add(`6e${hash(1)}`);
    expect(set.has(hash(1))).toBe(true);
    expect(() => set.add('6e')).toThrow('a hash has 64 digits, 6e has 2');
  });

  it('takes hashes that begin with zeros', () => {
    const set = new HashSet();
    expect(set.has('0'.repeat(64))).toBe(false);
    expect(set.add('0'.repeat(64))).toBe(true);
    expect(set.add('0'.repeat(64))).toBe(false);
    expect([set.size, set.has('0'.repeat(64))]).toEqual([1, true]);
  });
});
