import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bytesToHex } from '@ethereumjs/util';
import { expect, it, onTestFinished } from 'vitest';
import type { DumpedBlock, DumpedTransaction } from '../blocks/dumpedBlock.ts';
import type { ExecutedBlock } from '../blocks/executedBlock.ts';
import type { LoadedState } from '../blocks/loadedState.ts';
import { account, address, LATEST, useChains, word } from '../chain.fixture.ts';
import type { Chain } from '../contract.ts';

const start = useChains();
const TO = address('aa');
const GHOST = address('b0b');

function transactionOf({ block, receipts, senders }: ExecutedBlock, index: number): DumpedTransaction {
  const tx = block.transactions[index] as ExecutedBlock['block']['transactions'][number];
  const { status = 1, ...receipt } = receipts[index] as ExecutedBlock['receipts'][number];
  const { type, nonce, gasLimit, value, data, to, v = 0n, r = 0n, s = 0n } = tx;
  const { maxFeePerGas, maxPriorityFeePerGas } = tx as { maxFeePerGas: bigint; maxPriorityFeePerGas: bigint };
  const from = senders[index] as DumpedTransaction['impersonated'] & object;
  return {
    request: { type, nonce, gasLimit, value, data, ...(to && { to }), maxFeePerGas, maxPriorityFeePerGas },
    signature: { v, r, s },
    ...(from.equals(GHOST) ? { impersonated: from } : {}),
    outcome: { ...receipt, status, hash: tx.hash(), from, touched: [] },
  };
}

const blockOf = (executed: ExecutedBlock): DumpedBlock => ({
  header: executed.block.header.raw() as Uint8Array[],
  transactions: executed.block.transactions.map((_, index) => transactionOf(executed, index)),
  withdrawals: [],
});

/** What a dump of a chain holds, from a height on. */
async function dumpOf(chain: Chain, { from = 0n, past = false } = {}): Promise<LoadedState> {
  const { number, timestamp } = chain.chain.head.block.header;
  const blocks: DumpedBlock[] = [];
  const history: { blockHash: Uint8Array; accounts: () => Awaited<ReturnType<Chain['state']['dump']>> }[] = [];
  for (let height = from; height <= number; height++) {
    const executed = await chain.chain.require({ number: height });
    blocks.unshift(blockOf(executed));
    const accounts = await chain.state.dump({ number: height });
    if (past) history.unshift({ blockHash: executed.hash, accounts: () => accounts });
  }
  return { number, timestamp, accounts: await chain.state.dump(LATEST), blocks, history };
}

async function live(chain: Chain): Promise<void> {
  const { address: from } = account(chain);
  await chain.control.submit({ from, to: TO, value: 1n });
  chain.accounts.impersonate(GHOST);
  await chain.control.setBalance(GHOST, 10n ** 18n);
  await chain.control.submit({ from: GHOST, to: TO, value: 2n });
  await chain.control.setStorage(TO, word(1), word(9));
  await chain.control.submit({ from, to: TO, value: 4n });
}

const hashesOf = async (chain: Chain): Promise<string[]> => {
  const found = [];
  for (let number = 0n; number <= chain.chain.head.block.header.number; number++) {
    found.push(bytesToHex((await chain.chain.require({ number })).hash));
  }
  return found;
};

const balanceAt = async (chain: Chain, number: bigint) => (await chain.state.at({ number })).balance(TO);

it('makes the chain of a dump its own, in memory and on disk', async () => {
  const path = mkdtempSync(join(tmpdir(), 'minichain-load-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  const one = await start({ timestamp: 1_600_000_000n });
  await live(one);
  const dump = await dumpOf(one);
  const sent = one.chain.head.block.transactions[0]?.hash() as Uint8Array;
  for (const options of [{}, { storage: { path } }]) {
    const other = await start(options);
    await other.control.loadState(dump);
    expect(await hashesOf(other)).toEqual(await hashesOf(one));
    expect(other.chain.head.stateRoot).toEqual(one.chain.head.stateRoot);
    expect((await other.chain.transaction(sent))?.block.receipts).toEqual(one.chain.head.receipts);
    await other.control.submit({ from: account(other).address, to: TO, value: 8n });
    expect(await balanceAt(other, 4n)).toBe(15n);
    if (options.storage !== undefined) await other.close();
  }
  const again = await start({ storage: { path } });
  expect((await hashesOf(again)).slice(0, 4)).toEqual(await hashesOf(one));
  expect(await balanceAt(again, 4n)).toBe(15n);
  // Back to the genesis that the directory was made with.
  await again.control.reset();
  expect(await hashesOf(again)).toEqual([bytesToHex(again.chain.genesis.hash)]);
  await again.control.submit({ from: account(again).address, to: TO });
});

it('reads states of the past where the dump has them, and says so where not', async () => {
  const one = await start();
  await live(one);
  const [without, with_] = [await start(), await start()];
  await without.control.loadState(await dumpOf(one));
  await expect(balanceAt(without, 1n)).rejects.toMatchObject({ fault: { code: 'STATE_NOT_AVAILABLE' } });
  await expect(without.control.rollback(1n)).rejects.toMatchObject({ fault: { code: 'STATE_NOT_AVAILABLE' } });
  await with_.control.loadState(await dumpOf(one, { past: true }));
  expect(await Promise.all([0n, 1n, 2n, 3n].map((at) => balanceAt(with_, at)))).toEqual([0n, 1n, 3n, 7n]);
  await with_.control.rollback(2n);
  expect(await balanceAt(with_, 1n)).toBe(1n);
  expect(with_.pool.ready.length).toBe(2);
});

it('adds to the state that is there, and keeps the blocks that were there by their hashes', async () => {
  const [one, other] = [await start(), await start()];
  await live(one);
  await other.control.setBalance(address('cc'), 5n);
  await other.control.submit({ from: account(other, 1).address, to: TO });
  const { hash } = other.chain.head;
  await other.control.loadState(await dumpOf(one));
  expect(await (await other.state.at(LATEST)).balance(address('cc'))).toBe(5n);
  expect(other.chain.head.hash).toEqual(one.chain.head.hash);
  const before = await other.chain.require({ hash });
  expect(await other.chain.isCanonical(before)).toBe(false);
});

it('tells of the blocks that came and of those that went', async () => {
  const [one, other] = [await start({ timestamp: 1_600_000_000n }), await start()];
  await live(one);
  await other.miner.mine({ blocks: 2 });
  const heard = new Promise((resolve) => other.events.once('headChanged', resolve));
  await other.control.loadState(await dumpOf(one));
  expect(await heard).toMatchObject({
    head: { hash: one.chain.head.hash },
    added: { length: 4 },
    removed: { length: 2 },
  });
});

it('can be taken back by a snapshot, and by a reset', async () => {
  const [one, other] = [await start({ timestamp: 1_600_000_000n }), await start()];
  await live(one);
  await other.control.submit({ from: account(other).address, to: TO, value: 3n });
  const before = await hashesOf(other);
  const id = await other.snapshots.take();
  await other.control.loadState(await dumpOf(one));
  await other.miner.mine();
  expect(await other.snapshots.revert(id)).toBe(true);
  expect(await hashesOf(other)).toEqual(before);
  expect(await balanceAt(other, 1n)).toBe(3n);
  await other.control.loadState(await dumpOf(one));
  await other.control.reset();
  expect(await hashesOf(other)).toEqual(before.slice(0, 1));
});

it('begins at a height of its own where what is below is not in the dump', async () => {
  const [one, other] = [await start({ timestamp: 1_600_000_000n }), await start()];
  await live(one);
  await other.miner.mine();
  const id = await other.snapshots.take();
  await other.control.loadState(await dumpOf(one, { from: 2n }));
  expect(other.chain.oldest).toBe(2n);
  expect((await other.chain.require({ number: 2n })).hash).toEqual((await one.chain.require({ number: 2n })).hash);
  await expect(other.chain.require({ number: 1n })).rejects.toMatchObject({ fault: { code: 'HISTORY_PRUNED' } });
  await other.miner.mine();
  await other.snapshots.revert(id);
  expect(other.chain.oldest).toBe(0n);
  expect((await hashesOf(other)).length).toBe(2);
});

it('goes on after the time of the dump', async () => {
  const [one, other] = [await start({ timestamp: 1_900_000_000n }), await start()];
  await live(one);
  const { timestamp } = one.chain.head.block.header;
  await other.control.loadState(await dumpOf(one));
  expect(other.clock.peekNext()).toBeGreaterThan(timestamp);
  await other.miner.mine();
  expect(other.clock.offset).toBeGreaterThan(0n);
});

it('takes in blocks of other rules, and keeps them', async () => {
  const path = mkdtempSync(join(tmpdir(), 'minichain-load-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  for (const hardfork of ['london', 'shanghai', 'cancun']) {
    const one = await start({ hardfork });
    await live(one);
    const other = await start({ storage: { path: join(path, hardfork) } });
    await other.control.loadState(await dumpOf(one));
    expect(await hashesOf(other)).toEqual(await hashesOf(one));
    await other.miner.mine();
    await other.close();
    const again = await start({ storage: { path: join(path, hardfork) } });
    const { block, hash } = await again.chain.require({ number: 2n });
    expect(block.hash()).toEqual(hash);
  }
});

it('changes nothing where a block is wrong or missing', async () => {
  const [one, other] = [await start(), await start()];
  await live(one);
  await other.miner.mine();
  const before = [await hashesOf(other), other.chain.head.stateRoot];
  const dump = await dumpOf(one);
  const [top, ...rest] = [...dump.blocks];
  const wrong = { ...(top as DumpedBlock), transactions: [{ ...top?.transactions[0], request: { type: 9 } }] };
  for (const blocks of [[wrong, ...rest], rest, [top, ...rest.slice(1)]] as DumpedBlock[][]) {
    await expect(other.control.loadState({ ...dump, blocks })).rejects.toMatchObject({
      fault: { code: 'BLOCK_INVALID' },
    });
  }
  expect([await hashesOf(other), other.chain.head.stateRoot]).toEqual(before);
});

it('has no receipts where the dump has none', async () => {
  const [one, other] = [await start(), await start()];
  await live(one);
  const dump = await dumpOf(one);
  const blocks = [...dump.blocks].map((block) => ({
    ...block,
    transactions: block.transactions.map(({ outcome: _, ...rest }) => rest),
  }));
  await other.control.loadState({ ...dump, blocks });
  const { block, senders, receipts } = other.chain.head;
  expect([block.transactions.length, receipts.length]).toEqual([1, 0]);
  expect(senders.map(String)).toEqual([account(one).address.toString()]);
  expect((await other.fees.history(2, LATEST, [50])).reward?.length).toBe(2);
});
