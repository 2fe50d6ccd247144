import { once } from 'node:events';
import { request } from 'node:http';
import { createNode, type MinichainNode } from '@minichain/node';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type RunningNode, startMinichain } from '../support/nodeProcess.ts';

const open: (RunningNode | MinichainNode)[] = [];
afterEach(async () => {
  for (const node of open.splice(0)) await node.close();
});
const start = async (...flags: string[]): Promise<RunningNode> => {
  const node = await startMinichain(flags);
  open.push(node);
  return node;
};

/** Every sample by its name and labels, as they are written. */
async function scrape(url: string): Promise<Map<string, number>> {
  const reply = await fetch(`${url}/metrics`);
  expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
  const lines = (await reply.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]));
}

const ready = async (url: string) => {
  const reply = await fetch(`${url}/health/ready`);
  return [reply.status, await reply.json()] as const;
};

/** `fetch` sets Host by itself. */
function get(url: string, headers: Record<string, string>): Promise<{ status: number | undefined; headers: object }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { headers }, (incoming) => {
      incoming.resume();
      resolve({ status: incoming.statusCode, headers: incoming.headers });
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}

const post = (url: string, method: string, params: readonly unknown[], headers: Record<string, string> = {}) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });

describe('/metrics', () => {
  it('moves with what happens', async () => {
    const { url, wsUrl, rpc } = await start();
    const [from, to] = await rpc.call<string[]>('eth_accounts');
    const before = await scrape(url);
    for (let i = 0; i < 3; i++) await rpc.call('eth_sendTransaction', [{ from, to, value: '0x1' }]);
    await rpc.send('eth_getBalance', ['nobody']);
    await rpc.send('eth_sendTransaction', [{ from, to, nonce: '0x9' }]);
    for (const name of ['made_up1', 'made_up2']) await rpc.send(name);
    const socket = new WebSocket(wsUrl);
    await once(socket, 'open');
    socket.send(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_subscribe', params: ['newHeads'] }));
    await once(socket, 'message');
    const after = await scrape(url);
    socket.terminate();

    const grown = (name: string) => (after.get(name) ?? Number.NaN) - (before.get(name) ?? 0);
    expect(after.get('minichain_block_height')).toBe(3);
    for (const [name, by] of [
      ['minichain_blocks_total', 3],
      ['minichain_gas_used_total', 63_000],
      ['minichain_transactions_received_total', 4],
      ['minichain_transactions_mined_total', 3],
      ['minichain_pool_transactions{state="queued"}', 1],
      ['minichain_block_build_duration_seconds_count', 3],
      ['minichain_block_build_duration_seconds_bucket{le="+Inf"}', 3],
      ['minichain_rpc_requests_total{method="eth_sendTransaction"}', 4],
      ['minichain_rpc_requests_total{method="unknown"}', 2],
      ['minichain_rpc_errors_total{method="eth_getBalance",code="-32602"}', 1],
      ['minichain_rpc_errors_total{method="unknown",code="-32601"}', 2],
      ['minichain_rpc_request_duration_seconds_count{method="eth_sendTransaction"}', 4],
      ['minichain_subscriptions{type="newHeads"}', 1],
      ['minichain_connections{transport="websocket"}', 1],
    ] as const) {
      expect(grown(name), name).toBe(by);
    }
    expect([...after.keys()].some((name) => name.includes('made_up'))).toBe(false);
    expect(grown('minichain_block_build_duration_seconds_sum')).toBeGreaterThan(0);
    expect(after.get('minichain_gas_per_second')).toBeGreaterThan(0);
    expect(after.get('process_resident_memory_bytes')).toBeGreaterThan(1e7);
  });

  it('has cumulative buckets', async () => {
    const { url, rpc } = await start();
    for (let i = 0; i < 20; i++) await rpc.call('eth_chainId');
    const samples = [...(await scrape(url))].filter(
      ([name]) => name.includes('duration_seconds_bucket') && name.includes('eth_chainId'),
    );
    const counts = samples.map(([, count]) => count);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    expect(samples.at(-1)).toEqual([
      'minichain_rpc_request_duration_seconds_bucket{le="+Inf",method="eth_chainId"}',
      20,
    ]);
  });

  it('can be switched off', async () => {
    for (const flags of [['--metrics', 'no'], ['--metrics=false']]) {
      const { url } = await start(...flags);
      expect((await fetch(`${url}/metrics`)).status).toBe(404);
      expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    }
  });

  it('can have a port of its own, which leaves with the node', async () => {
    const node = await start('--metrics-port', '0');
    const port = /Metrics on 127\.0\.0\.1:(\d+)\n/.exec(node.output())?.[1];
    await node.rpc.call('evm_mine');
    expect((await scrape(`http://127.0.0.1:${port}`)).get('minichain_block_height')).toBe(1);
    expect((await fetch(`http://127.0.0.1:${port}/health/ready`)).status).toBe(200);
    expect((await post(`http://127.0.0.1:${port}`, 'evm_mine', [])).status).toBe(404);
    expect((await fetch(`${node.url}/metrics`)).status).toBe(404);
    await node.close();
    await expect(fetch(`http://127.0.0.1:${port}/metrics`)).rejects.toThrow();
  });
});

describe('what watches', () => {
  it.each(['/metrics', '/health/live', '/health/ready'])(
    '%s is held to names and origins as the rest',
    async (path) => {
      const { url } = await start('--allow-origin', 'http://page.example');
      expect((await get(`${url}${path}`, { host: 'evil.example' })).status).toBe(403);
      const allowed = await get(`${url}${path}`, { origin: 'http://page.example' });
      expect(allowed).toMatchObject({ status: 200, headers: { 'access-control-allow-origin': 'http://page.example' } });
      const { headers } = await get(`${url}${path}`, { origin: 'http://other.example' });
      expect(headers).not.toHaveProperty('access-control-allow-origin');
    },
  );
});

describe('/health', () => {
  it('live and ready answer beside /health', async () => {
    const { url } = await start();
    expect(await (await fetch(`${url}/health`)).json()).toEqual({ status: 'ok', blockNumber: '0x0' });
    expect(await (await fetch(`${url}/health/live`)).json()).toEqual({
      status: 'live',
      uptimeSeconds: expect.any(Number),
    });
    expect(await ready(url)).toEqual([200, { status: 'ready' }]);
    expect((await fetch(`${url}/health/ready`, { method: 'HEAD' })).status).toBe(200);
  });

  it('ready tells when the clock makes no blocks any more', async () => {
    const { url, rpc } = await start('--block-time', '10000', '--ready-max-head-age', '2');
    await expect.poll(async () => (await ready(url))[0]).toBe(503);
    expect((await ready(url))[1]).toEqual({
      status: 'not ready',
      reasons: [{ check: 'headAge', detail: expect.stringMatching(/^no new block for \d+\.\d s, at most 2\.0 s are/) }],
    });
    const mineAndAsk = async () => {
      await rpc.call('evm_mine');
      return (await ready(url))[0];
    };
    await expect.poll(mineAndAsk).toBe(200);
  });

  it('ready tells that a block could not be made, and that the chain was closed', async () => {
    const node = await createNode();
    open.push(node);
    const url = node.server?.url as string;
    node.chain.events.emit('miningFailed', new Error('no space left on device'));
    const lastWrite = { check: 'lastWrite', detail: 'the last block could not be made: no space left on device' };
    expect(await ready(url)).toEqual([503, { status: 'not ready', reasons: [lastWrite] }]);
    await node.provider.request({ method: 'evm_mine' });
    expect(await ready(url)).toEqual([200, { status: 'ready' }]);
    await node.chain.close();
    const closing = { check: 'closing', detail: 'the node is closing' };
    expect(await ready(url)).toEqual([503, { status: 'not ready', reasons: [closing] }]);
  });
});

describe('minichain_status', () => {
  it('tells of the node that answers', async () => {
    const { rpc } = await start('--block-time', '10000', '--max-body-bytes', '4096', '--max-batch', '7');
    await rpc.call('evm_mine');
    await rpc.call('evm_snapshot');
    const status = await rpc.call<Record<string, unknown>>('minichain_status');
    const { hash } = await rpc.call<{ hash: string }>('eth_getBlockByNumber', ['latest', false]);
    expect(status).toMatchObject({
      chainId: 31337,
      head: { number: 1, hash },
      mining: { mode: 'interval', intervalSeconds: 10000 },
      snapshots: 1,
      peers: [],
      limits: { maxBodyBytes: 4096, maxBatch: 7 },
    });
  });
});

describe('the log', () => {
  const eventsOf = ({ output }: RunningNode) =>
    output()
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  it('names each request by the id that its answer has', async () => {
    const node = await start('--json-logs');
    const asked = await post(node.url, 'eth_chainId', [], { 'x-request-id': 'checkout-17' });
    const own = await post(node.url, 'eth_chainId', []);
    const forged = await post(node.url, 'eth_chainId', [], { 'x-request-id': '{"event":"forged"}' });
    expect(asked.headers.get('x-request-id')).toBe('checkout-17');
    const ids = [asked, own, forged].map((reply) => reply.headers.get('x-request-id'));
    expect(new Set(ids).size).toBe(3);
    expect(ids[2]).toMatch(/^[0-9a-f]{8}-\d+$/);
    const logged = () => eventsOf(node).filter(({ event }) => event === 'request');
    await expect.poll(logged).toHaveLength(3);
    expect(logged().map(({ requestId }) => requestId)).toEqual(ids);
  });

  it('names the messages of a WebSocket by its handshake', async () => {
    const node = await start('--json-logs');
    const socket = new WebSocket(node.wsUrl, { headers: { 'x-request-id': 'shop' } });
    await once(socket, 'open');
    for (const id of [1, 2]) socket.send(JSON.stringify({ jsonrpc: '2.0', id, method: 'eth_chainId' }));
    const logged = () => eventsOf(node).filter(({ event }) => event === 'request');
    await expect.poll(logged).toHaveLength(2);
    socket.terminate();
    expect(logged().map(({ requestId }) => requestId)).toEqual(['shop.1', 'shop.2']);
  });

  it('tells of slow requests in JSON and in text', async () => {
    const params = ['0x32'];
    const json = await start('--json-logs', '--slow-request-ms', '1', '--log-level', 'warn');
    await post(json.url, 'hardhat_mine', params, { 'x-request-id': 'slow-1' });
    const slow = () => eventsOf(json).filter(({ event }) => event !== 'listening');
    await expect.poll(slow).toHaveLength(1);
    expect(slow()).toEqual([
      {
        ...{ level: 'warn', ts: expect.any(String), event: 'slowRequest', method: 'hardhat_mine' },
        ...{ ms: expect.any(Number), params: '["0x32"]', requestId: 'slow-1' },
      },
    ]);
    const text = await start('--slow-request-ms', '1');
    await post(text.url, 'hardhat_mine', params, { 'x-request-id': 'slow-2' });
    await expect.poll(text.output).toMatch(/\nslow: hardhat_mine took \d+ ms \(request slow-2\) \["0x32"\]\n/);
  });

  it('tells nothing after the first lines at level silent', async () => {
    const node = await start('--log-level', 'silent');
    const first = node.output();
    await node.rpc.call('evm_mine');
    await node.rpc.send('eth_nonsense');
    await node.close();
    expect(node.output()).toBe(first);
  });
});
