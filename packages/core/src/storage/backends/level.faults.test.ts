import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Level } from 'level';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { Backend } from '../backend.ts';
import { canMount, smallDisk } from '../smallDisk.fixture.ts';
import { openLevel } from './level.ts';

const root = mkdtempSync(join(tmpdir(), 'minichain-faults-'));
let count = 0;
const fresh = (): string => join(root, String(count++));
const open: Backend[] = [];
afterEach(async () => {
  for (const backend of open.splice(0)) await backend.close();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const key = (n: number): string => `6e${n.toString(16).padStart(8, '0')}`;
/** A kilobyte that does not compress. */
const kilobyte = (n: number): Uint8Array => {
  const bytes = new Uint8Array(1000);
  for (let i = 0, state = n * 2 + 1; i < bytes.length; i++) {
    state = Math.imul(state, 0x9e3779b1) ^ (state >>> 15);
    bytes[i] = state >>> 24;
  }
  return bytes;
};

/** A LevelDB whose next batches fail as told: before anything is written, or after all of it is. */
async function unruly(path = fresh()) {
  const next: ('before' | 'after')[] = [];
  const seen = { opened: 0 };
  const backend = await openLevel(path, {
    create: true,
    make: (at) => {
      const level = new Level<string, Uint8Array>(at, { keyEncoding: 'hex', valueEncoding: 'view' });
      const batch = level.batch.bind(level) as (...args: unknown[]) => Promise<void>;
      const fail = () => Object.assign(new Error('IO error: the device is on fire'), { code: 'LEVEL_IO_ERROR' });
      level.batch = (async (...args: unknown[]) => {
        const how = next.shift();
        if (how === 'after') await batch(...args);
        if (how !== undefined) throw fail();
        await batch(...args);
      }) as never;
      level.on('open', () => seen.opened++);
      return level;
    },
  });
  open.push(backend);
  return { backend, next, seen, path };
}

const put = (backend: Backend, n: number, value = kilobyte(n), sync = false) =>
  (async () => backend.write(new Map([[key(n), value]]), sync))();

describe('LevelDB when a write fails', () => {
  it('opens the database again and writes what could not be written', async () => {
    const { backend, next, seen } = await unruly();
    await put(backend, 1);
    next.push('before');
    await put(backend, 2);
    expect(seen.opened).toBe(2);
    expect([backend.get(key(1)), backend.get(key(2))]).toEqual([kilobyte(1), kilobyte(2)]);
    expect(backend.ready()).toBeUndefined();
  });

  it('refuses it when it fails again, reads on, and does not open the database over and over', async () => {
    const { backend, next, seen } = await unruly();
    await put(backend, 1);
    next.push('before', 'before');
    await expect(put(backend, 2)).rejects.toMatchObject({
      fault: { code: 'WRITE_FAILED', detail: 'the device is on fire' },
    });
    expect([backend.get(key(1)), backend.get(key(2))]).toEqual([kilobyte(1), undefined]);
    for (let i = 0; i < 5; i++)
      await expect(put(backend, 3)).rejects.toMatchObject({ fault: { code: 'WRITE_FAILED' } });
    expect(seen.opened).toBe(2);
    await expect
      .poll(() =>
        put(backend, 3).then(
          () => 'written',
          () => 'refused',
        ),
      )
      .toBe('written');
    expect([backend.get(key(2)), backend.get(key(3))]).toEqual([undefined, kilobyte(3)]);
  });

  it('undoes with the next write what a refused one has left in the log', async () => {
    const { backend, next } = await unruly();
    await put(backend, 1, Uint8Array.of(1));
    // The device failed when everything was in the log: it is read back when the database is opened.
    next.push('before', 'after');
    const refused = new Map([
      [key(1), Uint8Array.of(9)],
      [key(2), Uint8Array.of(9)],
    ]);
    await expect((async () => backend.write(refused, true))()).rejects.toMatchObject({
      fault: { code: 'WRITE_FAILED' },
    });
    await expect
      .poll(() =>
        put(backend, 3).then(
          () => 'written',
          () => 'refused',
        ),
      )
      .toBe('written');
    expect([backend.get(key(1)), backend.get(key(2))]).toEqual([Uint8Array.of(1), undefined]);
  });

  /** What a process finds that starts after this one was killed now. */
  async function afterKill(path: string): Promise<Backend> {
    const copy = fresh();
    cpSync(path, copy, { recursive: true });
    const backend = await openLevel(copy);
    open.push(backend);
    return backend;
  }

  it('has nothing of a refused write in its log when that is answered', async () => {
    const { backend, next, path } = await unruly();
    await put(backend, 1);
    next.push('before', 'after');
    await expect(put(backend, 2)).rejects.toMatchObject({ fault: { code: 'WRITE_FAILED' } });
    const again = await afterKill(path);
    expect([again.get(key(1)), again.get(key(2))]).toEqual([kilobyte(1), undefined]);
  });

  it('cuts a log that is in parts, and one whose only write was refused', async () => {
    for (const size of [10, 100_000]) {
      for (const count of [0, 1, 40]) {
        const { backend, next, path } = await unruly();
        for (let n = 0; n < count; n++) await put(backend, n, new Uint8Array(size).fill(n));
        next.push('after', 'after');
        // The same bytes as the one before it.
        await expect(put(backend, count, new Uint8Array(size).fill(count - 1))).rejects.toThrow('on fire');
        const again = await afterKill(path);
        for (let n = 0; n < count; n++) expect(again.get(key(n))).toEqual(new Uint8Array(size).fill(n));
        expect(again.get(key(count))).toBeUndefined();
      }
    }
  });

  it('has nothing of it either when LevelDB writes the rest later, on closing', async () => {
    const logIn = (path: string) => join(path, readdirSync(path).find((name) => name.endsWith('.log')) as string);
    const other = await unruly();
    await put(other.backend, 2);
    const rest = readFileSync(logIn(other.path));
    for (const isKilled of [false, true]) {
      const { backend, next, path } = await unruly();
      await put(backend, 1);
      next.push('before', 'before');
      await expect(put(backend, 2)).rejects.toThrow('on fire');
      if (!isKilled) await backend.close();
      appendFileSync(logIn(path), rest);
      const again = await afterKill(path);
      expect([again.get(key(1)), again.get(key(2))]).toEqual([kilobyte(1), undefined]);
    }
  });

  it('says that it is being opened again to who reads in that moment', async () => {
    const { backend, next } = await unruly();
    await put(backend, 1);
    next.push('before');
    const writing = put(backend, 2);
    let busy: unknown;
    while (busy === undefined) {
      await new Promise((resolve) => setImmediate(resolve));
      try {
        backend.get(key(1));
      } catch (error) {
        busy = error;
        await backend.ready();
      }
    }
    expect(busy).toMatchObject({ fault: { code: 'DATABASE_BUSY' } });
    expect(backend.get(key(1))).toEqual(kilobyte(1));
    await writing;
  });

  it('can be closed after a failure', async () => {
    const { backend, next } = await unruly();
    next.push('before', 'before');
    await expect(put(backend, 1)).rejects.toThrow();
    await backend.close();
    expect(() => backend.get(key(1))).toThrow('the database is closed');
    await expect(put(backend, 1)).rejects.toMatchObject({ fault: { code: 'DATABASE_CLOSED' } });
  });
});

/** The first so many are there. */
function expectThose(backend: Backend, count: number): void {
  for (let n = 0; n < count; n++) {
    expect(Buffer.compare(backend.get(key(n)) ?? new Uint8Array(), kilobyte(n)), key(n)).toBe(0);
  }
}

/** Writes until it is refused, lifts the limit, and has everything that was not refused, also after another start. */
async function fillAndGoOn(path: string, lift: () => void): Promise<void> {
  const options = { create: true, cacheBytes: 1 << 20 };
  const backend = await openLevel(path, options);
  open.push(backend);
  let written = 0;
  let refusal: unknown;
  while (refusal === undefined && written < 50_000) {
    await put(backend, written, kilobyte(written), written % 10 === 0).then(
      () => written++,
      (error) => {
        refusal = error;
      },
    );
  }
  expect(refusal).toMatchObject({ fault: { code: 'WRITE_FAILED' } });
  await expect(put(backend, written)).rejects.toMatchObject({ fault: { code: 'WRITE_FAILED' } });
  expect(written).toBeGreaterThan(500);
  expectThose(backend, written);
  expect(backend.get(key(written))).toBeUndefined();
  lift();
  await expect
    .poll(() =>
      put(backend, written + 1).then(
        () => 'written',
        () => 'refused',
      ),
    )
    .toBe('written');
  await backend.close();
  const again = await openLevel(path, options);
  open.push(again);
  expectThose(again, written);
  expect(again.get(key(written))).toBeUndefined();
  expect(again.get(key(written + 1))).toEqual(kilobyte(written + 1));
}

describe('LevelDB on a full disk', () => {
  it.skipIf(!canMount)('refuses, reads on, and goes on when there is space', async () => {
    const disk = smallDisk(8);
    try {
      writeFileSync(join(disk.path, 'other'), new Uint8Array(2 << 20));
      await fillAndGoOn(join(disk.path, 'db'), () => rmSync(join(disk.path, 'other')));
      for (const backend of open.splice(0)) await backend.close();
    } finally {
      disk.remove();
    }
  });
});

describe('LevelDB that is opened on a full disk', () => {
  async function untilRefused(backend: Backend): Promise<void> {
    for (let refusal: unknown; refusal === undefined; ) {
      await put(backend, 1, kilobyte(1)).catch((error) => {
        refusal = error;
      });
    }
  }

  it.skipIf(!canMount)('reads, refuses writes, and goes on when there is space', async () => {
    const disk = smallDisk(12);
    try {
      const path = join(disk.path, 'db');
      const options = { cacheBytes: 8 << 20 };
      const first = await openLevel(path, { ...options, create: true });
      for (let n = 0; n < 1500; n++) await put(first, n);
      // No byte is left: LevelDB makes a list of files, a log and a table when it is opened.
      disk.fill();
      await first.close();
      for (let start = 0; start < 3; start++) {
        const again = await openLevel(path, options);
        open.push(again);
        expectThose(again, 1500);
        // The log has become a table, which leaves a little.
        disk.fill();
        await untilRefused(again);
        await again.close();
      }
      const last = await openLevel(path, options);
      open.push(last);
      expectThose(last, 1500);
      disk.fill();
      await untilRefused(last);
      expect(last.refusal?.()).toMatch(/no space left/i);
      disk.empty();
      await expect
        .poll(async () => {
          await last.mend?.();
          return last.refusal?.();
        })
        .toBeUndefined();
      await put(last, 1500);
      expectThose(last, 1501);
    } finally {
      for (const backend of open.splice(0)) await backend.close();
      disk.remove();
    }
  });
});

/** A database of several tables, closed. */
async function tables(): Promise<string> {
  const path = fresh();
  const backend = await openLevel(path, { create: true, cacheBytes: 1 << 20 });
  for (let n = 0; n < 4000; n++) await put(backend, n);
  await backend.compact();
  await backend.close();
  return path;
}

const tablesIn = (path: string): string[] => readdirSync(path).filter((name) => name.endsWith('.ldb'));

async function readAll(backend: Backend): Promise<unknown> {
  try {
    expectThose(backend, 4000);
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('LevelDB with damaged files', () => {
  it('says so when a read comes to a table that was cut short', async () => {
    const path = await tables();
    const file = join(path, tablesIn(path)[0] as string);
    truncateSync(file, readFileSync(file).length >> 1);
    const backend = await openLevel(path, { directory: '/data' });
    open.push(backend);
    expect(await readAll(backend)).toMatchObject({ fault: { code: 'DATABASE_DAMAGED', path: '/data' } });
    await expect(
      (async () => {
        for await (const _ of backend.entries({ from: '6e', to: '6f' }));
      })(),
    ).rejects.toMatchObject({ fault: { code: 'DATABASE_DAMAGED' } });
  });

  it('is not opened when a table is missing', async () => {
    const path = await tables();
    rmSync(join(path, tablesIn(path)[0] as string));
    await expect(openLevel(path, { directory: '/data' })).rejects.toMatchObject({
      fault: { code: 'DATABASE_DAMAGED' },
    });
  });

  it('is not made anew where its files have gone', async () => {
    const path = await tables();
    rmSync(join(path, 'CURRENT'));
    const before = readdirSync(path);
    await expect(openLevel(path)).rejects.toMatchObject({ fault: { code: 'DATABASE_DAMAGED' } });
    expect(readdirSync(path).filter((name) => !name.startsWith('LO'))).toEqual(
      before.filter((name) => !name.startsWith('LO')),
    );
  });
});
