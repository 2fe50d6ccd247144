import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '@minichain/core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { compactDirectory } from './compactDirectory.ts';

let path: string;
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'minichain-compact-'));
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

const VALUES = 4000;
const VALUE_BYTES = 2000;
const key = (n: number): string => `6e${n.toString(16).padStart(8, '0')}`;

const bytesOnDisk = (): number =>
  readdirSync(join(path, 'db')).reduce((sum, name) => sum + statSync(join(path, 'db', name)).size, 0);

it('makes a directory smaller by what was deleted, and keeps the rest', async () => {
  const database = await openDatabase({ path, cacheBytes: 1 << 20, fsync: 'off' });
  for (let n = 0; n < VALUES; n++) {
    database.put(key(n), randomBytes(VALUE_BYTES));
    if (n % 500 === 499) await database.commit();
  }
  const kept = database.get(key(7));
  for (let n = 0; n < VALUES; n++) if (n !== 7) database.delete(key(n));
  await database.commit();
  await database.close();
  const before = bytesOnDisk();
  expect(before).toBeGreaterThan((VALUES * VALUE_BYTES) / 2);
  const { bytesBefore, bytesAfter } = await compactDirectory(path);
  expect(bytesAfter).toBeLessThan(bytesBefore / 10);
  expect(bytesOnDisk()).toBeLessThan(before / 10);
  const again = await openDatabase({ path });
  expect(again.get(key(7))).toEqual(kept);
  await again.close();
});
