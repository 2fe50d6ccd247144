import { describe, expect, it } from 'vitest';
import type { Backend } from './backend.ts';
import { openMemory } from './backends/memory.ts';
import { Database } from './database.ts';
import { createValueCache } from './valueCache.ts';

const one = Uint8Array.of(1);
const two = Uint8Array.of(2);

/** A backend that refuses writes while told to. */
function moody(): { backend: Backend; refuse(refuses: boolean): void } {
  const memory = openMemory();
  let refuses = false;
  return {
    refuse: (now) => {
      refuses = now;
    },
    backend: {
      ...memory,
      write: async (changes, sync) => {
        if (refuses) throw new RangeError('no space left');
        await memory.write(changes, sync);
      },
    },
  };
}

describe('Database', () => {
  it('reads staged changes at once and hands them over with commit', async () => {
    const memory = openMemory();
    const database = new Database(memory);
    database.put('01', one);
    expect(database.get('01')).toBe(one);
    expect(memory.get('01')).toBeUndefined();
    await database.commit();
    expect(memory.get('01')).toEqual(one);
    database.delete('01');
    expect(database.get('01')).toBeUndefined();
    await database.commit();
    expect(memory.get('01')).toBeUndefined();
  });

  it('reads what is on its way to the backend, and what was put meanwhile', async () => {
    const memory = openMemory();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const database = new Database({
      ...memory,
      write: async (changes, sync) => {
        await held;
        await memory.write(changes, sync);
      },
    });
    database.put('01', one);
    const commit = database.commit();
    database.put('02', two);
    expect([database.get('01'), database.get('02')]).toEqual([one, two]);
    release();
    await commit;
    expect([memory.get('01'), memory.get('02')]).toEqual([one, undefined]);
  });

  it('is as before when a commit fails, and works again after', async () => {
    const { backend, refuse } = moody();
    const database = new Database(backend);
    const told: string[] = [];
    database.onDiscard(() => told.push('discarded'));
    database.put('01', one);
    await database.commit();
    refuse(true);
    database.put('01', two);
    database.put('02', two);
    await expect(database.commit()).rejects.toThrow('no space left');
    expect([database.get('01'), database.get('02')]).toEqual([one, undefined]);
    expect(told).toEqual(['discarded']);
    refuse(false);
    database.put('02', two);
    await database.commit();
    expect(backend.get('02')).toEqual(two);
  });

  it('tells what commits and reads it had', async () => {
    const { backend, refuse } = moody();
    const database = new Database(backend);
    database.put('01', one);
    database.get('01');
    await database.commit();
    database.get('01');
    refuse(true);
    database.put('02', two);
    await expect(database.commit()).rejects.toThrow();
    const { commitMsTotal, lastCommitMs, ...counts } = database.stats();
    expect(counts).toEqual({ reads: 2, cacheHits: 1, commits: 1, failedCommits: 1 });
    expect(commitMsTotal).toBe(lastCommitMs);
    expect(commitMsTotal).toBeGreaterThan(0);
  });

  it('makes a failure of the backend one of the database', async () => {
    const { backend, refuse } = moody();
    const database = new Database(backend);
    refuse(true);
    database.put('01', one);
    await expect(database.commit()).rejects.toMatchObject({ fault: { code: 'WRITE_FAILED', detail: 'no space left' } });
  });

  it('is done with a commit to memory when it returns', () => {
    const database = new Database(openMemory());
    database.put('01', one);
    expect(database.commit()).toBeUndefined();
    expect([database.hasStaged, database.get('01'), database.has('02')]).toEqual([false, one, false]);
  });

  it('commits after a commit that is under way, and not at all when that fails', async () => {
    const { backend, refuse } = moody();
    const database = new Database(backend);
    database.put('01', one);
    const first = database.commit();
    database.put('02', two);
    const second = database.commit();
    await Promise.all([first, second]);
    expect([backend.get('01'), backend.get('02')]).toEqual([one, two]);
    refuse(true);
    database.put('01', two);
    const third = database.commit();
    database.put('03', two);
    const fourth = database.commit();
    await expect(third).rejects.toMatchObject({ fault: { code: 'WRITE_FAILED' } });
    await expect(fourth).rejects.toMatchObject({ fault: { code: 'WRITE_FAILED' } });
    expect([database.get('01'), database.get('03')]).toEqual([one, undefined]);
  });

  it.each([
    ['always', [true, true]],
    ['block', [true, false]],
    ['off', [false, false]],
  ] as const)('waits for the device as fsync %s says', async (fsync, expected) => {
    const waited: boolean[] = [];
    const database = new Database({ ...openMemory(), write: (_, sync) => void waited.push(sync) }, { fsync });
    database.put('01', one);
    await database.commit({ isBlock: true });
    database.put('01', one);
    await database.commit();
    expect(waited).toEqual(expected);
  });

  it('keeps nodes and code that were read or written in its cache, and nothing else', async () => {
    const memory = openMemory();
    const reads: string[] = [];
    const backend: Backend = {
      ...memory,
      get: (key) => {
        reads.push(key);
        return memory.get(key);
      },
    };
    const database = new Database(backend, { cache: createValueCache(1 << 20) });
    await memory.write(new Map([['6e01', one]]), false);
    database.put('6302', two);
    database.put('6203', two);
    await database.commit();
    for (const key of ['6e01', '6302', '6203']) {
      database.get(key);
      database.get(key);
    }
    expect(reads).toEqual(['6e01', '6203', '6203']);
    expect(database.stats().cacheHits).toBe(3);
    database.delete('6e01');
    await database.commit();
    expect(database.get('6e01')).toBeUndefined();
  });

  it('forgets in its cache what was not used for long, and keeps the rest', () => {
    const cache = createValueCache(8 << 20);
    cache.set('6eaa', one);
    for (let i = 0; i < 40_000; i++) {
      cache.set(`6e${i.toString(16).padStart(8, '0')}`, new Uint8Array(1000));
      if (i % 1000 === 0) expect(cache.get('6eaa')).toEqual(one);
    }
    let kept = 0;
    for (let i = 0; i < 40_000; i++) if (cache.get(`6e${i.toString(16).padStart(8, '0')}`) !== undefined) kept++;
    expect(kept).toBeGreaterThan(3000);
    expect(kept).toBeLessThan(8000);
  });
});
