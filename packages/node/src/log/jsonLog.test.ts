import { afterEach, expect, it } from 'vitest';
import { createNode, type MinichainNode } from '../createNode.ts';
import { coloursFor } from './colours.ts';
import { createNodeLog } from './createNodeLog.ts';
import type { NodeLogOptions } from './nodeLog.ts';

const open: MinichainNode[] = [];
afterEach(async () => {
  for (const node of open.splice(0)) await node.close();
});

async function start(options: Partial<NodeLogOptions> = {}) {
  let text = '';
  const log = await createNodeLog({
    ...{ format: 'json', colours: coloursFor({ isTerminal: false, env: {} }), columns: undefined, showConsole: true },
    ...options,
    write: (part) => {
      text += part;
    },
    now: () => 1_700_000_000_000,
  });
  const { onRequestStarted, onRequest, onInternalError } = log;
  const node = await createNode({ server: false, onRequestStarted, onRequest, onInternalError });
  open.push(node);
  log.attach(node);
  return {
    ...{ node, log },
    request: (method: string, ...params: unknown[]) => node.rpc.request(method, params).catch(() => undefined),
    events: () => {
      const lines = text.split('\n').filter((line) => line !== '');
      text = '';
      return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    },
  };
}

const ts = '2023-11-14T22:13:20.000Z';
const info = { level: 'info', ts };
const warn = { level: 'warn', ts };
const mistake = { level: 'error', ts };
const hash = expect.stringMatching(/^0x[0-9a-f]{64}$/);

it('writes an object a line for requests, heads and transactions', async () => {
  const { node, request, events } = await start();
  const [from, to] = node.accounts.map(({ address }) => address);
  await request('eth_sendTransaction', { from, to, value: '0x5' });
  await request('eth_nonsense');
  expect(events()).toEqual([
    { ...info, event: 'head', number: '1', gasUsed: '21000', transactions: 1 },
    {
      ...{ ...info, event: 'transaction', hash, from, to, created: null, call: null, valueWei: '5' },
      ...{ gasUsed: '21000', gasLimit: '21000', blockNumber: '1', blockHash: hash, error: null, console: [] },
    },
    { ...info, event: 'request', method: 'eth_sendTransaction', ms: expect.any(Number) },
    {
      ...{ ...warn, event: 'request', method: 'eth_nonsense', ms: expect.any(Number) },
      error: { code: -32601, message: 'the method eth_nonsense does not exist/is not available' },
    },
  ]);
});

it('tells of console lines unless told not to', async () => {
  // log() to the console address, then STOP
  const data = '0x6351973ec960e01b5f525f5f60045f6a636f6e736f6c652e6c6f675afa5000';
  const loud = await start();
  await loud.request('eth_call', { data });
  expect(loud.events()).toMatchObject([{ event: 'console', lines: [''] }, { event: 'request' }]);
  const silent = await start({ showConsole: false });
  await silent.request('eth_call', { data });
  await silent.request('eth_sendTransaction', { from: silent.node.accounts[0]?.address, data });
  const [, , transaction] = silent.events();
  expect(transaction).toMatchObject({ event: 'transaction' });
  expect(transaction).not.toHaveProperty('console');
});

it('writes mistakes even while it is switched off over RPC', async () => {
  const { node, log, request, events } = await start();
  await request('hardhat_setLoggingEnabled', false);
  await request('evm_mine');
  log.onInternalError(new Error('oops'), 'eth_call-1');
  node.chain.events.emit('miningFailed', new Error('no room'));
  expect(events()).toEqual([
    {
      ...mistake,
      event: 'internalError',
      id: 'eth_call-1',
      error: 'oops',
      stack: expect.stringContaining('Error: oops'),
    },
    { ...mistake, event: 'miningFailed', error: 'no room' },
  ]);
});

it('tells of transactions that left the pool', async () => {
  const { node, request, events } = await start();
  await request('evm_setAutomine', false);
  await request('eth_sendTransaction', { from: node.accounts[0]?.address, to: node.accounts[1]?.address });
  await request('anvil_dropAllTransactions');
  expect(events()).toContainEqual({ ...warn, event: 'dropped', hash, reason: 'removed', detail: 'dropped on request' });
});

it('names the message that a request came in, and that caused a mistake', async () => {
  const { node, log, events } = await start();
  await node.rpc.answer('{"jsonrpc":"2.0","id":1,"method":"eth_chainId"}', { requestId: 'checkout-17' });
  log.onInternalError('odd', 'eth_call-1', 'checkout-18');
  expect(events()).toEqual([
    { ...info, event: 'request', method: 'eth_chainId', ms: expect.any(Number), requestId: 'checkout-17' },
    { ...mistake, event: 'internalError', id: 'eth_call-1', requestId: 'checkout-18', error: 'odd' },
  ]);
});

it.each([
  ['silent', []],
  ['error', ['miningFailed']],
  ['warn', ['request', 'miningFailed']],
  ['info', ['head', 'request', 'request', 'miningFailed']],
  ['trace', ['requestStarted', 'head', 'request', 'requestStarted', 'request', 'miningFailed']],
] as const)('tells at level %s of %j', async (level, told) => {
  const { node, request, events } = await start({ level });
  await request('evm_mine');
  await request('eth_nonsense');
  node.chain.events.emit('miningFailed', new Error('no room'));
  expect(events().map(({ event }) => event)).toEqual(told);
});

it('shows parameters at level debug', async () => {
  const { request, events } = await start({ level: 'debug' });
  await request('eth_getBalance', '0x00000000000000000000000000000000000000aa', 'latest');
  expect(events()).toMatchObject([{ params: '["0x00000000000000000000000000000000000000aa","latest"]' }]);
});

it('tells of slow requests, and can be told anew what that is', async () => {
  const { log, request, events } = await start({ slowRequestMs: 0.000_001 });
  await request('eth_getBalance', '0x00000000000000000000000000000000000000aa');
  expect(events()).toEqual([
    { ...info, event: 'request', method: 'eth_getBalance', ms: expect.any(Number) },
    {
      ...{ ...warn, event: 'slowRequest', method: 'eth_getBalance', ms: expect.any(Number) },
      params: '["0x00000000000000000000000000000000000000aa"]',
    },
  ]);
  log.change({ level: 'info', slowRequestMs: 0 });
  await request('eth_chainId');
  log.change({ level: 'warn', slowRequestMs: 60_000 });
  await request('eth_chainId');
  expect(events()).toMatchObject([{ event: 'request' }]);
});
