import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { account, address, faultOf, GWEI, LATEST, place, signed, word } from './chain.fixture.ts';
import type { ChainOptions } from './chainOptions.ts';
import type { Chain } from './contract.ts';
import { createChain } from './createChain.ts';

const TO = address('aa');
let path: string;
let chain: Chain | undefined;
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'minichain-restart-'));
  rmSync(path, { recursive: true });
});
afterEach(async () => {
  await chain?.close();
  chain = undefined;
  rmSync(path, { recursive: true, force: true });
});

/** Opens the directory, as a node that starts again does. */
async function open(options: ChainOptions = {}): Promise<Chain> {
  await chain?.close();
  chain = await createChain({ accounts: { count: 3 }, storage: { path }, ...options });
  return chain;
}

const send = (on: Chain, index = 0, fields: object = {}) =>
  on.control.submit({ from: account(on, index).address, to: TO, ...fields });

/** Everything that is promised to be there again. */
async function everything(on: Chain) {
  const { chain: reader, pool, miner, fees, accounts, clock, snapshots } = on;
  const blocks = [];
  for (let number = 0n; number <= reader.head.block.header.number; number++) {
    const block = await reader.require({ number });
    const traces = await on.execution.traceBlock(block, { tracer: 'callTracer' });
    blocks.push({
      hash: block.hash,
      raw: block.block.serialize(),
      senders: block.senders.map(String),
      receipts: block.receipts,
      activity: block.activity,
      balance: await on.state.of(block).balance(TO),
      traces: block.block.transactions.length === traces.length,
    });
  }
  return {
    blocks,
    head: [reader.head.hash, reader.head.stateRoot],
    final: reader.finalized.block.header.number,
    pool: [pool.ready, pool.queued].map((list) =>
      list.map(({ hash, impersonated, order }) => ({ hash, impersonated, order })),
    ),
    mining: [miner.mode, miner.gasLimit, miner.coinbase.toString()],
    fees: [fees.nextBaseFee(), fees.gasPrice()],
    accounts: accounts.list().map(String),
    offset: clock.offset,
    chainId: on.chainId(),
    instance: on.instanceId(),
    snapshots: snapshots.taken().map(({ id, head }) => ({ id, hash: head.hash, root: head.stateRoot })),
    checkpoints: snapshots.checkpoints().map(({ name, head }) => ({ name, hash: head.hash })),
  };
}

describe('a chain on disk', () => {
  it('is the same after it was closed and opened', async () => {
    const first = await open();
    await send(first, 0, { value: 5n });
    await place(first, address('cc'), '0x60015f5fa1');
    await first.control.submit({ from: account(first).address, to: address('cc') });
    await first.control.setBalance(TO, 10n ** 18n);
    await first.control.setStorage(TO, word(1), word(2));
    await first.snapshots.take();
    await first.snapshots.saveCheckpoint('before');
    first.accounts.impersonate(TO);
    await first.control.submit({ from: TO, to: TO, nonce: 7n });
    await first.miner.setMode({ type: 'manual' });
    await send(first, 1, { value: 1n });
    await send(first, 1, { value: 2n });
    first.miner.setGasLimit(20_000_000n);
    first.miner.setCoinbase(TO);
    first.clock.increase(1000n);
    first.fees.setNextBaseFee(7n * GWEI);
    first.accounts.setAutoImpersonate(true);
    const before = await everything(first);
    expect(await everything(await open())).toEqual(before);
  });

  it('goes on where it was: blocks, nonces, identifiers, waiting transactions', async () => {
    const first = await open({ mining: { type: 'manual' } });
    await send(first, 0, { value: 1n });
    const id = await first.snapshots.take();
    const second = await open();
    await send(second, 0, { value: 2n });
    const block = await second.miner.mine();
    expect(block?.block.transactions.map(({ nonce }) => nonce)).toEqual([0n, 1n]);
    expect(await second.snapshots.take()).toBe(id + 1n);
    const third = await open();
    expect(await third.state.at(LATEST).then((state) => state.balance(TO))).toBe(3n);
    await third.miner.mine({ blocks: 2 });
    expect(third.chain.head.block.header.number).toBe(3n);
  });

  it('mines at the start what waits and could be mined', async () => {
    const first = await open({ mining: { type: 'manual' } });
    const hash = await send(first);
    const second = await open({ mining: { type: 'instant' } });
    expect((await second.chain.transaction(hash))?.block.block.header.number).toBe(1n);
    expect(second.pool.ready).toEqual([]);
  });

  it('reverts to snapshots and checkpoints of before the restart', async () => {
    const first = await open();
    await send(first, 0, { value: 1n });
    const id = await first.snapshots.take();
    await first.snapshots.saveCheckpoint('one');
    await send(first, 0, { value: 1n });
    await first.snapshots.saveCheckpoint('two');
    const before = await everything(first);
    const second = await open();
    await send(second, 0, { value: 1n });
    expect(await second.snapshots.restoreCheckpoint('one')).toBe(true);
    expect(await (await second.state.at(LATEST)).balance(TO)).toBe(1n);
    const third = await open();
    expect(await third.snapshots.restoreCheckpoint('two')).toBe(true);
    expect((await everything(third)).blocks).toEqual(before.blocks);
    expect(await third.snapshots.revert(id)).toBe(true);
    expect((await open()).chain.head.block.header.number).toBe(1n);
    expect(await (await open()).snapshots.revert(id)).toBe(false);
  });

  it('reorganises across a restart', async () => {
    const first = await open();
    const old = await send(first, 0, { value: 1n });
    const [genesis, head] = [first.chain.genesis.hash, first.chain.head.hash];
    await first.chain.setHead(genesis);
    const second = await open({ mining: { type: 'manual' } });
    expect(second.chain.head.block.header.number).toBe(0n);
    expect(second.pool.ready.map(({ hash }) => hash)).toEqual([old]);
    await second.chain.setHead(head);
    const third = await open();
    expect((await third.chain.transaction(old))?.index).toBe(0);
    expect(third.pool.ready).toEqual([]);
  });

  it('reads blocks under the chain id that they were made with', async () => {
    const first = await open();
    const hash = await send(first);
    first.control.setChainId(5n);
    const later = await send(first);
    const second = await open();
    expect(second.chainId()).toBe(5n);
    for (const one of [hash, later]) {
      const found = await second.chain.transaction(one);
      expect(found?.block.block.transactions[found.index]?.hash()).toEqual(one);
    }
  });

  it('keeps the rules and accounts that it was made with, and refuses others', async () => {
    await open({
      chainId: 7n,
      hardfork: 'london',
      accounts: { count: 2, mnemonic: 'test test test test test test test test test test test junk' },
    });
    const again = await open({ accounts: { count: 2 } });
    expect([again.chainId(), again.hardforks.nameAt(0n, 0n), again.accounts.owned.length]).toEqual([7n, 'london', 2]);
    await again.close();
    chain = undefined;
    const contradictions: ChainOptions[] = [
      { chainId: 8n },
      { hardfork: 'cancun' },
      { accounts: { count: 5 } },
      { baseFee: 5n },
      { timestamp: 1n },
    ];
    for (const options of contradictions) {
      expect(await faultOf(createChain({ storage: { path }, ...options }))).toMatchObject({
        code: 'DATABASE_CONTRADICTS',
      });
    }
    expect((await open({ accounts: { count: 2 } })).chainId()).toBe(7n);
  });

  it('forgets everything with a reset, but not the ids that were given', async () => {
    const first = await open();
    await send(first);
    const id = await first.snapshots.take();
    await first.control.reset();
    const second = await open();
    expect(second.chain.head.block.header.number).toBe(0n);
    expect(second.snapshots.taken()).toEqual([]);
    expect(await second.snapshots.take()).toBeGreaterThan(id);
  });

  it('takes raw transactions and their receipts over', async () => {
    const first = await open();
    const { header } = first.chain.head.block;
    const raw = signed(account(first).privateKey, { value: 3n }, first.hardforks.commonAt(1n, header.timestamp));
    const hash = await first.control.submitRaw(raw.serialize());
    const second = await open();
    const found = await second.chain.transaction(hash);
    expect(found?.block.receipts[0]?.gasUsed).toBe(21_000n);
    expect(second.chain.addresses.bySenderNonce(account(second).address, 0n)).toEqual(hash);
    expect([...second.chain.addresses.heightsWithActivity(TO, { from: 0n, to: 1n })]).toEqual([1n]);
  });

  it('goes on pruning, and gives back what is left', async () => {
    const first = await open({ storage: { path, pruneStates: 2, historyBlocks: 5 } });
    for (let i = 0; i < 12; i++) await send(first, 0, { value: 1n });
    await first.storage.prune();
    const second = await open({ storage: { path, pruneStates: 2, historyBlocks: 5 } });
    expect(await faultOf(second.chain.get({ number: 3n }))).toEqual({ code: 'HISTORY_PRUNED', number: 3n, oldest: 7n });
    expect(await faultOf(second.state.at({ number: 8n }))).toMatchObject({ code: 'STATE_NOT_AVAILABLE' });
    expect(await (await second.state.at({ number: 10n })).balance(TO)).toBe(10n);
    await second.miner.mine({ blocks: 6 });
    await second.storage.prune();
    expect(await faultOf(second.chain.get({ number: 12n }))).toMatchObject({ code: 'HISTORY_PRUNED', oldest: 13n });
    expect(await (await second.state.at(LATEST)).balance(TO)).toBe(12n);
  });
});
