import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from './database.ts';
import { notedUrl } from './holder.ts';
import { openDatabase } from './openDatabase.ts';

let path: string;
const opened: Database[] = [];
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'minichain-directory-'));
});
afterEach(async () => {
  for (const database of opened.splice(0)) await database.close();
  rmSync(path, { recursive: true, force: true });
});

async function open(at = path, holder?: string): Promise<Database> {
  const database = await openDatabase({ path: at, version: '1.2.3', ...(holder === undefined ? {} : { holder }) });
  opened.push(database);
  return database;
}

async function closeAll(): Promise<void> {
  for (const database of opened.splice(0)) await database.close();
}

async function makeOne(): Promise<void> {
  const database = await open();
  database.put('6e01', Uint8Array.of(7));
  await database.commit({ isBlock: true });
  await closeAll();
}

/** Every file below the folder and what is in it. */
function contents(): Record<string, string> {
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(
    names.map((name) => {
      try {
        return [name, readFileSync(join(path, name), 'hex')];
      } catch {
        return [name, 'folder'];
      }
    }),
  );
}

async function faultOf(at = path): Promise<{ code: string; message: string }> {
  try {
    await open(at);
  } catch (error) {
    const { fault, message } = error as { fault: { code: string }; message: string };
    return { code: fault.code, message };
  }
  throw new Error('it was opened');
}

/** Is refused with the code and leaves every byte as it was. */
async function expectUntouched(code: string): Promise<string> {
  const before = contents();
  const fault = await faultOf();
  expect(fault.code).toBe(code);
  expect(contents()).toEqual(before);
  return fault.message;
}

/** Runs with the folder's permissions as given, and not as root, who may do everything. */
async function withoutPermission(mode: number, work: () => Promise<void>): Promise<void> {
  const isRoot = process.getuid?.() === 0;
  chmodSync(path, mode);
  if (isRoot) process.seteuid?.(65_534);
  try {
    await work();
  } finally {
    if (isRoot) process.seteuid?.(0);
    chmodSync(path, 0o755);
  }
}

const description = () => JSON.parse(readFileSync(join(path, 'minichain.json'), 'utf8'));

describe('openDatabase with a folder', () => {
  it('makes it where there is none, also several levels deep', async () => {
    const database = await open(join(path, 'a/b'));
    expect(database.isPersistent).toBe(true);
    expect(database.path).toBe(join(path, 'a/b'));
  });

  it('makes it in an empty one, as a fresh volume is', async () => {
    mkdirSync(join(path, 'lost+found'));
    await makeOne();
    expect(description()).toEqual({
      format: 'minichain',
      schema: 1,
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      created: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      version: '1.2.3',
      writer: '1.2.3',
    });
    expect(existsSync(join(path, 'holder.json'))).toBe(false);
  });

  it('finds again what was committed', async () => {
    await makeOne();
    expect((await open()).get('6e01')).toEqual(Uint8Array.of(7));
  });

  it('goes on after a start that ended before there was a database', async () => {
    writeFileSync(
      join(path, 'minichain.json'),
      JSON.stringify({ format: 'minichain', schema: 0, created: '2026-01-01T00:00:00.000Z' }),
    );
    writeFileSync(join(path, 'minichain.json.17-0.tmp'), '{');
    await makeOne();
    expect(description().schema).toBe(1);
  });

  it('notes who writes to it now besides who made it', async () => {
    await makeOne();
    const later = await openDatabase({ path, version: '1.3.0' });
    await later.close();
    const reader = await openDatabase({ path });
    await reader.close();
    expect(description()).toMatchObject({ version: '1.2.3', writer: '1.3.0' });
  });

  it('refuses a folder that holds other things', async () => {
    writeFileSync(join(path, 'photo.jpg'), 'x');
    expect(await expectUntouched('DATABASE_FOREIGN')).toBe(
      `${path} is not a minichain data directory: it holds other things (photo.jpg) and no minichain.json; it was left untouched`,
    );
  });

  it('refuses a LevelDB of somebody else', async () => {
    await makeOne();
    rmSync(join(path, 'minichain.json'));
    await expectUntouched('DATABASE_FOREIGN');
  });

  it('refuses a minichain.json of something else', async () => {
    writeFileSync(join(path, 'minichain.json'), JSON.stringify({ format: 'other', schema: 1 }));
    await expectUntouched('DATABASE_FOREIGN');
  });

  it('refuses what a newer minichain has written', async () => {
    await makeOne();
    writeFileSync(join(path, 'minichain.json'), JSON.stringify({ ...description(), schema: 99 }));
    expect(await expectUntouched('DATABASE_NEWER')).toContain('(schema 99, this one knows 1)');
  });

  it.each([0, 10, 40])('calls it damaged when %i bytes of minichain.json are left', async (left) => {
    await makeOne();
    truncateSync(join(path, 'minichain.json'), left);
    expect(await expectUntouched('DATABASE_DAMAGED')).toContain('restore a backup');
  });

  it.each(['CURRENT', 'MANIFEST-000002', '000003.log'])('calls it damaged when %s is gone', async (name) => {
    await makeOne();
    rmSync(join(path, 'db', name));
    await expectUntouched('DATABASE_DAMAGED');
  });

  it.each(['CURRENT', 'MANIFEST-000002', '000003.log'])('calls it damaged when %s was cut short', async (name) => {
    await makeOne();
    const file = join(path, 'db', name);
    truncateSync(file, readFileSync(file).length - 5);
    expect(await expectUntouched('DATABASE_DAMAGED')).toContain(`db/${name}`);
  });

  it('says why when it is a file', async () => {
    writeFileSync(join(path, 'file'), '');
    expect((await faultOf(join(path, 'file'))).message).toBe(
      `cannot open the data directory ${path}/file: it is a file, not a folder`,
    );
    expect((await faultOf(join(path, 'file/below'))).code).toBe('DATABASE_UNREADABLE');
  });

  it('says why when it may not be read, or not be written', async () => {
    await makeOne();
    await withoutPermission(0o000, async () => expect((await faultOf()).message).toContain('permission denied'));
    await withoutPermission(0o555, async () => expect((await faultOf()).code).toBe('DATABASE_UNREADABLE'));
    expect((await open()).get('6e01')).toEqual(Uint8Array.of(7));
  });

  it('is opened by one of two that come at once', async () => {
    for (const _ of [1, 2, 3]) {
      const results = await Promise.allSettled([open(), open(), open()]);
      const refused = results.filter((result) => result.status === 'rejected');
      expect(refused.map(({ reason }) => reason.fault?.code ?? reason)).toEqual(['DATABASE_LOCKED', 'DATABASE_LOCKED']);
      await closeAll();
    }
  });

  it('refuses a second opener and says who has it', async () => {
    const database = await open(path, 'minichain node');
    await database.describeHolder('minichain node on http://127.0.0.1:8545', 'http://127.0.0.1:8545');
    const { code, message } = await faultOf();
    expect(code).toBe('DATABASE_LOCKED');
    expect(message).toContain(`in use by process ${process.pid} (minichain node on http://127.0.0.1:8545, since 20`);
    expect(await notedUrl(path)).toBe('http://127.0.0.1:8545');
    const holder = JSON.parse(readFileSync(join(path, 'holder.json'), 'utf8'));
    // An address of another machine means another node here.
    writeFileSync(join(path, 'holder.json'), JSON.stringify({ ...holder, host: 'elsewhere' }));
    expect(await notedUrl(path)).toBeUndefined();
  });

  it('does not believe the holder file of a dead process', async () => {
    await makeOne();
    const { pid } = spawnSync(process.execPath, ['-e', '0']);
    writeFileSync(
      join(path, 'holder.json'),
      JSON.stringify({ pid, host: 'elsewhere', started: '', what: 'an old node' }),
    );
    await open();
    expect(JSON.parse(readFileSync(join(path, 'holder.json'), 'utf8')).pid).toBe(process.pid);
  });

  it('refuses a second opener that calls it by another name', async () => {
    await open();
    symlinkSync(path, `${path}-link`);
    try {
      expect((await faultOf(`${path}-link`)).code).toBe('DATABASE_LOCKED');
    } finally {
      rmSync(`${path}-link`);
    }
  });

  it.skipIf(process.platform !== 'linux')('knows who holds it when the lock was deleted', async () => {
    await makeOne();
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'], { stdio: 'ignore' });
    try {
      await once(child, 'spawn');
      const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8');
      const ticks = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
      const holder = { pid: child.pid, host: hostname(), started: 'then', what: 'minichain node', ticks };
      writeFileSync(join(path, 'holder.json'), JSON.stringify(holder));
      rmSync(join(path, 'db/LOCK'));
      const { code, message } = await faultOf();
      expect([code, message]).toEqual([
        'DATABASE_LOCKED',
        expect.stringContaining(`in use by process ${child.pid} (minichain node, since then)`),
      ]);
      // Another process that has got its number.
      writeFileSync(
        join(path, 'holder.json'),
        JSON.stringify({ ...holder, ticks: ticks - 1, url: 'http://127.0.0.1:1' }),
      );
      expect(await notedUrl(path)).toBeUndefined();
      await open();
    } finally {
      child.kill('SIGKILL');
    }
  });
});
