import type { Common } from '@ethereumjs/common';
import type { TypedTransaction } from '@ethereumjs/tx';
import { Account, type Address } from '@ethereumjs/util';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { faultOf, GWEI, memoryNodes, openHardforks, signed } from '../chain.fixture.ts';
import { ChainEvents } from '../events.ts';
import { createStateStore, type StateStore } from '../state/stateStore.ts';
import { worstCost } from '../transactions/prices.ts';
import { Pool } from './pool.ts';
import type { DropRecord, PooledTransaction } from './pooledTransaction.ts';

const EMPTY_ROOT = Uint8Array.from(
  Buffer.from('56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421', 'hex'),
);
const [ALICE, BOB] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
let common: Common;
beforeAll(async () => {
  common = (await openHardforks()).commonAt(0n, 0n);
});

let stateStore: StateStore;
let root: Uint8Array;
let pool: Pool;
let queued: PooledTransaction[];
let dropped: DropRecord[];
beforeEach(() => {
  stateStore = createStateStore(memoryNodes());
  root = EMPTY_ROOT;
  const events = new ChainEvents();
  pool = new Pool({
    events,
    journal: { put: () => {}, remove: () => {}, follow: () => {}, isKept: false },
    headState: () => stateStore.view(root),
  });
  [queued, dropped] = [[], []];
  events.on('transactionQueued', (pooled) => queued.push(pooled));
  events.on('transactionDropped', (record) => dropped.push(record));
});

const tx = (key: Uint8Array, nonce: number, tip = 1n): TypedTransaction =>
  signed(key, { nonce, maxPriorityFeePerGas: tip * GWEI, maxFeePerGas: (10n + tip) * GWEI }, common);
const add = (made: TypedTransaction) => pool.insert(made, made.getSenderAddress(), false);

async function setNonce(sender: Address, nonce: bigint): Promise<void> {
  const state = stateStore.open(root);
  const account = (await state.manager.getAccount(sender)) ?? new Account();
  account.nonce = nonce;
  await state.manager.putAccount(sender, account);
  root = await state.flush();
}

const never = (): boolean => false;

describe('Pool', () => {
  it('tells ready from queued, and the next nonce', async () => {
    const [first, third] = [tx(ALICE, 0), tx(ALICE, 2)];
    await add(third);
    expect(pool.hasReady).toBe(false);
    expect(pool.queued.map(({ tx: one }) => one)).toEqual([third]);
    expect(await pool.nextNonce(first.getSenderAddress())).toBe(0n);
    await add(first);
    expect(pool.ready.map(({ tx: one }) => one)).toEqual([first]);
    expect(await pool.nextNonce(first.getSenderAddress())).toBe(1n);
    await add(tx(ALICE, 1));
    expect(pool.ready).toHaveLength(3);
    expect(await pool.nextNonce(first.getSenderAddress())).toBe(3n);
    expect(queued).toHaveLength(3);
  });

  it('knows a hash once', async () => {
    const one = tx(ALICE, 0);
    await add(one);
    expect(await faultOf(add(one))).toMatchObject({ code: 'ALREADY_KNOWN' });
    expect(pool.get(one.hash())?.tx).toBe(one);
  });

  it('replaces for more and says what became of the first', async () => {
    const [cheap, dear] = [tx(ALICE, 0, 1n), tx(ALICE, 0, 5n)];
    await add(cheap);
    const little = signed(ALICE, { gasPrice: 11n * GWEI }, common);
    expect(await faultOf(add(little))).toMatchObject({ code: 'REPLACEMENT_UNDERPRICED' });
    await add(dear);
    expect(pool.ready.map(({ tx: one }) => one)).toEqual([dear]);
    expect(pool.get(cheap.hash())).toBeUndefined();
    expect(pool.dropReason(cheap.hash())).toMatchObject({ reason: 'replaced' });
    expect(dropped).toHaveLength(1);
  });

  it('adds up what a sender may have to pay, but not for the nonce that is replaced', async () => {
    const [first, second] = [tx(ALICE, 0), tx(ALICE, 1)];
    await add(first);
    await add(second);
    const sender = first.getSenderAddress();
    expect(pool.expenditure(sender, 7n)).toBe(worstCost(first) + worstCost(second));
    expect(pool.expenditure(sender, 1n)).toBe(worstCost(first));
    expect(pool.expenditure(tx(BOB, 0).getSenderAddress(), 0n)).toBe(0n);
    expect(pool.of(sender).map(({ tx: one }) => one)).toEqual([first, second]);
  });

  it('drops with a reason, and what followed waits', async () => {
    const [first, second] = [tx(ALICE, 0), tx(ALICE, 1)];
    await add(first);
    await add(second);
    expect(pool.drop(first.hash(), 'removed', 'on request')).toBe(true);
    expect(pool.drop(first.hash(), 'removed', 'on request')).toBe(false);
    expect(pool.dropReason(first.hash())).toMatchObject({ reason: 'removed', detail: 'on request' });
    expect(pool.queued.map(({ tx: one }) => one)).toEqual([second]);
    pool.dropAll('all');
    expect(pool.queued).toEqual([]);
    expect(pool.dropReason(second.hash())).toMatchObject({ detail: 'all' });
  });

  it('forgets why one had left when it is sent again', async () => {
    const one = tx(ALICE, 0);
    await add(one);
    pool.drop(one.hash(), 'removed', 'on request');
    await add(one);
    expect(pool.dropReason(one.hash())).toBeUndefined();
  });

  it('lets go of what was mined, and of what a mined one made impossible', async () => {
    const [mined, rival, later] = [tx(ALICE, 0), tx(ALICE, 1), tx(ALICE, 2)];
    for (const one of [mined, rival, later, tx(BOB, 0)]) await add(one);
    await setNonce(mined.getSenderAddress(), 2n);
    await pool.rebase((hash) => Buffer.compare(hash, mined.hash()) === 0);
    expect(pool.dropReason(mined.hash())).toBeUndefined();
    expect(pool.dropReason(rival.hash())).toMatchObject({ reason: 'invalid', detail: 'nonce too low: next nonce 2' });
    expect(pool.ready).toHaveLength(2);
    expect(await pool.nextNonce(later.getSenderAddress())).toBe(3n);
  });

  it('takes back in what was mined on a branch that is no more', async () => {
    const one = tx(ALICE, 0);
    await pool.readmit(one, one.getSenderAddress(), false);
    expect(pool.ready.map(({ tx: waiting }) => waiting)).toEqual([one]);
  });

  it('says why it cannot', async () => {
    const [one, other] = [tx(ALICE, 0), tx(ALICE, 0, 2n)];
    await add(other);
    await pool.readmit(one, one.getSenderAddress(), false);
    expect(pool.dropReason(one.hash())?.detail).toContain('another transaction waits');
    await setNonce(one.getSenderAddress(), 5n);
    await pool.rebase(never);
    await pool.readmit(one, one.getSenderAddress(), false);
    expect(pool.dropReason(one.hash())?.detail).toContain('nonce is used');
  });

  it('is after restore what it was when captured', async () => {
    const [kept, gone, late] = [tx(ALICE, 0), tx(BOB, 3), tx(ALICE, 1)];
    await add(kept);
    await add(gone);
    const memento = pool.capture();
    await add(late);
    pool.drop(gone.hash(), 'removed', 'on request');
    await pool.restore(memento);
    expect(pool.ready.map(({ tx: one }) => one)).toEqual([kept]);
    expect(pool.queued.map(({ tx: one }) => one)).toEqual([gone]);
    expect(pool.dropReason(late.hash())).toMatchObject({ reason: 'reverted-snapshot' });
    expect(pool.dropReason(gone.hash())).toBeUndefined();
    expect(await pool.nextNonce(kept.getSenderAddress())).toBe(1n);
  });

  it('counts every change, so that a pending block knows when it is stale', async () => {
    const versions = [pool.version];
    const one = tx(ALICE, 0);
    await add(one);
    versions.push(pool.version);
    pool.drop(one.hash(), 'removed', '');
    versions.push(pool.version);
    await pool.rebase(never);
    versions.push(pool.version);
    expect(new Set(versions).size).toBe(4);
  });
});
