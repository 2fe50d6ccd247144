import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLevel } from './level.ts';
import { findDamage } from './levelFiles.ts';

const root = mkdtempSync(join(tmpdir(), 'minichain-files-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let count = 0;

/** Writes without end: values that are overwritten again and again, so that tables come and go. */
const WRITER = `
  const { Level } = require(process.argv[1]);
  const level = new Level(process.argv[2], { keyEncoding: 'hex', valueEncoding: 'view', writeBufferSize: 1 << 18 });
  level.open().then(async () => {
    for (let n = 0; ; n++) {
      const key = (i) => '6e' + ((n * 37 + i) % 3000).toString(16).padStart(6, '0');
      const values = Array.from({ length: 50 }, (_, i) => ({ type: 'put', key: key(i), value: require('node:crypto').randomBytes(1000) }));
      await level.batch(values);
      if (n % 10 === 0) process.stdout.write(n + '\\n');
    }
  });`;

/** Of a process that was killed while it wrote and compacted. */
const killed = join(root, 'killed');
/** The same, opened and closed again. */
const closed = join(root, 'closed');
beforeAll(async () => {
  const level = createRequire(import.meta.url).resolve('level');
  const writer = spawn(process.execPath, ['-e', WRITER, level, killed], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of writer.stdout.setEncoding('utf8')) if (Number.parseInt(line, 10) >= 200) break;
  writer.kill('SIGKILL');
  await once(writer, 'exit');
  const backend = await openLevel(copyOf(killed, closed));
  await backend.close();
});

function copyOf(from: string, to = join(root, String(count++))): string {
  cpSync(from, to, { recursive: true });
  return to;
}

const named = (path: string, pattern: RegExp): string =>
  join(
    path,
    readdirSync(path)
      .filter((name) => pattern.test(name))
      .sort()[0] as string,
  );

describe('findDamage', () => {
  it('finds none after a kill, a close and another start', async () => {
    expect(await findDamage(killed)).toBeUndefined();
    expect(await findDamage(closed)).toBeUndefined();
  });

  it.each([0, 0.1, 0.3, 0.5, 0.7, 0.9])('finds a list of files that was cut to %f', async (share) => {
    const path = copyOf(killed);
    const list = named(path, /^MANIFEST/);
    truncateSync(list, Math.floor(statSync(list).size * share));
    if (share > 0) expect(await findDamage(path)).toMatch(/cut short/);
    // Of a list of nothing LevelDB says so itself.
    else await expect(openLevel(path)).rejects.toMatchObject({ fault: { code: 'DATABASE_DAMAGED' } });
  });

  it('finds a table that is short by a byte', async () => {
    const path = copyOf(closed);
    const table = named(path, /\.ldb$/);
    truncateSync(table, statSync(table).size - 1);
    expect(await findDamage(path)).toMatch(/^db\/\d+\.ldb has \d+ bytes instead of \d+$/);
  });

  it.each([/\.ldb$/, /\.log$/, /^MANIFEST/, /^CURRENT/])('misses what %s names', async (pattern) => {
    const path = copyOf(closed);
    rmSync(named(path, pattern));
    expect(await findDamage(path)).toMatch(/missing|gone/);
  });

  it('knows a CURRENT that is none', async () => {
    const path = copyOf(closed);
    writeFileSync(join(path, 'CURRENT'), 'MANIFEST-0');
    expect(await findDamage(path)).toBe('db/CURRENT is not what LevelDB writes');
  });
});
