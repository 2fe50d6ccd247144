import { expect, it } from 'vitest';
import { openHardforks } from '../../chain.fixture.ts';
import { openMemory } from '../../storage/backends/memory.ts';
import { Database } from '../../storage/database.ts';
import { storageError } from '../../storage/faults.ts';
import { RunStore } from './runStore.ts';

it('does not read while staged changes are taken back: the database may be closed then', async () => {
  const memory = openMemory();
  let isClosed = false;
  const database = new Database({
    ...memory,
    get: (key) => {
      if (isClosed) throw storageError({ code: 'DATABASE_BUSY' });
      return memory.get(key);
    },
  });
  const runs = new RunStore({ database, hardforks: await openHardforks() });
  isClosed = true;
  expect(() => database.discard()).not.toThrow();
  expect(() => runs.canonicalRun(1)).toThrow('opened again');
  isClosed = false;
  expect(runs.canonicalRun(1)).toBeUndefined();
});
