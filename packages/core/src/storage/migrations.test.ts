import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Backend } from './backend.ts';
import type { Migration } from './migrations.ts';
import { openDirectory } from './openDirectory.ts';

let path: string;
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'minichain-migrations-'));
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

const ran: string[] = [];
let crashes = 0;

/** Adds a byte to the entry. Looks at what is there, so that it does no harm when it is run again. */
const step = (from: number): Migration => ({
  title: `step ${from}`,
  run: async (backend: Backend) => {
    ran.push(`step ${from}`);
    const bytes = backend.get('6d01') ?? new Uint8Array();
    if (bytes.length < from + 1) await backend.write(new Map([['6d01', Uint8Array.of(...bytes, from)]]), false);
    if (crashes-- > 0) throw new Error('the machine stopped');
  },
});
const ONE = step(1);
const TWO = step(2);

const schema = (): number => JSON.parse(readFileSync(join(path, 'minichain.json'), 'utf8')).schema;

async function open(migrations: readonly Migration[]): Promise<number[]> {
  ran.length = 0;
  const { backend } = await openDirectory(path, {}, migrations);
  const bytes = [...(backend.get('6d01') ?? [])];
  if (bytes.length === 0) await backend.write(new Map([['6d01', Uint8Array.of(0)]]), false);
  await backend.close();
  return bytes;
}

describe('migrations', () => {
  it('run in order, each once', async () => {
    await open([]);
    expect(schema()).toBe(1);
    expect(await open([ONE])).toEqual([0, 1]);
    expect(schema()).toBe(2);
    expect(await open([ONE, TWO])).toEqual([0, 1, 2]);
    expect([ran, schema()]).toEqual([['step 2'], 3]);
    expect(await open([ONE, TWO])).toEqual([0, 1, 2]);
    expect(ran).toEqual([]);
  });

  it('do not run on a directory that is made', async () => {
    await open([ONE, TWO]);
    expect([ran, schema()]).toEqual([[], 3]);
  });

  it('are repeated from the one that did not end', async () => {
    await open([]);
    crashes = 1;
    await expect(open([ONE, TWO])).rejects.toThrow('the machine stopped');
    expect(schema()).toBe(1);
    expect(await open([ONE, TWO])).toEqual([0, 1, 2]);
    expect(ran).toEqual(['step 1', 'step 2']);
  });

  it('leave alone what is newer', async () => {
    await open([ONE]);
    await expect(open([])).rejects.toMatchObject({ fault: { code: 'DATABASE_NEWER', found: 2, known: 1 } });
  });
});
