import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createNode, type MinichainNode } from '@minichain/node';
import { custom, parseEther } from 'viem';
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import { createClient, type MinichainClient } from './createClient.ts';
import { devAccount } from './wallet.ts';

const TO = '0x00000000000000000000000000000000000000aa';
let node: MinichainNode;
beforeAll(async () => {
  node = await createNode();
});
afterAll(() => node.close());

const url = () => node.server?.url as string;
const clients: [string, () => MinichainClient][] = [
  ['an http URL', () => createClient({ url: url() })],
  ['a WebSocket URL', () => createClient({ url: url().replace('http', 'ws') })],
  ['a provider', () => createClient({ provider: node.provider })],
  ['a viem transport', () => createClient({ transport: custom(node.provider) })],
];

describe.each(clients)('on %s', (_, connect) => {
  it('has the public, wallet, test and own actions', async () => {
    const client = connect();
    const before = await client.getBlockNumber();
    await client.mine({ blocks: 2 });
    expect(await client.getBlockNumber()).toBe(before + 2n);
    await client.setBalance({ address: TO, value: 7n });
    expect(await client.getBalance({ address: TO })).toBe(7n);
    const receipt = await client.send({ to: TO, value: parseEther('1') });
    expect(receipt).toMatchObject({ status: 'success', from: node.accounts[0]?.address });
    const [first] = await client.getAddresses();
    const hash = await client.sendTransaction({ account: first as `0x${string}`, to: TO });
    expect(await client.wait({ hash })).toMatchObject({ transactionHash: hash });
    await client.close();
  });
});

describe('account', () => {
  it('sends for it, signing here when it has a key', async () => {
    const bob = devAccount(1);
    const client = createClient({ provider: node.provider, account: bob });
    const receipt = await client.send({ to: TO, value: 1n });
    expect(receipt.from).toBe(bob.address.toLowerCase());
    expectTypeOf(client.account.address).toEqualTypeOf<`0x${string}`>();
  });

  it('sends for an address that the node signs for', async () => {
    const address = node.accounts[2]?.address as `0x${string}`;
    const client = createClient({ provider: node.provider, account: address });
    expect(await client.send({ to: TO })).toMatchObject({ from: address });
    expect(await client.sendTransaction({ to: TO })).toMatch(/^0x/);
  });
});

it('does not cache the block number', async () => {
  const client = createClient({ provider: node.provider });
  const before = await client.getBlockNumber();
  await node.provider.request({ method: 'evm_mine' });
  expect(await client.getBlockNumber()).toBe(before + 1n);
});

it('does not ask a node again that has failed', async () => {
  let asked = 0;
  const failing = createServer((_, response) => {
    asked++;
    response.writeHead(500).end();
  });
  await new Promise<void>((resolve) => void failing.listen(0, '127.0.0.1', resolve));
  const { port } = failing.address() as AddressInfo;
  const client = createClient({ url: `http://127.0.0.1:${port}` });
  await expect(client.getBlockNumber()).rejects.toMatchObject({ name: 'HttpRequestError' });
  expect(asked).toBe(1);
  failing.closeAllConnections();
  await new Promise((resolve) => failing.close(resolve));
});
