import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../database.ts';
import { openDatabase } from '../openDatabase.ts';
import { backupDatabase } from './backupDatabase.ts';
import { type BackupProgress, verifyBackup } from './backupManifest.ts';
import { restoreBackup } from './restoreBackup.ts';

let root: string;
let database: Database;
const opened: Database[] = [];
const at = (name: string): string => join(root, name);
const key = (n: number): string => `6e${n.toString(16).padStart(8, '0')}`;

async function open(path: string): Promise<Database> {
  const one = await openDatabase({ path, cacheBytes: 1 << 20, fsync: 'off' });
  opened.push(one);
  return one;
}

/** One commit: a hundred entries, and how many commits there were. */
async function commit(number: number): Promise<void> {
  for (let i = 0; i < 100; i++) database.put(key(number * 100 + i), randomBytes(1000));
  database.put('6d00', new TextEncoder().encode(String(number)));
  await database.commit();
}

/** Every entry of a database that has as many commits as it says, each of them whole. */
async function commitsIn(path: string): Promise<number> {
  const one = await open(path);
  const number = Number(new TextDecoder().decode(one.get('6d00')));
  for (let i = 0; i < (number + 1) * 100; i++) expect(one.get(key(i))?.length, `${i} of ${number}`).toBe(1000);
  expect(one.has(key((number + 1) * 100))).toBe(false);
  return number;
}

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'minichain-backup-'));
  database = await open(at('data'));
  for (let n = 0; n < 40; n++) await commit(n);
});
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
  rmSync(root, { recursive: true, force: true });
});

describe('a backup', () => {
  it('of a database in use is what it was then, and so is what is restored from it', async () => {
    const seen: BackupProgress[] = [];
    await backupDatabase(database, at('backup'), (progress) => seen.push(progress));
    expect(seen.at(-1)?.doneBytes).toBe(seen.at(-1)?.totalBytes);
    await commit(40);
    await verifyBackup(at('backup'));
    await restoreBackup(at('backup'), at('restored'));
    expect(await commitsIn(at('restored'))).toBe(39);
  });

  it('is consistent while commits and compactions go on', async () => {
    let isDone = false;
    const writing = (async () => {
      for (let n = 40; !isDone; n++) await commit(n);
    })();
    for (let round = 0; round < 3; round++) {
      await backupDatabase(database, at('backup'));
      await restoreBackup(at('backup'), at(`restored${round}`));
      expect(await commitsIn(at(`restored${round}`))).toBeGreaterThanOrEqual(39);
    }
    isDone = true;
    await writing;
    expect(readdirSync(at('data')).filter((name) => name.startsWith('staging'))).toEqual([]);
  });

  it('copies only what is new, and forgets what is needed no more', async () => {
    await backupDatabase(database, at('backup'));
    const tables = () => readdirSync(at('backup/tables')).sort();
    const first = new Map(tables().map((name) => [name, statSync(join(at('backup/tables'), name)).ino]));
    expect(first.size).toBeGreaterThan(0);
    for (let n = 40; n < 60; n++) await commit(n);
    const { files } = await backupDatabase(database, at('backup'));
    for (const name of tables()) {
      if (first.has(name)) expect(statSync(join(at('backup/tables'), name)).ino).toBe(first.get(name));
    }
    await database.compact();
    const third = await backupDatabase(database, at('backup'));
    expect(third.number).toBe(3);
    expect(third.files).not.toEqual(files);
    expect(tables().map((name) => `tables/${name}`)).toEqual(
      third.files
        .map(({ path }) => path)
        .filter((path) => path.startsWith('tables/'))
        .sort(),
    );
    expect(readdirSync(at('backup/heads'))).toEqual(['3']);
    await restoreBackup(at('backup'), at('restored'));
    expect(await commitsIn(at('restored'))).toBe(59);
  });

  it('of a database that is closed, or was killed, is the same', async () => {
    await database.close();
    opened.length = 0;
    await backupDatabase({ path: at('data') }, at('backup'));
    await restoreBackup(at('backup'), at('restored'));
    expect(await commitsIn(at('restored'))).toBe(39);
  });

  it('leaves nothing behind for good when it is cut short', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '0']);
    mkdirSync(at(`data/staging-${pid}-abc`));
    mkdirSync(at(`data/staging-${process.pid}-abc`));
    const left = () => readdirSync(at('data')).filter((name) => name.startsWith('staging'));
    // By the next backup, while a node holds the directory, and by the next start.
    await backupDatabase(database, at('backup'));
    expect(left()).toEqual([`staging-${process.pid}-abc`]);
    mkdirSync(at(`data/staging-${pid}-abc`));
    await database.close();
    opened.length = 0;
    await open(at('data'));
    expect(left()).toEqual([`staging-${process.pid}-abc`]);
  });

  it('is refused where other things are, or another database is backed up', async () => {
    writeFileSync(at('file'), '');
    await expect(backupDatabase(database, root)).rejects.toMatchObject({ fault: { code: 'BACKUP_UNUSABLE' } });
    await backupDatabase(database, at('backup'));
    await restoreBackup(at('backup'), at('restored'));
    await expect(backupDatabase({ path: at('restored') }, at('backup'))).rejects.toThrow('it is of another database');
    await expect(backupDatabase({ path: undefined }, at('memory'))).rejects.toThrow('a chain in memory');
    await expect(backupDatabase({ path: at('nowhere') }, at('other'))).rejects.toMatchObject({
      fault: { code: 'DATABASE_UNREADABLE' },
    });
  });

  it('names the file that is not what was backed up, and restores nothing then', async () => {
    const { files } = await backupDatabase(database, at('backup'));
    const table = files.find(({ path }) => path.startsWith('tables/'))?.path as string;
    const bytes = readFileSync(join(at('backup'), table));
    bytes[100] = (bytes[100] as number) ^ 1;
    writeFileSync(join(at('backup'), table), bytes);
    const changed = `the backup in ${at('backup')} cannot be used: ${table} is not what was backed up: its SHA-256 differs`;
    await expect(verifyBackup(at('backup'))).rejects.toThrow(changed);
    await expect(restoreBackup(at('backup'), at('restored'))).rejects.toThrow(changed);
    expect(readdirSync(at('restored'))).toEqual([]);
    truncateSync(join(at('backup'), table), 10);
    await expect(verifyBackup(at('backup'))).rejects.toThrow('has 10 bytes instead of');
    rmSync(join(at('backup'), table));
    await expect(verifyBackup(at('backup'))).rejects.toThrow(`${table} is missing`);
    truncateSync(at('backup/backup.json'), 20);
    await expect(verifyBackup(at('backup'))).rejects.toThrow('its backup.json cannot be read');
    rmSync(at('backup/backup.json'));
    await expect(verifyBackup(at('backup'))).rejects.toThrow('there is no backup.json in it');
  });

  it('is restored only to an empty folder', async () => {
    await backupDatabase(database, at('backup'));
    await expect(restoreBackup(at('backup'), at('data'))).rejects.toMatchObject({
      fault: { code: 'DIRECTORY_TAKEN', holder: { pid: process.pid, what: 'minichain' } },
      message: expect.stringContaining(`end that process (kill ${process.pid}), move the directory away`),
    });
    expect(database.get(key(1))?.length).toBe(1000);
    await database.close();
    opened.length = 0;
    await expect(restoreBackup(at('backup'), at('data'))).rejects.toThrow(
      /already; a backup is restored only to an empty folder: name another one, or move the directory away/,
    );
    mkdirSync(at('photos'));
    writeFileSync(at('photos/photo.jpg'), '');
    await expect(restoreBackup(at('backup'), at('photos'))).rejects.toMatchObject({
      fault: { code: 'DATABASE_FOREIGN' },
    });
  });
});
