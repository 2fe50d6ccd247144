import { type Address, type Chain, createChain } from '@minichain/core';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { chainMetrics } from './chain.ts';
import type { Family } from './family.ts';
import { poolMetrics } from './pool.ts';

let chain: Chain;
let families: Family[];
beforeEach(async () => {
  chain = await createChain({ mining: { type: 'manual' } });
  families = [...chainMetrics(chain, () => 1500), ...poolMetrics(chain)];
});
afterEach(() => chain.close());

const samples = async (name: string) => {
  const found = families.find((family) => family.name === `minichain_${name}`);
  if (found === undefined) throw new Error(`no ${name}`);
  return found.collect();
};
const value = async (name: string) => (await samples(name))[0]?.value;
const send = (fields: object = {}) => {
  const from = chain.accounts.owned[0]?.address as Address;
  return chain.control.submit({ from, to: from, ...fields });
};

it('follows the head', async () => {
  await chain.miner.mine({ blocks: 3 });
  expect(await value('block_height')).toBe(3);
  expect(await value('head_timestamp_seconds')).toBe(Number(chain.chain.head.block.header.timestamp));
  expect(await value('head_age_seconds')).toBe(1.5);
  expect(await value('base_fee_wei')).toBe(Number(chain.chain.head.block.header.baseFeePerGas));
  expect(await value('blocks_total')).toBe(3);
  const built = await samples('block_build_duration_seconds');
  expect(built.at(-1)).toEqual({ metricName: 'minichain_block_build_duration_seconds_count', labels: {}, value: 3 });
});

it('follows transactions from the pool into blocks', async () => {
  await send();
  await send({ nonce: 5n });
  expect(await samples('pool_transactions')).toEqual([
    { labels: { state: 'ready' }, value: 1 },
    { labels: { state: 'queued' }, value: 1 },
  ]);
  await chain.miner.mine();
  await chain.control.dropAllTransactions();
  // INVALID
  await send({ to: undefined, data: Uint8Array.of(0xfe), gasLimit: 100_000n });
  await chain.miner.mine();
  expect(await value('transactions_received_total')).toBe(3);
  expect(await value('transactions_mined_total')).toBe(2);
  expect(await value('transactions_failed_total')).toBe(1);
  expect(await samples('transactions_dropped_total')).toEqual([{ labels: { reason: 'removed' }, value: 1 }]);
  expect(await value('gas_used_total')).toBe(121_000);
});

it('tells gas per second over the last minute', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  try {
    await send();
    await chain.miner.mine();
    expect(await value('gas_per_second')).toBe(350);
    vi.setSystemTime(Date.now() + 59_000);
    await send();
    await chain.miner.mine();
    expect(await value('gas_per_second')).toBe(700);
    vi.setSystemTime(Date.now() + 30_000);
    expect(await value('gas_per_second')).toBe(350);
    vi.setSystemTime(Date.now() + 60_000);
    expect(await value('gas_per_second')).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

it('counts what left the chain', async () => {
  const id = await chain.snapshots.take();
  await chain.miner.mine({ blocks: 2 });
  await chain.snapshots.revert(id);
  expect([await value('reorgs_total'), await value('reorged_blocks_total'), await value('block_height')]).toEqual([
    1, 2, 0,
  ]);
  expect(await value('blocks_total')).toBe(2);
});

it('counts blocks that could not be made', async () => {
  chain.events.emit('miningFailed', new Error('no room'));
  expect(await value('mining_failures_total')).toBe(1);
});
