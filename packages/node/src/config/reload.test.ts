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
const log = { change: (options: unknown) => heard.push(options) };

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
    await reload({ slowRequestMs: 0 });
    await reload({});
    expect(heard).toEqual([
      { level: 'warn', slowRequestMs: 50 },
      { level: 'info', slowRequestMs: 0 },
      { level: 'info', slowRequestMs: 1000 },
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
