import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startBystander } from '../support/bystander.ts';
import { type RunningNode, startMinichain } from '../support/nodeProcess.ts';

const open: RunningNode[] = [];
afterEach(async () => {
  for (const node of open.splice(0)) await node.close();
});
async function start(...flags: string[]): Promise<RunningNode> {
  const node = await startMinichain(flags);
  open.push(node);
  return node;
}

const ALICE = '0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266';
const CODE = '0x00000000000000000000000000000000000000cc';
/** JUMPDEST PUSH0 JUMP: runs as long as it has gas. */
const LOOP = '0x5b5f56';
/** LOG0 of nothing, three times. */
const THREE_LOGS = '0x5f5fa05f5fa05f5fa000';

const place = (node: RunningNode, code: string) => node.rpc.call('anvil_setCode', [CODE, code]);
const errorOf = async (node: RunningNode, method: string, params: unknown[]) =>
  (await node.rpc.send(method, params)).error;

describe('--call-timeout', () => {
  it('ends whatever runs code, in geth’s words', async () => {
    const node = await start('--call-timeout', '0.1', '--call-gas-cap', '0', '--trace-limit', '0');
    await place(node, LOOP);
    const call = { to: CODE, gas: '0x10000000000000' };
    const simulated = { blockStateCalls: [{ blockOverrides: { gasLimit: '0x10000000000000' }, calls: [call] }] };
    for (const [method, params] of [
      ['eth_call', [call]],
      ['eth_createAccessList', [call]],
      ['eth_simulateV1', [simulated, 'latest']],
      ['debug_traceCall', [call, 'latest']],
      ['debug_traceCall', [call, 'latest', { tracer: 'callTracer' }]],
      ['debug_traceCall', [call, 'latest', { tracer: 'prestateTracer' }]],
    ] as const) {
      const error = await errorOf(node, method, [...params]);
      expect(error, method).toEqual({ code: -32000, message: 'execution aborted (timeout = 0.1s)' });
    }
    expect(await node.rpc.call('eth_blockNumber')).toBe('0x0');
  });
});

describe('--call-gas-cap', () => {
  it('caps what a call asks for, and an estimate', async () => {
    const node = await start('--call-gas-cap', '100000');
    // GAS PUSH0 MSTORE MSIZE PUSH0 RETURN
    await place(node, '0x5a5f52595ff3');
    expect(Number(await node.rpc.call('eth_call', [{ to: CODE, gas: '0xfffffff' }]))).toBe(100_000 - 21_002);
    await place(node, LOOP);
    expect(await errorOf(node, 'eth_estimateGas', [{ to: CODE }])).toMatchObject({
      code: -32000,
      message: 'gas required exceeds allowance (100000)',
    });
  });
});

describe('--trace-limit', () => {
  it('refuses a trace that grows over it, of a call, a transaction or a block', async () => {
    const node = await start('--trace-limit', '64kb');
    await place(node, LOOP);
    const hash = await node.rpc.call('eth_sendTransaction', [{ from: ALICE, to: CODE, gas: '0x186a0' }]);
    for (const [method, params] of [
      ['debug_traceCall', [{ to: CODE, gas: '0x186a0' }, 'latest']],
      ['debug_traceTransaction', [hash]],
      ['debug_traceBlockByNumber', ['latest']],
    ] as const) {
      expect(await errorOf(node, method, [...params]), method).toMatchObject({
        code: -32005,
        message: expect.stringMatching(/^trace too large: over 65536 bytes; .*--trace-limit$/),
      });
    }
    expect(await node.rpc.call('debug_traceTransaction', [hash, { limit: 3 }])).toMatchObject({ failed: true });
  });
});

describe('--max-response', () => {
  it('bounds one answer, and those of a batch together', async () => {
    const node = await start('--max-response', '2kb');
    // Returns a kilobyte: MSTORE at the end of it, RETURN.
    await place(node, '0x5f6103e0526104005ff3');
    const call = (id: number) => ({ jsonrpc: '2.0', id, method: 'eth_call', params: [{ to: CODE }] });
    const one = await node.rpc.post(JSON.stringify(call(1)));
    expect(JSON.parse(one.text).error).toMatchObject({ code: -32005 });
    await place(node, '0x5f6101e0526102005ff3');
    const replies = JSON.parse((await node.rpc.post(JSON.stringify([call(1), call(2), call(3)]))).text);
    expect(replies.map(({ id, error }: { id: number; error?: { code: number } }) => [id, error?.code])).toEqual([
      [1, undefined],
      [2, -32005],
      [3, -32005],
    ]);
  });
});

describe('--max-logs and --max-log-range', () => {
  it('name the range that would fit', async () => {
    const node = await start('--max-logs', '6', '--max-log-range', '100');
    await place(node, THREE_LOGS);
    for (let i = 0; i < 3; i++) await node.rpc.call('eth_sendTransaction', [{ from: ALICE, to: CODE, gas: '0x186a0' }]);
    const error = await errorOf(node, 'eth_getLogs', [{ fromBlock: '0x0' }]);
    expect(error).toEqual({
      code: -32005,
      message: 'query returned more than 6 results. Try with this block range [0x0, 0x2].',
    });
    const [, fromBlock, toBlock] = /\[(0x\w+), (0x\w+)\]/.exec(error?.message ?? '') ?? [];
    expect(await node.rpc.call('eth_getLogs', [{ fromBlock, toBlock }])).toHaveLength(6);
    await node.rpc.call('anvil_mine', ['0x64']);
    expect(await errorOf(node, 'eth_getLogs', [{ fromBlock: '0x3' }])).toEqual({
      code: -32005,
      message:
        'query exceeds max block range: 101 blocks, at most 100 (--max-log-range). Try with this block range [0x3, 0x66].',
    });
  });
});

describe('--max-filters and --max-subscriptions', () => {
  it('bound what clients leave behind', async () => {
    const node = await start('--max-filters', '1', '--max-subscriptions', '1');
    await node.rpc.call('eth_newBlockFilter');
    expect(await errorOf(node, 'eth_newBlockFilter', [])).toMatchObject({ code: -32005 });
    const socket = new WebSocket(node.wsUrl);
    await once(socket, 'open');
    const replies: { result?: string; error?: { code: number } }[] = [];
    socket.on('message', (text) => replies.push(JSON.parse(String(text))));
    for (const id of [1, 2])
      socket.send(JSON.stringify({ jsonrpc: '2.0', id, method: 'eth_subscribe', params: ['newHeads'] }));
    await expect.poll(() => replies.length).toBe(2);
    expect(replies).toMatchObject([{ result: expect.any(String) }, { error: { code: -32005 } }]);
    socket.terminate();
  });
});

describe('--account-tx-limit', () => {
  it('bounds what an account has waiting', async () => {
    const node = await start('--account-tx-limit', '2', '--no-mining');
    const transfer = { from: ALICE, to: CODE, gas: '0x5208' };
    for (let i = 0; i < 2; i++) await node.rpc.call('eth_sendTransaction', [transfer]);
    expect(await errorOf(node, 'eth_sendTransaction', [transfer])).toMatchObject({
      code: -32000,
      message: expect.stringMatching(/^account limit exceeded: 2 transactions of 0xf39f/i),
    });
    await node.rpc.call('evm_mine');
    await node.rpc.call('eth_sendTransaction', [transfer]);
  });
});

describe('--rate-limit', () => {
  it('tells who asks too often to wait, by HTTP and over WebSocket', async () => {
    const node = await start('--rate-limit', '1');
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_chainId' });
    const statuses: number[] = [];
    await expect
      .poll(async () => {
        const { status, headers, text } = await node.rpc.post(body);
        if (status === 429) {
          expect(Number(headers['retry-after'])).toBeGreaterThanOrEqual(1);
          expect(JSON.parse(text).error).toMatchObject({ code: -32005, message: expect.stringMatching(/^rate limit/) });
        }
        return statuses.push(status) && statuses.includes(429);
      })
      .toBe(true);
    expect(statuses[0]).toBe(200);
    // Who watches over the node is not counted.
    expect((await fetch(`${node.url}/health`)).status).toBe(200);
    const socket = new WebSocket(node.wsUrl);
    await once(socket, 'open');
    const replies: { id: number; error?: { code: number } }[] = [];
    socket.on('message', (text) => replies.push(JSON.parse(String(text))));
    for (let id = 1; id <= 20; id++) socket.send(JSON.stringify({ jsonrpc: '2.0', id, method: 'eth_chainId' }));
    await expect.poll(() => replies.length).toBe(20);
    expect(replies.map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    expect(replies.filter(({ error }) => error?.code === -32005).length).toBeGreaterThan(0);
    socket.terminate();
  });
});

describe('while something huge runs, blocks are made and others answered:', () => {
  // Seconds of compiled code, which runs tens of billions of gas in each.
  const gas = '0x2e90edd000';
  const flags = ['--call-gas-cap', '0', '--disable-tx-gas-cap', '--gas-limit', '400000000000'];
  it.each<[string, string, string, unknown[], ...string[]]>([
    ['a loop', LOOP, 'eth_call', [{ to: CODE, gas }]],
    // It calls itself twice, and has no jump destination.
    ['a recursion', '0x5f5f5f5f5f305af1505f5f5f5f5f305af15000', 'eth_call', [{ to: CODE, gas: '0x77359400' }]],
    ['an estimate', LOOP, 'eth_estimateGas', [{ to: CODE, gas }]],
    ['copies of 64 kB', '0x5b61fff05f5f303c5f56', 'eth_call', [{ to: CODE, gas: '0x1dcd65000' }]],
    ['struct logs', LOOP, 'debug_traceCall', [{ to: CODE, gas: '0x200000' }, 'latest']],
    [
      'a call trace',
      '0x5b5f5f5f5f61dead5afa505f56',
      'debug_traceCall',
      [{ to: CODE, gas: '0x2000000' }, 'latest', { tracer: 'callTracer' }],
      '--trace-limit',
      '0',
    ],
    ['a call trace of one call', LOOP, 'debug_traceCall', [{ to: CODE, gas }, 'latest', { tracer: 'callTracer' }]],
  ])('%s', async (_, code, method, params, ...more) => {
    const node = await start('--block-time', '0.05', ...flags, ...more);
    const other = startBystander(node.url);
    await place(node, code);
    const head = async () => Number(await node.rpc.call('eth_blockNumber'));
    let isDone = false;
    const huge = node.rpc.post(JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })).finally(() => {
      isDone = true;
    });
    const before = await head();
    await other.answered(5);
    while ((await head()) < before + 3) await other.answered(1);
    expect(isDone).toBe(false);
    expect(JSON.parse((await huge).text)).toMatchObject({ id: 1 });
    await other.answered(2);
    await other.stop();
  });
});

it('an answer longer than a string can be is an error, and the node goes on', async () => {
  const node = await start('--max-response', '0');
  // Returns two megabytes: PUSH3, RETURN.
  await place(node, '0x622000005ff3');
  const call = { jsonrpc: '2.0', id: 1, method: 'eth_call', params: [{ to: CODE, gas: '0x1c9c380' }] };
  const { text } = await node.rpc.post(JSON.stringify(Array.from({ length: 150 }, () => call)));
  expect(JSON.parse(text).error).toMatchObject({ code: -32005, message: expect.stringMatching(/^response too large/) });
  expect(await node.rpc.call('eth_chainId')).toBe('0x7a69');
});
