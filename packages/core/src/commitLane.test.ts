import { describe, expect, it } from 'vitest';
import { createCommitLane } from './commitLane.ts';
import { openMemory } from './storage/backends/memory.ts';
import { Database } from './storage/database.ts';
import { storageError } from './storage/faults.ts';
import { KeptState } from './storage/keptState.ts';

const one = Uint8Array.of(1);

/** A lane over a database that can be full. */
function open() {
  const memory = openMemory();
  const disk = { isFull: false, mended: 0 };
  const database = new Database(
    {
      ...memory,
      write: async (changes, sync) => {
        if (disk.isFull) throw new RangeError('no space left');
        await memory.write(changes, sync);
      },
      refusal: () => (disk.isFull ? 'no space left' : undefined),
      mend: async () => {
        disk.mended++;
      },
    },
    { path: '/data' },
  );
  const kept = new KeptState(database);
  const commit = async () => {
    kept.stage();
    await database.commit();
    kept.written();
  };
  return { memory, disk, database, kept, commit, lane: createCommitLane(database, commit) };
}

describe('a lane that commits', () => {
  it('refuses a job whose changes cannot be written', async () => {
    const { disk, database, lane } = open();
    disk.isFull = true;
    await expect(lane.run(() => database.put('01', one))).rejects.toMatchObject({ fault: { code: 'WRITE_FAILED' } });
    expect(database.get('01')).toBeUndefined();
  });

  it('does not refuse a job that has written its own for what others have set', async () => {
    const { memory, disk, database, lane, commit } = open();
    const job = lane.run(async () => {
      database.put('01', one);
      await commit();
      database.put('02', one);
      disk.isFull = true;
      return 'done';
    });
    await expect(job).resolves.toBe('done');
    expect([memory.get('01'), database.get('02')]).toEqual([one, undefined]);
    await expect(lane.run(() => database.put('03', one))).rejects.toMatchObject({ fault: { code: 'WRITE_FAILED' } });
  });

  it('writes what a job did before it failed, but not half of what the database could not do', async () => {
    const { memory, database, lane } = open();
    const put = (key: string, error: Error) => () => {
      database.put(key, one);
      throw error;
    };
    await expect(lane.run(put('01', new RangeError('no')))).rejects.toThrow('no');
    await expect(lane.run(put('02', storageError({ code: 'DATABASE_BUSY' })))).rejects.toThrow('opened again');
    await lane.run(() => {});
    expect([memory.get('01'), memory.get('02')]).toEqual([one, undefined]);
  });

  it('writes with the next job what one leaves to it, and loses it with that', async () => {
    const { memory, disk, database, lane } = open();
    await lane.run(() => database.put('01', one), { commits: false });
    expect(memory.get('01')).toBeUndefined();
    await lane.run(() => {});
    expect(memory.get('01')).toEqual(one);
    await lane.run(() => database.put('02', one), { commits: false });
    disk.isFull = true;
    await expect(lane.run(() => {})).rejects.toThrow('no space left');
    expect(database.get('02')).toBeUndefined();
  });

  it('looks for space by itself while writes are refused', async () => {
    const { disk, database, lane } = open();
    disk.isFull = true;
    await lane.run(() => database.put('01', one)).catch(() => {});
    await expect.poll(() => disk.mended).toBeGreaterThan(0);
    await lane.close();
  });
});

describe('settings that cannot be written', () => {
  it('go back to what they were, and their setter hears of it', async () => {
    const { disk, kept, commit } = open();
    const part = { value: 1n, other: 5n };
    kept.attach('part', { capture: () => part.value, restore: (value: bigint) => Object.assign(part, { value }) });
    kept.attach('other', { capture: () => part.other, restore: (other: bigint) => Object.assign(part, { other }) });
    await commit();
    part.value = 2n;
    // Not written, and what the node is to have all the same.
    kept.accept();
    const before = kept.texts();
    disk.isFull = true;
    part.value = 3n;
    const set = kept.setSince(before);
    expect(set).toEqual(['part']);
    await expect(commit()).rejects.toMatchObject({ fault: { code: 'WRITE_FAILED' } });
    expect([part, kept.takenBack(set), kept.takenBack(['other'])]).toEqual([{ value: 2n, other: 5n }, 1, 0]);
    disk.isFull = false;
    await commit();
    expect(kept.setSince()).toEqual([]);
  });
});
