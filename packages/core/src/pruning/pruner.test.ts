import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { account, address, faultOf, LATEST, place, useChains, word } from '../chain.fixture.ts';
import type { Chain } from '../contract.ts';

const start = useChains();
const TO = address('aa');
const COUNTER = address('cc');
/** Writes the block's number into the slot that the block's number is. */
const WRITER = '0x434355';

const send = (chain: Chain, fields: object = {}) =>
  chain.control.submit({ from: account(chain).address, to: TO, value: 1n, ...fields });

async function grow(chain: Chain, blocks: number): Promise<void> {
  for (let i = 0; i < blocks; i++) await send(chain, { to: COUNTER, value: 0n });
}

const balanceAt = async (chain: Chain, number: bigint) => (await chain.state.at({ number })).balance(TO);
const height = (chain: Chain): bigint => chain.chain.head.block.header.number;

/** Every account and slot of the head can be read. */
async function headIsWhole(chain: Chain): Promise<void> {
  const accounts = await chain.state.dump(LATEST);
  const state = await chain.state.at(LATEST);
  for (const { address: who, storage, balance } of accounts) {
    expect(await state.balance(who)).toBe(balance);
    for (const [slot, value] of storage) expect(await state.storage(who, slot)).toEqual(value);
  }
  expect(accounts.length).toBeGreaterThan(3);
}

describe('pruning states', () => {
  it('takes states older than the limit and leaves blocks, receipts and newer states', async () => {
    // Whole states, not what they differ by: so that nodes can be counted.
    const chain = await start({ storage: { pruneStates: 1000 } });
    await place(chain, COUNTER, WRITER);
    await grow(chain, 20);
    const { nodes } = await chain.storage.prune({ states: 5 });
    expect(nodes).toBeGreaterThan(50);
    for (let number = 15n; number <= 20n; number++) expect(await balanceAt(chain, number)).toBe(0n);
    for (const number of [0n, 1n, 14n]) {
      expect(await faultOf(balanceAt(chain, number))).toMatchObject({ code: 'STATE_NOT_AVAILABLE' });
    }
    expect((await chain.chain.require({ number: 3n })).receipts).toHaveLength(1);
    await headIsWhole(chain);
    await grow(chain, 3);
    await headIsWhole(chain);
    expect((await chain.storage.prune({ states: 5 })).nodes).toBeGreaterThan(0);
    expect((await chain.storage.prune({ states: 5 })).nodes).toBe(0);
  });

  it('takes what states differ by, and makes whole those that stay', async () => {
    const chain = await start();
    await place(chain, COUNTER, WRITER);
    await grow(chain, 20);
    expect((await chain.storage.prune({ states: 5 })).nodes).toBeGreaterThan(14);
    for (let number = 15n; number <= 20n; number++) expect(await balanceAt(chain, number)).toBe(0n);
    for (const number of [0n, 1n, 14n]) {
      expect(await faultOf(balanceAt(chain, number))).toMatchObject({ code: 'STATE_NOT_AVAILABLE' });
    }
    await headIsWhole(chain);
    await grow(chain, 3);
    await headIsWhole(chain);
    await chain.storage.prune({ states: 5 });
    expect((await chain.storage.prune({ states: 5 })).nodes).toBe(0);
    for (let number = 18n; number <= 23n; number++) expect(await balanceAt(chain, number)).toBe(0n);
  });

  it('goes on by itself while blocks come, and leaves what is read whole', async () => {
    const chain = await start({ storage: { pruneStates: 4 } });
    await place(chain, COUNTER, WRITER);
    for (let i = 0; i < 40; i++) {
      await send(chain, { to: COUNTER, value: 0n });
      const number = height(chain);
      for (let back = 0n; back <= 4n && back < number; back++) await balanceAt(chain, number - back);
    }
    await headIsWhole(chain);
    await expect.poll(() => faultOf(balanceAt(chain, 1n))).toMatchObject({ code: 'STATE_NOT_AVAILABLE' });
  });

  it('holds what snapshots and checkpoints lead back to', async () => {
    const chain = await start();
    await place(chain, COUNTER, WRITER);
    await grow(chain, 3);
    await chain.snapshots.saveCheckpoint('three');
    await grow(chain, 2);
    const id = await chain.snapshots.take();
    await grow(chain, 20);
    await chain.storage.prune({ states: 1, historyBlocks: 1 });
    expect(await chain.snapshots.revert(id)).toBe(true);
    expect(height(chain)).toBe(5n);
    await headIsWhole(chain);
    await chain.storage.prune({ states: 1 });
    expect(await chain.snapshots.restoreCheckpoint('three')).toBe(true);
    expect(height(chain)).toBe(3n);
    await headIsWhole(chain);
    await grow(chain, 2);
  });

  it('refuses to make a block the head whose state is gone', async () => {
    const chain = await start();
    await place(chain, COUNTER, WRITER);
    await grow(chain, 10);
    const old = (await chain.chain.require({ number: 2n })).hash;
    await chain.storage.prune({ states: 2 });
    expect(await faultOf(chain.chain.setHead(old))).toMatchObject({ code: 'STATE_NOT_AVAILABLE' });
    expect(height(chain)).toBe(10n);
  });

  it('never takes what the head needs, whatever was written and whenever it runs', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('storage' as const), slot: fc.nat(5), value: fc.nat(3) }),
      fc.record({ kind: fc.constant('balance' as const), who: fc.nat(4) }),
      fc.record({ kind: fc.constant('mine' as const) }),
      fc.record({ kind: fc.constant('prune' as const), states: fc.integer({ min: 1, max: 3 }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const chain = await start();
        for (const one of steps) {
          if (one.kind === 'storage') await chain.control.setStorage(COUNTER, word(one.slot), word(one.value));
          if (one.kind === 'balance') await send(chain, { to: address(`d${one.who}`) });
          if (one.kind === 'mine') await chain.miner.mine();
          // Beside the chain, as it is meant to run.
          if (one.kind === 'prune') void chain.storage.prune({ states: one.states });
        }
        await chain.storage.prune({ states: 1 });
        await headIsWhole(chain);
      }),
      { numRuns: 25 },
    );
  });
});

describe('a reset of a chain that is pruned', () => {
  it.each([{ pruneStates: 4 }, { historyBlocks: 4 }, { pruneStates: 2, historyBlocks: 6 }])(
    'starts anew, and is pruned again: %o',
    async (storage) => {
      const chain = await start({ storage });
      await place(chain, COUNTER, WRITER);
      await grow(chain, 30);
      await chain.storage.prune();
      expect(await faultOf(balanceAt(chain, 3n))).toBeDefined();
      await chain.control.reset();
      await headIsWhole(chain);
      expect(height(chain)).toBe(0n);
      await send(chain);
      expect(await balanceAt(chain, 1n)).toBe(1n);
      expect((await chain.chain.require({ number: 1n })).receipts).toHaveLength(1);
      expect(await chain.chain.get({ number: 25n })).toBeUndefined();
      for (let i = 0; i < 15; i++) await send(chain);
      await expect.poll(() => faultOf(balanceAt(chain, 2n))).toBeDefined();
      await headIsWhole(chain);
    },
  );

  it('leaves no hash of the blocks that were', async () => {
    const chain = await start({ storage: { historyBlocks: 2 } });
    await chain.miner.mine({ blocks: 300 });
    await chain.storage.prune();
    await chain.control.reset();
    await chain.miner.mine({ blocks: 2 });
    for (const number of [3n, 40n, 50n, 297n, 298n, 300n]) {
      expect(await chain.chain.get({ number })).toBeUndefined();
    }
    expect(await chain.chain.get({ number: 1n })).toBeDefined();
  });
});

describe('pruning history', () => {
  it('takes blocks, receipts, transactions and logs, and says what is left', async () => {
    const chain = await start({ storage: { historyBlocks: 3 } });
    const first = await send(chain);
    for (let i = 0; i < 9; i++) await send(chain);
    await chain.storage.prune();
    expect(await faultOf(chain.chain.get({ number: 6n }))).toEqual({ code: 'HISTORY_PRUNED', number: 6n, oldest: 7n });
    expect(await chain.chain.get({ number: 7n })).toBeDefined();
    expect(await chain.chain.get({ number: 0n })).toBeDefined();
    expect(await chain.chain.transaction(first)).toBeUndefined();
    expect(chain.chain.addresses.bySenderNonce(account(chain).address, 0n)).toBeUndefined();
    expect([...chain.chain.addresses.heightsWithActivity(TO, { from: 0n, to: 10n })]).toEqual([7n, 8n, 9n, 10n]);
    expect(await faultOf(chain.chain.logs({ from: 1n, to: 9n }))).toMatchObject({ code: 'HISTORY_PRUNED' });
    expect(await chain.chain.logs({ from: 8n, to: 9n })).toEqual([]);
    expect(chain.chain.finalized.block.header.number).toBe(7n);
    await send(chain);
    expect(await balanceAt(chain, 11n)).toBe(11n);
  });

  it('keeps the hashes that BLOCKHASH can ask for', async () => {
    const chain = await start({ storage: { historyBlocks: 2 } });
    // Returns the hash of block 3.
    await place(chain, COUNTER, '0x6003405f5260205ff3');
    await chain.miner.mine({ blocks: 3 });
    const { hash } = chain.chain.head;
    await chain.miner.mine({ blocks: 20 });
    await chain.storage.prune();
    expect((await chain.execution.call({ to: COUNTER }, LATEST)).returnData).toEqual(hash);
  });
});

describe('blocks off the chain', () => {
  it('are forgotten once they are far behind the head', async () => {
    const chain = await start();
    await send(chain);
    const orphan = chain.chain.head.hash;
    await chain.chain.setHead(chain.chain.genesis.hash);
    await chain.control.dropAllTransactions();
    await chain.miner.mine({ blocks: 200 });
    expect(await chain.chain.get({ hash: orphan })).toBeDefined();
    await chain.miner.mine({ blocks: 60 });
    await expect.poll(() => chain.chain.get({ hash: orphan })).toBeUndefined();
    expect(height(chain)).toBe(260n);
  });

  it('stay while a checkpoint leads back to them', async () => {
    const chain = await start();
    await send(chain);
    const orphan = chain.chain.head.hash;
    await chain.snapshots.saveCheckpoint('there');
    await chain.chain.setHead(chain.chain.genesis.hash);
    await chain.control.dropAllTransactions();
    await chain.miner.mine({ blocks: 260 });
    await chain.storage.prune({ states: 1 });
    expect(await chain.snapshots.restoreCheckpoint('there')).toBe(true);
    expect(chain.chain.head.hash).toEqual(orphan);
  });
});
