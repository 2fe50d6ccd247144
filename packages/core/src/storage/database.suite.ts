import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Backend, KeyRange } from './backend.ts';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const plain = (value: Uint8Array | undefined) => (value === undefined ? undefined : [...value]);

async function all(backend: Backend, range: KeyRange): Promise<[string, number[]][]> {
  const found: [string, number[]][] = [];
  for await (const [key, value] of backend.entries(range)) found.push([key, [...value]]);
  return found;
}

/** What every backend does. @param open gives a new, empty one each time. */
export function databaseSuite(name: string, open: () => Promise<Backend>): void {
  describe(`backend ${name}`, () => {
    it('reads what was written, and undefined for the rest', async () => {
      const backend = await open();
      await backend.write(new Map([['6e01', bytes(1, 2)]]), false);
      expect(plain(backend.get('6e01'))).toEqual([1, 2]);
      expect(backend.get('6e02')).toBeUndefined();
      await backend.close();
    });

    it('keeps empty values', async () => {
      const backend = await open();
      await backend.write(new Map([['63', bytes()]]), true);
      expect(plain(backend.get('63'))).toEqual([]);
      await backend.close();
    });

    it('overwrites and deletes in one batch', async () => {
      const backend = await open();
      await backend.write(
        new Map([
          ['01', bytes(1)],
          ['02', bytes(2)],
        ]),
        false,
      );
      await backend.write(
        new Map([
          ['01', bytes(9)],
          ['02', null],
          ['03', null],
        ]),
        false,
      );
      expect(plain(backend.get('01'))).toEqual([9]);
      expect(backend.get('02')).toBeUndefined();
      await backend.close();
    });

    it('walks a range in order, its end left out, both ways', async () => {
      const backend = await open();
      await backend.write(new Map(['6803', '6801', '6900', '67ff', '6802'].map((key) => [key, bytes(1)])), false);
      const keys = async (reverse: boolean) =>
        (await all(backend, { from: '68', to: '69', reverse })).map(([key]) => key);
      expect(await keys(false)).toEqual(['6801', '6802', '6803']);
      expect(await keys(true)).toEqual(['6803', '6802', '6801']);
      await backend.close();
    });

    it('sees in a walk what was there when it began', async () => {
      const backend = await open();
      await backend.write(
        new Map([
          ['01', bytes(1)],
          ['02', bytes(2)],
        ]),
        false,
      );
      const walk = backend.entries({ from: '00', to: 'ff' })[Symbol.asyncIterator]();
      expect((await walk.next()).value?.[0]).toBe('01');
      await backend.write(
        new Map([
          ['02', null],
          ['03', bytes(3)],
        ]),
        false,
      );
      expect((await walk.next()).value?.[0]).toBe('02');
      expect((await walk.next()).done).toBe(true);
      await backend.close();
    });

    it('walks the whole in order, also after keys came, went and came back', async () => {
      const backend = await open();
      const keys = async () => (await all(backend, { from: '00', to: 'ff' })).map(([key]) => key);
      await backend.write(new Map(['70bb', '6201', '70aa', '6e01'].map((key) => [key, bytes(1)])), false);
      expect(await keys()).toEqual(['6201', '6e01', '70aa', '70bb']);
      await backend.write(new Map([['6201', null]]), false);
      await backend.write(new Map(['6201', '6202', '6200'].map((key) => [key, bytes(2)])), false);
      expect(await keys()).toEqual(['6200', '6201', '6202', '6e01', '70aa', '70bb']);
      await backend.close();
    });

    it('says what it occupies and has everything after it was compacted', async () => {
      const backend = await open();
      await backend.write(new Map([['6801', new Uint8Array(100_000)]]), true);
      expect(await backend.sizeBytes()).toBeGreaterThan(0);
      await backend.compact();
      expect(backend.get('6801')?.length).toBe(100_000);
      expect(backend.ready()).toBeUndefined();
      await backend.close();
    });

    it('is a map, whatever is written', async () => {
      const change = fc.tuple(
        fc.integer({ min: 0, max: 30 }).map((n) => `6${n % 3}${n.toString(16).padStart(2, '0')}`),
        fc.option(fc.uint8Array({ maxLength: 40 })),
      );
      await fc.assert(
        fc.asyncProperty(fc.array(fc.array(change, { maxLength: 8 }), { maxLength: 12 }), async (batches) => {
          const backend = await open();
          const model = new Map<string, Uint8Array>();
          for (const batch of batches) {
            const changes = new Map(batch);
            await backend.write(changes, false);
            for (const [key, value] of changes) value === null ? model.delete(key) : model.set(key, value);
            const expected = [...model].filter(([key]) => key >= '60' && key < '62').sort();
            expect(await all(backend, { from: '60', to: '62' })).toEqual(
              expected.map(([key, value]) => [key, [...value]]).sort(),
            );
          }
          for (const [key, value] of model) expect(plain(backend.get(key))).toEqual([...value]);
          await backend.close();
        }),
        { numRuns: 25 },
      );
    });

    it('refuses to write once closed', async () => {
      const backend = await open();
      await backend.close();
      await expect((async () => backend.write(new Map([['01', bytes(1)]]), false))()).rejects.toMatchObject({
        fault: { code: 'DATABASE_CLOSED' },
      });
    });
  });
}
