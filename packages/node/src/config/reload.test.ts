import { afterEach, describe, expect, it } from 'vitest';
import { createNode, type MinichainNode } from '../createNode.ts';
import { HOT_SETTINGS } from './hotSettings.ts';
import { type SettingFlags, settle } from './load.ts';
import { createReload } from './reload.ts';
import { SETTINGS, type SettingName } from './schema.ts';
import type { Setting } from './setting.ts';
import { nodeOptionsFromSettings } from './toOptions.ts';

const nodes: MinichainNode[] = [];
afterEach(async () => {
  for (const node of nodes.splice(0)) await node.close();
});

type Keys = Record<string, unknown>;

const heard: unknown[] = [];
const log = { change: (options: unknown) => void heard.push(options) };

/** A node with the settings of a file, and what reads another content of that file. */
async function start(content: Keys, flags: SettingFlags = {}) {
  const settled = (keys: Keys) =>
    settle({ port: '0', ...flags }, {}, { path: '/x/c.json', shown: 'c.json', content: keys });
  const loaded = settled(content);
  const node = await createNode(nodeOptionsFromSettings(loaded.values));
  nodes.push(node);
  let keys = content;
  const reload = createReload({ node: { ...node, log }, loaded, load: async () => settled(keys) });
  return {
    node,
    reload: (next: Keys) => {
      keys = next;
      return reload();
    },
  };
}

const post = (node: MinichainNode, body: string, headers: Record<string, string> = {}) =>
  fetch(node.server?.url as string, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });

it('knows how to apply each setting that is marked hot, and no other', () => {
  const marked = (Object.entries(SETTINGS) as [SettingName, Setting<unknown>][]).filter(([, { hot }]) => hot === true);
  const names = marked.map(([name]) => name);
  expect(Object.keys(HOT_SETTINGS).sort()).toEqual(names.sort());
});

describe('a reload', () => {
  it('changes the mining mode', async () => {
    const { node, reload } = await start({});
    const mode = () => node.chain.miner.mode;
    expect(await reload({ blockTime: 3 })).toEqual({
      type: 'applied',
      changes: [{ name: 'blockTime', from: 'none', to: '3' }],
    });
    expect(mode()).toEqual({ type: 'interval', intervalMs: 3000 });
    await reload({ blockTime: 3, mixedMining: true });
    expect(mode()).toEqual({ type: 'mixed', intervalMs: 3000 });
    await reload({ noMining: true });
    expect(mode()).toEqual({ type: 'manual' });
    expect(await reload({})).toEqual({ type: 'applied', changes: [{ name: 'noMining', from: 'true', to: 'false' }] });
    expect(mode()).toEqual({ type: 'instant' });
  });

  it('changes what the log tells', async () => {
    const { reload } = await start({});
    await reload({ logLevel: 'warn', slowRequestMs: 50 });
    await reload({ slowRequestMs: 0, jsonLogs: true });
    await reload({ quiet: true });
    expect(heard).toEqual([
      { level: 'warn', slowRequestMs: 50, format: 'text' },
      { level: 'info', slowRequestMs: 0, format: 'json' },
      { level: 'info', slowRequestMs: 1000, format: 'quiet' },
    ]);
  });

  it('mines what waited, where that is the new mode', async () => {
    const { node, reload } = await start({ noMining: true });
    const [from] = node.accounts.map(({ address }) => address);
    await node.provider.request({ method: 'eth_sendTransaction', params: [{ from, to: from }] });
    await reload({});
    expect(await node.provider.request({ method: 'eth_blockNumber' })).toBe('0x1');
  });

  it('changes the gas price, and back to the default', async () => {
    const { node, reload } = await start({});
    const gasPrice = () => node.provider.request({ method: 'eth_gasPrice' });
    const usual = await gasPrice();
    await reload({ gasPrice: 77n });
    expect(await gasPrice()).toBe('0x4d');
    await reload({});
    expect(await gasPrice()).toBe(usual);
  });

  it('changes order and size of blocks', async () => {
    const { node, reload } = await start({ noMining: true });
    await reload({ noMining: true, order: 'fifo', maxTransactions: 1 });
    const [a, b] = node.accounts.map(({ address }) => address);
    const send = (from: unknown, tip: string) =>
      node.provider.request({
        method: 'eth_sendTransaction',
        params: [{ from, to: a, maxPriorityFeePerGas: tip, maxFeePerGas: '0x77359400' }],
      });
    const first = await send(a, '0x1');
    await send(b, '0x5');
    await node.provider.request({ method: 'evm_mine' });
    const block = await node.provider.request({ method: 'eth_getBlockByNumber', params: ['latest', false] });
    expect(block).toMatchObject({ transactions: [first] });
  });

  it('changes who may use the server, and how much one may ask', async () => {
    const { node, reload } = await start({});
    await reload({ allowOrigin: 'http://a', maxBodyBytes: 1024, maxBatch: 1 });
    const reply = await post(node, '{}', { origin: 'http://b' });
    expect(reply.headers.get('access-control-allow-origin')).toBeNull();
    expect((await post(node, ' '.repeat(2000))).status).toBe(413);
    const request = { jsonrpc: '2.0', id: 1, method: 'eth_chainId' };
    const batch = JSON.stringify([request, request]);
    expect(await (await post(node, batch)).json()).toMatchObject({
      error: { message: expect.stringContaining('at most 1') },
    });
    await reload({});
    expect((await post(node, batch, { origin: 'http://b' })).headers.get('access-control-allow-origin')).toBe('*');
    expect(await (await post(node, batch)).json()).toHaveLength(2);
  });

  it('changes who may read metrics on a port of their own', async () => {
    const { node, reload } = await start({ metricsPort: 0 });
    const origin = async (): Promise<string | null> => {
      const headers = { origin: 'http://b' };
      const { headers: answered } = await fetch(`http://127.0.0.1:${node.metricsPort}/metrics`, { headers });
      return answered.get('access-control-allow-origin');
    };
    expect(await origin()).toBe('*');
    await reload({ metricsPort: 0, allowOrigin: 'http://a' });
    expect(await origin()).toBeNull();
    await reload({ metricsPort: 0, allowOrigin: 'http://b' });
    expect(await origin()).toBe('http://b');
    await reload({ metricsPort: 0 });
    expect(await origin()).toBe('*');
  });

  it('changes whether mined transactions come with their call trees', async () => {
    const { node, reload } = await start({});
    const [from] = node.accounts.map(({ address }) => address);
    const trees: boolean[] = [];
    node.chain.events.on('transactionMined', ({ trace }) => trees.push(trace !== undefined));
    const send = () => node.provider.request({ method: 'eth_sendTransaction', params: [{ from, to: from }] });
    await send();
    await reload({ printTraces: true });
    await send();
    await reload({});
    await send();
    expect(trees).toEqual([false, true, false]);
  });

  it('says when there is nothing to change', async () => {
    const { reload } = await start({ gasPrice: 7 });
    const nothing = { type: 'applied', changes: [] };
    expect(await reload({ gasPrice: '0x7' })).toEqual(nothing);
    expect(await reload({ gasPrice: 7n, chainId: 31337, noCors: false })).toEqual(nothing);
  });

  it('leaves alone what flags say, and what a client has changed since', async () => {
    const { node, reload } = await start({}, { gasPrice: '5' });
    await node.provider.request({ method: 'evm_setAutomine', params: [false] });
    expect(await reload({ gasPrice: 9, maxBatch: 2 })).toEqual({
      type: 'applied',
      changes: [{ name: 'maxBatch', from: '1000', to: '2' }],
    });
    expect(await node.provider.request({ method: 'eth_gasPrice' })).toBe('0x5');
    expect(node.chain.miner.mode).toEqual({ type: 'manual' });
  });

  it('may choose another network, or preset, whose hot settings differ', async () => {
    const networks = { fast: { blockTime: 1 }, slow: { blockTime: 9 } };
    const { node, reload } = await start({ network: 'fast', networks });
    expect(await reload({ network: 'slow', networks })).toMatchObject({
      changes: [
        { name: 'network', from: 'fast', to: 'slow' },
        { name: 'blockTime', from: '1', to: '9' },
      ],
    });
    expect(node.chain.miner.mode).toMatchObject({ intervalMs: 9000 });
  });
});

describe('a reload changes the limit', () => {
  const LOOP = '0x00000000000000000000000000000000000000aa';
  /** A contract that logs twice, and one that runs until its gas is gone. */
  const LOGS = '0x00000000000000000000000000000000000000bb';
  type Ask = (node: MinichainNode) => Promise<unknown>;
  const rpc =
    (method: string, ...params: unknown[]): Ask =>
    (node) =>
      node.provider.request({ method, params });
  const http =
    (body: string, headers: Record<string, string> = {}): Ask =>
    async (node) => {
      const reply = await post(node, body, headers);
      return `${reply.status} ${await reply.text()}`;
    };
  const twice =
    (ask: Ask): Ask =>
    async (node) => {
      await ask(node);
      return ask(node);
    };
  const CHAIN_ID = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_chainId' });
  const queued =
    (nonce: string): Ask =>
    async (node) => {
      const [from] = node.accounts.map(({ address }) => address);
      return rpc('eth_sendTransaction', { from, to: from, nonce })(node);
    };
  const traceLast: Ask = async (node) => {
    const { transactions } = (await rpc('eth_getBlockByNumber', '0x1', false)(node)) as { transactions: string[] };
    return rpc('debug_traceTransaction', transactions[0])(node);
  };

  it.each<[Keys, Ask, RegExp]>([
    [{ maxBody: 1024 }, http(`${CHAIN_ID}${' '.repeat(2000)}`), /^413 /],
    [{ maxBodyBytes: 1024 }, http(`${CHAIN_ID}${' '.repeat(2000)}`), /^413 /],
    [{ maxBatch: 1 }, http(`[${CHAIN_ID},${CHAIN_ID}]`), /at most 1/],
    [{ maxResponse: 200 }, rpc('eth_getBlockByNumber', '0x0', false), /200/],
    [{ rateLimit: 1 }, twice(http(CHAIN_ID)), /^429 /],
    [{ callGasCap: 30_000 }, rpc('eth_call', { to: LOGS }), /out of gas|gas/],
    [{ callTimeout: 0.02 }, rpc('eth_call', { to: LOOP, gas: '0x2faf080' }), /timeout|time/],
    [{ traceLimit: 300 }, traceLast, /300|large|limit/],
    [{ maxLogs: 1 }, rpc('eth_getLogs', { fromBlock: '0x0' }), /1 log|more than 1/],
    [{ maxLogRange: 1 }, rpc('eth_getLogs', { fromBlock: '0x0' }), /range|blocks/],
    [{ maxFilters: 1 }, twice(rpc('eth_newBlockFilter')), /filter/],
    [{ maxSubscriptions: 1 }, twice(rpc('eth_subscribe', 'newHeads')), /subscription/],
    [{ accountTxLimit: 1 }, async (node) => [await queued('0x8')(node), await queued('0x9')(node)], /account/],
  ])('%j', async (content, ask, refused) => {
    const { node, reload } = await start({});
    const [from] = node.accounts.map(({ address }) => address);
    await rpc('hardhat_setCode', LOOP, '0x5b5f56')(node);
    // More gas than the cap of the test: it also fills memory.
    await rpc('hardhat_setCode', LOGS, '0x5f5fa05f5fa061ffff51')(node);
    await rpc('eth_sendTransaction', { from, to: LOGS, gas: '0x100000' })(node);
    const answer = () =>
      ask(node).then(
        (result) => (typeof result === 'string' ? result : JSON.stringify(result)),
        (error: Error) => error.message,
      );
    await reload(content);
    expect(await answer()).toMatch(refused);
    await reload({});
    const [name] = Object.keys(content);
    // Without the limit the loop goes on to the end of its gas.
    if (name !== 'callTimeout') expect(await answer()).not.toMatch(refused);
    expect(await rpc('minichain_status')(node)).toMatchObject({ limits: { maxBatch: 1000, callTimeoutMs: 30_000 } });
  });

  it('{"noRequestSizeLimit":true}', async () => {
    const { node, reload } = await start({ maxBody: 1024 });
    const ask = http(`${CHAIN_ID}${' '.repeat(2000)}`);
    expect(await ask(node)).toMatch(/^413 /);
    await reload({ noRequestSizeLimit: true });
    expect(await ask(node)).toMatch(/^200 /);
  });

  it('{"noCors":true}', async () => {
    const { node, reload } = await start({});
    const allowed = async () =>
      (await post(node, CHAIN_ID, { origin: 'http://b' })).headers.get('access-control-allow-origin');
    await reload({ noCors: true });
    expect(await allowed()).toBeNull();
    await reload({});
    expect(await allowed()).toBe('*');
  });
});

describe('a reload is refused', () => {
  it.each<[Keys, string]>([
    [
      { gasPrice: 'much' },
      'c.json: gasPrice: expected a whole number from 0 to 18446744073709551615, decimal or 0x-hex, got "much"',
    ],
    [{ gasPrise: 2 }, 'c.json: there is no setting gasPrise; did you mean gasPrice?'],
    [{ gasPrice: 2, noMining: true, blockTime: 1 }, 'noMining (c.json) and blockTime (c.json) exclude each other'],
    [
      { gasPrice: 2, chainId: 5, accounts: 3 },
      'c.json: chainId (31337 to 5), c.json: accounts (10 to 3) cannot change while the node runs; restart it for that',
    ],
    [{ gasPrice: 2, mnemonic: 'my secret' }, 'c.json: mnemonic cannot change while the node runs; restart it for that'],
    [{ preset: 'ganache' }, expect.stringContaining('chainId (31337 to 1337)')],
  ])('whole: %j', async (content, reason) => {
    const { node, reload } = await start({ gasPrice: 1 });
    expect(await reload(content)).toEqual({ type: 'refused', reason });
    expect(node.chain.fees.gasPrice()).toBe(1n);
    expect(await reload({ gasPrice: 3 })).toMatchObject({ changes: [{ from: '1', to: '3' }] });
  });

  it('when a setting cannot be applied', async () => {
    const { node } = await start({});
    const [before, after] = [settle({}, {}), settle({ gasPrice: '7' }, {})];
    const fail = () => {
      throw new Error('no');
    };
    const reload = createReload({ node, loaded: before, load: async () => after, others: { gasPrice: fail } });
    expect(await reload()).toEqual({ type: 'refused', reason: 'gasPrice: could not be applied: no' });
  });
});

it('runs reloads one after the other', async () => {
  const { node } = await start({});
  const loads = [{ gasPrice: '1' }, { gasPrice: '2' }].map((flags) => settle(flags, {}));
  let running = 0;
  const load = async () => {
    expect(++running).toBe(1);
    await new Promise(setImmediate);
    running--;
    return loads.shift() ?? settle({}, {});
  };
  const reload = createReload({ node, loaded: settle({}, {}), load });
  const outcomes = await Promise.all([reload(), reload()]);
  expect(outcomes).toMatchObject([{ changes: [{ to: '1' }] }, { changes: [{ from: '1', to: '2' }] }]);
});
