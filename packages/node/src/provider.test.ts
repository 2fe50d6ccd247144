import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import type { NodeOptions } from './config/nodeOptions.ts';
import { createNode, type MinichainNode } from './createNode.ts';
import type { ProviderMessage } from './provider.ts';

const open: MinichainNode[] = [];
const start = async (chain: NodeOptions['chain'] = {}): Promise<MinichainNode> => {
  const node = await createNode({ server: false, chain });
  open.push(node);
  return node;
};
afterEach(async () => {
  for (const node of open.splice(0)) await node.close();
});

/** Everything that listeners were to hear by now. */
const told = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
const TO = '0x00000000000000000000000000000000000000aa';

function collect(node: MinichainNode): ProviderMessage[] {
  const messages: ProviderMessage[] = [];
  node.provider.on('message', (message) => messages.push(message));
  return messages;
}

describe('request', () => {
  it('answers as the wire does', async () => {
    const { provider } = await start();
    expect(await provider.request({ method: 'eth_chainId' })).toBe('0x7a69');
    expect(await provider.request({ method: 'eth_getBalance', params: [TO, 'latest'] })).toBe('0x0');
  });

  it.each([
    ['nothing', undefined],
    ['no method', {}],
    ['a method that is no text', { method: 1 }],
  ])('refuses %s with -32600', async (_, args) => {
    const { provider } = await start();
    await expect(provider.request(args as never)).rejects.toMatchObject({ code: -32600 });
  });

  it('refuses parameters by name with -32602, as HTTP does', async () => {
    const { provider } = await start();
    await expect(provider.request({ method: 'eth_getBalance', params: { address: TO } })).rejects.toMatchObject({
      code: -32602,
    });
  });

  it('refuses an unknown method with -32601', async () => {
    const { provider } = await start();
    await expect(provider.request({ method: 'eth_fooBar' })).rejects.toMatchObject({
      code: -32601,
      message: expect.stringContaining('the method eth_fooBar does not exist'),
    });
  });

  it('rejects a revert with code 3 and the returned bytes', async () => {
    const { provider } = await start();
    // MSTORE8(0, 0xaa) REVERT(0, 1)
    await provider.request({ method: 'anvil_setCode', params: [TO, '0x60aa5f5360015ffd'] });
    const error = await provider
      .request({ method: 'eth_call', params: [{ to: TO }] })
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ code: 3, data: '0xaa', message: expect.stringMatching(/^execution reverted/) });
  });

  it('returns plain JSON: what crosses HTTP is the same', async () => {
    const { provider, accounts } = await start();
    const from = accounts[0]?.address;
    const hash = await provider.request({ method: 'eth_sendTransaction', params: [{ from, to: TO, value: '0x1' }] });
    for (const [method, params] of [
      ['eth_getTransactionByHash', [hash]],
      ['eth_getTransactionReceipt', [hash]],
      ['eth_getBlockByNumber', ['latest', true]],
      ['eth_getBlockByNumber', ['pending', false]],
      ['eth_feeHistory', ['0x2', 'latest', [50]]],
      ['eth_getProof', [TO, [], 'latest']],
      ['debug_traceTransaction', [hash, { tracer: 'callTracer' }]],
      ['txpool_content', []],
      ['anvil_nodeInfo', []],
      ['hardhat_metadata', []],
    ] as const) {
      const result = await provider.request({ method, params });
      expect(result, method).toStrictEqual(JSON.parse(JSON.stringify(result)));
    }
  });

  it('mines parallel sends of one account with consecutive nonces', async () => {
    const { provider, accounts } = await start();
    const from = accounts[0]?.address;
    const hashes = await Promise.all(
      Array.from({ length: 25 }, () =>
        provider.request({ method: 'eth_sendTransaction', params: [{ from, to: TO, value: '0x1' }] }),
      ),
    );
    const receipts = (await Promise.all(
      hashes.map((hash) => provider.request({ method: 'eth_getTransactionReceipt', params: [hash] })),
    )) as { status: string }[];
    expect(receipts.map(({ status }) => status)).toEqual(hashes.map(() => '0x1'));
    const count = await provider.request({ method: 'eth_getTransactionCount', params: [from, 'latest'] });
    expect(count).toBe('0x19');
  });
});

describe('events', () => {
  it('tells connect with the chain id after creation', async () => {
    const { provider } = await start({ chainId: 7n });
    expect(await once(provider, 'connect')).toEqual([{ chainId: '0x7' }]);
    expect(provider.isConnected()).toBe(true);
  });

  it('tells new heads in order, and none after eth_unsubscribe', async () => {
    const node = await start();
    const messages = collect(node);
    const id = await node.provider.request({ method: 'eth_subscribe', params: ['newHeads'] });
    await node.provider.request({ method: 'anvil_mine', params: ['0x3'] });
    await told();
    expect(
      messages.map(({ type, data }) => [type, data.subscription, (data.result as { number: string }).number]),
    ).toEqual([
      ['eth_subscription', id, '0x1'],
      ['eth_subscription', id, '0x2'],
      ['eth_subscription', id, '0x3'],
    ]);
    expect(await node.provider.request({ method: 'eth_unsubscribe', params: [id] })).toBe(true);
    await node.provider.request({ method: 'evm_mine' });
    await told();
    expect(messages).toHaveLength(3);
  });

  it('answers eth_subscribe before the first message of the subscription', async () => {
    const node = await start();
    const heard: string[] = [];
    node.provider.on('message', () => heard.push('message'));
    await node.provider.request({ method: 'eth_subscribe', params: ['syncing'] }).then(() => heard.push('answer'));
    await told();
    expect(heard).toEqual(['answer', 'message']);
  });

  it('tells pending transactions and logs', async () => {
    const node = await start();
    const messages = collect(node);
    // LOG1(0, 0, topic 1)
    await node.provider.request({ method: 'anvil_setCode', params: [TO, '0x60015f5fa1'] });
    const pending = await node.provider.request({ method: 'eth_subscribe', params: ['newPendingTransactions'] });
    const logs = await node.provider.request({ method: 'eth_subscribe', params: ['logs', { address: TO }] });
    const hash = await node.provider.request({
      method: 'eth_sendTransaction',
      params: [{ from: node.accounts[0]?.address, to: TO }],
    });
    await told();
    expect(messages.map(({ data }) => data)).toMatchObject([
      { subscription: pending, result: hash },
      { subscription: logs, result: { transactionHash: hash, address: TO, removed: false } },
    ]);
  });

  it('does not let a listener that throws harm the chain', async () => {
    const node = await start();
    const uncaught = new Promise((resolve) => process.prependOnceListener('uncaughtException', resolve));
    const others = process.listeners('uncaughtException').slice(1);
    for (const other of others) process.off('uncaughtException', other);
    node.provider.once('message', () => {
      throw new RangeError('listener failed');
    });
    try {
      await node.provider.request({ method: 'eth_subscribe', params: ['newHeads'] });
      await node.provider.request({ method: 'evm_mine' });
      expect(await uncaught).toBeInstanceOf(RangeError);
    } finally {
      for (const other of others) process.on('uncaughtException', other);
    }
    await node.provider.request({ method: 'evm_mine' });
    expect(await node.provider.request({ method: 'eth_blockNumber' })).toBe('0x2');
  });

  it('tells chainChanged when the chain id changes', async () => {
    const { provider } = await start();
    const changed = once(provider, 'chainChanged');
    await provider.request({ method: 'anvil_setChainId', params: ['0x5'] });
    expect(await changed).toEqual(['0x5']);
    expect(await provider.request({ method: 'eth_chainId' })).toBe('0x5');
  });

  it('tells accountsChanged when an account is impersonated, given up, or gone with a snapshot', async () => {
    const { provider, accounts } = await start({ accounts: { count: 1 } });
    const lists: (readonly string[])[] = [];
    provider.on('accountsChanged', (list) => lists.push(list));
    const own = accounts[0]?.address as string;
    const snapshot = await provider.request({ method: 'evm_snapshot' });
    await provider.request({ method: 'anvil_impersonateAccount', params: [TO] });
    await provider.request({ method: 'anvil_impersonateAccount', params: [TO] });
    await provider.request({ method: 'anvil_stopImpersonatingAccount', params: [TO] });
    await provider.request({ method: 'anvil_impersonateAccount', params: [TO] });
    await provider.request({ method: 'evm_revert', params: [snapshot] });
    await told();
    expect(lists).toEqual([[own, TO], [own], [own, TO], [own]]);
  });

  it('tells disconnect with code 4900 once, and refuses requests from then on', async () => {
    const node = await start();
    const reasons: unknown[] = [];
    node.provider.on('disconnect', (reason) => reasons.push(reason));
    await Promise.all([node.close(), node.close()]);
    node.provider.close();
    await told();
    expect(reasons).toMatchObject([{ code: 4900 }]);
    expect(node.provider.isConnected()).toBe(false);
    await expect(node.provider.request({ method: 'eth_chainId' })).rejects.toMatchObject({ code: 4900 });
  });
});
