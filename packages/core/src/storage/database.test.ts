import { describe, expect, it } from 'vitest';
import type { Backend } from './backend.ts';
import { openMemory } from './backends/memory.ts';
import { Database } from './database.ts';

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
});
