import { createNode, type MinichainNode } from '@minichain/node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClient } from '../createClient.ts';
import { inProcess } from './inProcess.ts';

const TO = '0x00000000000000000000000000000000000000aa';
let node: MinichainNode;
beforeEach(async () => {
  node = await createNode({ server: false });
});
afterEach(() => node.close());

it('pushes blocks to watchers instead of polling', async () => {
  const client = createClient({ provider: node.provider, pollingInterval: 3_600_000 });
  const seen: bigint[] = [];
  const stop = client.watchBlockNumber({ onBlockNumber: (number) => seen.push(number) });
  await expect.poll(() => node.provider.listenerCount('message')).toBe(1);
  await client.mine({ blocks: 2 });
  await expect.poll(() => seen).toEqual([1n, 2n]);
  stop();
  await expect.poll(() => node.provider.listenerCount('message')).toBe(0);
});

it('pushes logs to watchers', async () => {
  const client = createClient({ provider: node.provider, pollingInterval: 3_600_000 });
  // LOG1(0, 0, topic)
  const topic = '11'.repeat(32);
  await client.setCode({ address: TO, bytecode: `0x7f${topic}5f5fa1` });
  const seen: unknown[] = [];
  const stop = client.watchEvent({ address: TO, onLogs: (logs) => seen.push(...logs) });
  await expect.poll(() => node.provider.listenerCount('message')).toBe(1);
  const { transactionHash } = await client.send({ to: TO });
  await expect.poll(() => seen).toMatchObject([{ transactionHash, topics: [`0x${topic}`] }]);
  stop();
});

describe('a provider that', () => {
  const { value } = inProcess({
    request: async ({ method }) => {
      if (method === 'eth_unsubscribe') return true;
      for (const listener of [...listeners]) {
        listener({ type: 'eth_subscription', data: { subscription: '0x1', result: 'early' } });
        listener({ type: 'eth_subscription', data: { subscription: '0x2', result: 'of somebody else' } });
        listener({ type: 'other', data: null });
      }
      return '0x1';
    },
    on: (_, listener) => listeners.push(listener),
    removeListener: (_, listener) => listeners.splice(listeners.indexOf(listener), 1),
  })({});
  const listeners: ((message: unknown) => void)[] = [];

  it('pushes before it answers loses nothing', async () => {
    const seen: unknown[] = [];
    const subscription = await value?.subscribe({ params: ['newHeads'], onData: ({ result }) => seen.push(result) });
    expect(seen).toEqual(['early']);
    expect(listeners).toHaveLength(1);
    await subscription?.unsubscribe();
    expect(listeners).toHaveLength(0);
  });

  it('refuses to subscribe is left without a listener', async () => {
    const refused = Object.assign(new Error('no'), { code: -32601 });
    const heard: unknown[] = [];
    const transport = inProcess({
      request: () => Promise.reject(refused),
      on: (_, l) => listeners.push(l),
      removeListener: () => listeners.pop(),
    })({});
    await expect(
      transport.value?.subscribe({ params: ['newHeads'], onData: () => {}, onError: (error) => heard.push(error) }),
    ).rejects.toBe(refused);
    expect(heard).toEqual([refused]);
    expect(listeners).toHaveLength(0);
  });
});
