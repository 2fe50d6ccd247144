import { describe, expect, it } from 'vitest';
import { faultOf, GWEI, memoryNodes, openHardforks, signed } from '../chain.fixture.ts';
import { ChainEvents } from '../events.ts';
import { createStateStore } from '../state/stateStore.ts';
import { openMemory } from '../storage/backends/memory.ts';
import { Database } from '../storage/database.ts';
import { Pool } from './pool.ts';
import { PoolJournal } from './poolJournal.ts';

const EMPTY_ROOT = Uint8Array.from(
  Buffer.from('56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421', 'hex'),
);
const ALICE = new Uint8Array(32).fill(1);

async function open() {
  const hardforks = await openHardforks();
  const database = new Database(openMemory(), { path: '/data' });
  const stateStore = createStateStore(memoryNodes());
  const journal = new PoolJournal({ database, hardforks });
  const pool = new Pool({ events: new ChainEvents(), journal, headState: () => stateStore.view(EMPTY_ROOT) });
  const common = hardforks.commonAt(0n, 0n);
  const add = async (nonce: number, tip = 1n) => {
    const prices = { maxPriorityFeePerGas: tip * GWEI, maxFeePerGas: (10n + tip) * GWEI };
    const tx = signed(ALICE, { nonce, ...prices }, common);
    return (await pool.insert(tx, tx.getSenderAddress(), false)).hash;
  };
  const waiting = () => [...pool.ready, ...pool.queued].map(({ hash }) => hash);
  return { database, pool, add, waiting };
}

describe('a pool whose changes cannot be written', () => {
  it('has none of them, and says so of what came', async () => {
    const { database, pool, add, waiting } = await open();
    const [first, second] = [await add(0), await add(1)];
    await database.commit();
    const late = await add(2);
    const rival = await add(1, 5n);
    pool.drop(first, 'removed', 'on request');
    expect(waiting()).toEqual([rival, late]);
    database.discard();
    expect(waiting()).toEqual([first, second]);
    expect([first, second, late, rival].map((hash) => pool.dropReason(hash)?.reason)).toEqual([
      ...[undefined, undefined, 'unwritten', 'unwritten'],
    ]);
    // It may come again.
    expect(await add(2)).toEqual(late);
    expect(pool.dropReason(late)).toBeUndefined();
    await database.commit();
    database.discard();
    expect(waiting()).toEqual([first, second, late]);
    expect(await faultOf(add(2))).toMatchObject({ code: 'ALREADY_KNOWN' });
  });

  it('is what it was before it was brought back to something else', async () => {
    const { database, pool, add, waiting } = await open();
    const first = await add(0);
    const memento = pool.capture();
    const second = await add(1);
    await database.commit();
    await pool.restore(memento);
    expect(waiting()).toEqual([first]);
    database.discard();
    expect(waiting()).toEqual([first, second]);
    expect(await pool.nextNonce(pool.ready[0]?.sender as never)).toBe(2n);
  });
});
