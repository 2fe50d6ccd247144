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

    it('refuses to write once closed', async () => {
      const backend = await open();
      await backend.close();
      await expect(backend.write(new Map([['01', bytes(1)]]), false)).rejects.toMatchObject({
        fault: { code: 'DATABASE_CLOSED' },
      });
    });
  });
}
