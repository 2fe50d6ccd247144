import { afterEach, expect, it } from 'vitest';
import { createNode, type MinichainNode } from '../createNode.ts';
import { coloursFor } from './colours.ts';
import { createNodeLog } from './createNodeLog.ts';

const open: MinichainNode[] = [];
afterEach(async () => {
  for (const node of open.splice(0)) await node.close();
});

async function start(options: { showConsole: boolean } = { showConsole: true }) {
  let text = '';
  const log = createNodeLog({
    ...{ format: 'json', colours: coloursFor({ isTerminal: false, env: {} }), columns: undefined, ...options },
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
const hash = expect.stringMatching(/^0x[0-9a-f]{64}$/);

it('writes an object a line for requests, heads and transactions', async () => {
  const { node, request, events } = await start();
  const [from, to] = node.accounts.map(({ address }) => address);
  await request('eth_sendTransaction', { from, to, value: '0x5' });
  await request('eth_nonsense');
  expect(events()).toEqual([
    { ts, event: 'head', number: '1', gasUsed: '21000', transactions: 1 },
    {
      ...{ ts, event: 'transaction', hash, from, to, created: null, call: null, valueWei: '5' },
      ...{ gasUsed: '21000', gasLimit: '21000', blockNumber: '1', blockHash: hash, error: null, console: [] },
    },
    { ts, event: 'request', method: 'eth_sendTransaction', ms: expect.any(Number) },
    {
      ...{ ts, event: 'request', method: 'eth_nonsense', ms: expect.any(Number) },
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
    { ts, event: 'internalError', id: 'eth_call-1', error: 'oops', stack: expect.stringContaining('Error: oops') },
    { ts, event: 'miningFailed', error: 'no room' },
  ]);
});

it('tells of transactions that left the pool', async () => {
  const { node, request, events } = await start();
  await request('evm_setAutomine', false);
  await request('eth_sendTransaction', { from: node.accounts[0]?.address, to: node.accounts[1]?.address });
  await request('anvil_dropAllTransactions');
  expect(events()).toContainEqual({ ts, event: 'dropped', hash, reason: 'removed', detail: 'dropped on request' });
});
