import { createNode, type MinichainNode } from '@minichain/node';
import type { Hash } from 'viem';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClient, type MinichainClient } from '../createClient.ts';

const TO = '0x00000000000000000000000000000000000000aa';
let node: MinichainNode;
let client: MinichainClient;
beforeEach(async () => {
  node = await createNode({ server: false, chain: { mining: { type: 'manual' } } });
  client = createClient({ provider: node.provider, pollingInterval: 5 });
});
afterEach(() => node.close());

const pending = async (more: object = {}): Promise<Hash> => {
  const [account] = await client.getAddresses();
  return client.sendTransaction({ account: account as `0x${string}`, to: TO, ...more });
};

describe('wait', () => {
  it('waits until the transaction is mined', async () => {
    const hash = await pending();
    const waiting = client.wait({ hash });
    await client.mine({ blocks: 1 });
    expect(await waiting).toMatchObject({ transactionHash: hash, blockNumber: 1n });
  });

  it('tells of a transaction that was replaced', async () => {
    const hash = await pending({ nonce: 0, maxFeePerGas: 10n ** 10n, maxPriorityFeePerGas: 10n ** 9n });
    const waiting = client.wait({ hash });
    const refused = expect(waiting).rejects.toMatchObject({ name: 'DroppedError', hash, reason: 'replaced' });
    const other = await pending({ nonce: 0, maxFeePerGas: 2n * 10n ** 10n, maxPriorityFeePerGas: 2n * 10n ** 9n });
    await refused;
    expect(await client.getDropReason({ hash })).toEqual({ reason: 'replaced', detail: `replaced by ${other}` });
    expect(await client.getDropReason({ hash: other })).toBeUndefined();
  });

  it('tells of a transaction that was dropped, until it is sent again', async () => {
    const raw = { nonce: 0, gas: 21_000n, maxFeePerGas: 10n ** 10n, maxPriorityFeePerGas: 10n ** 9n };
    const hash = await pending(raw);
    await client.dropTransaction({ hash });
    await expect(client.wait({ hash })).rejects.toMatchObject({ name: 'DroppedError', reason: 'removed' });
    expect(await pending(raw)).toBe(hash);
    expect(await client.getDropReason({ hash })).toBeUndefined();
    await client.mine({ blocks: 1 });
    expect(await client.wait({ hash })).toMatchObject({ status: 'success' });
  });

  it('says what to do when nothing is mined', async () => {
    const hash = await pending();
    await expect(client.wait({ hash, timeout: 20 })).rejects.toMatchObject({
      name: 'NotMinedError',
      hash,
      message: expect.stringMatching(/automining is off; call mine\(\)/),
    });
    await client.setAutomine(true);
    const gap = await pending({ nonce: 5, gas: 21_000n });
    await expect(client.wait({ hash: gap, timeout: 20 })).rejects.toThrow(/earlier nonce/);
    const unknown = `0x${'11'.repeat(32)}` as const;
    await expect(client.wait({ hash: unknown, timeout: 20 })).rejects.toThrow(/does not know it/);
  });
});

it('getDropReason has no answer on a node without the method', async () => {
  const other = createClient({
    provider: {
      request: async () => {
        throw Object.assign(new Error('the method does not exist'), { code: -32601 });
      },
    },
  });
  expect(await other.getDropReason({ hash: `0x${'11'.repeat(32)}` })).toBeUndefined();
});
