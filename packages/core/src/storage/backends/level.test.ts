import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { databaseSuite } from '../database.suite.ts';
import { openLevel } from './level.ts';

const root = mkdtempSync(join(tmpdir(), 'minichain-level-'));
let count = 0;
const fresh = (): string => join(root, String(count++));
afterAll(() => rmSync(root, { recursive: true, force: true }));

databaseSuite('level', () => openLevel(fresh(), { create: true }));

describe('openLevel', () => {
  it('finds again what was written before it was closed', async () => {
    const path = fresh();
    const first = await openLevel(path, { create: true });
    await first.write(new Map([['01', Uint8Array.of(7)]]), true);
    await first.close();
    const second = await openLevel(path, { create: true });
    expect([...(second.get('01') as Uint8Array)]).toEqual([7]);
    await second.close();
  });

  it('names who holds a directory that is open', async () => {
    const path = fresh();
    const first = await openLevel(path, { create: true });
    await expect(openLevel(path, { holder: async () => 'process 42' })).rejects.toThrow(
      `the data directory ${path} is in use by process 42; stop that node or choose another directory`,
    );
    await first.close();
  });
});
