import { createNode, type MinichainNode } from '@minichain/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient, type MinichainClient } from '../createClient.ts';

const TO = '0x00000000000000000000000000000000000000aa';
let node: MinichainNode;
let client: MinichainClient;
beforeAll(async () => {
  node = await createNode({ server: false });
  client = createClient({ provider: node.provider });
});
afterAll(() => node.close());

describe('isolate', () => {
  it('undoes what was done and hands over what was found', async () => {
    const before = await client.getBlockNumber();
    const found = await client.isolate(async () => {
      await client.send({ to: TO, value: 5n });
      return client.getBalance({ address: TO });
    });
    expect(found).toBe(5n);
    expect(await client.getBalance({ address: TO })).toBe(0n);
    expect(await client.getBlockNumber()).toBe(before);
  });

  it('undoes it too when something throws', async () => {
    const failure = new RangeError('failed');
    const run = client.isolate(async () => {
      await client.setBalance({ address: TO, value: 1n });
      throw failure;
    });
    await expect(run).rejects.toBe(failure);
    expect(await client.getBalance({ address: TO })).toBe(0n);
  });

  it('can be nested', async () => {
    await client.isolate(async () => {
      await client.setBalance({ address: TO, value: 1n });
      await client.isolate(() => client.setBalance({ address: TO, value: 2n }));
      expect(await client.getBalance({ address: TO })).toBe(1n);
    });
    expect(await client.getBalance({ address: TO })).toBe(0n);
  });

  it('says when its snapshot was used up meanwhile', async () => {
    const outer = await client.snapshot();
    await expect(client.isolate(() => client.revert({ id: outer }))).rejects.toMatchObject({
      name: 'SnapshotLostError',
    });
  });
});

describe('travel', () => {
  it('goes forward by a span, and the newest block is there', async () => {
    const { timestamp } = await client.getBlock();
    expect(await client.travel({ by: 3600 })).toBe(timestamp + 3600n);
    expect((await client.getBlock()).timestamp).toBe(timestamp + 3600n);
  });

  it('arrives at a time', async () => {
    const { timestamp } = await client.getBlock();
    expect(await client.travel({ to: timestamp + 10n })).toBe(timestamp + 10n);
  });

  it('refuses to go back', async () => {
    await expect(client.travel({ to: 1 })).rejects.toMatchObject({ name: 'InvalidInputRpcError' });
  });
});

describe('impersonate', () => {
  it('lets the node send for an address, and stops after', async () => {
    const receipt = await client.impersonate({ address: TO, balance: 10n ** 18n }, (account) =>
      client.send({ account, to: TO }),
    );
    expect(receipt.from).toBe(TO);
    expect(await client.getAddresses()).not.toContain(TO);
    await expect(client.send({ account: TO, to: TO })).rejects.toThrow();
  });

  it('stops too when something throws, but not what was impersonated before', async () => {
    const failure = new RangeError('failed');
    const fail = () => {
      throw failure;
    };
    await expect(client.impersonate({ address: TO }, fail)).rejects.toBe(failure);
    await client.impersonateAccount({ address: TO });
    await client.impersonate({ address: TO }, () => {});
    expect((await client.getAddresses()).map((address) => address.toLowerCase())).toContain(TO);
  });
});
