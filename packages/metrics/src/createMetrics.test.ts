import { type Chain, createChain } from '@minichain/core';
import { createRpc, type RequestRecord } from '@minichain/rpc';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createMetrics, type Metrics } from './createMetrics.ts';

let chain: Chain;
let metrics: Metrics;
let request: (method: string, params?: unknown) => Promise<unknown>;
beforeEach(async () => {
  chain = await createChain();
  const onRequest = (record: RequestRecord) => metrics.count(record);
  const rpc = createRpc({ chain, clientVersion: 'anvil/test', onRequest });
  const connections = async () => ({ http: 3, webSocket: 2 });
  metrics = createMetrics({ chain, rpc, version: '1.2.3', connections });
  request = (method, params) => rpc.request(method, params, { push: () => {} });
});
afterEach(() => chain.close());

it('renders families and the process in the text format, each with its help and its type', async () => {
  await request('eth_subscribe', ['newHeads']);
  await request('eth_newBlockFilter');
  await request('evm_snapshot');
  const { contentType, body } = await metrics.scrape();
  expect(contentType).toBe('text/plain; version=0.0.4; charset=utf-8');
  const lines = body.split('\n');
  for (const line of [
    `minichain_info{version="1.2.3",node="${process.version}"} 1`,
    'minichain_block_height 0',
    'minichain_snapshots 1',
    'minichain_rpc_requests_total{method="eth_newBlockFilter"} 1',
    'minichain_connections{transport="http"} 3',
    'minichain_connections{transport="websocket"} 2',
    'minichain_subscriptions{type="newHeads"} 1',
    'minichain_filters{type="blocks"} 1',
    '# TYPE minichain_rpc_request_duration_seconds histogram',
    '# TYPE process_resident_memory_bytes gauge',
    '# TYPE nodejs_eventloop_lag_p99_seconds gauge',
  ]) {
    expect(lines).toContain(line);
  }
  const named = (what: string) =>
    lines.filter((line) => line.startsWith(`# ${what} `)).map((line) => line.split(' ')[2]);
  expect(named('HELP')).toEqual(named('TYPE'));
  expect(new Set(named('TYPE')).size).toBe(named('TYPE').length);
});

it('gives every metric of its own a name that Prometheus recommends', async () => {
  const { body } = await metrics.scrape();
  const types = [...body.matchAll(/^# TYPE (minichain_\S+) (\S+)$/gm)].map(([, name, type]) => [name, type] as const);
  expect(types.length).toBeGreaterThan(20);
  for (const [name, type] of types) {
    expect(name).toMatch(/^[a-z_]+$/);
    expect(name?.endsWith('_total'), `${name} is a ${type}`).toBe(type === 'counter');
    if (type === 'histogram') expect(name).toMatch(/_(seconds|bytes)$/);
  }
});

it('counts on from scrape to scrape', async () => {
  await request('evm_mine');
  const first = await metrics.scrape();
  await request('evm_mine');
  const second = await metrics.scrape();
  expect(first.body).toContain('minichain_blocks_total 1\n');
  expect(second.body).toContain('minichain_blocks_total 2\n');
  expect(second.body).toContain('minichain_rpc_requests_total{method="evm_mine"} 2\n');
});

it('keeps two nodes of one process apart', async () => {
  const other = await createChain();
  try {
    const rpc = createRpc({ chain: other, clientVersion: 'anvil/test' });
    const theirs = createMetrics({ chain: other, rpc, version: '1', connections: () => undefined });
    await other.miner.mine({ blocks: 4 });
    expect((await metrics.scrape()).body).toContain('minichain_block_height 0\n');
    expect((await theirs.scrape()).body).toContain('minichain_block_height 4\n');
  } finally {
    await other.close();
  }
});
