import { expect, expectTypeOf, it } from 'vitest';
import { startNode } from './startNode.ts';

const TO = '0x00000000000000000000000000000000000000aa';

it('starts a node on a free port with a client that sends from its first account', async () => {
  const node = await startNode();
  expect(node.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(node.wsUrl).toBe(node.url.replace('http', 'ws'));
  expect(await node.client.send({ to: TO, value: 1n })).toMatchObject({ from: node.accounts[0]?.address });
  expect(await node.client.sendTransaction({ to: TO })).toMatch(/^0x/);
  expect(await node.provider.request({ method: 'eth_blockNumber' })).toBe('0x2');
  await node.close();
  await node.close();
  await expect(node.client.getBlockNumber()).rejects.toMatchObject({ name: 'HttpRequestError' });
});

it('starts one without a port', async () => {
  const node = await startNode({ port: false, chain: { chainId: 5n } });
  expectTypeOf(node.url).toEqualTypeOf<undefined>();
  expect([node.url, node.wsUrl, node.server]).toEqual([undefined, undefined, undefined]);
  expect(node.client.chain.id).toBe(5);
  expect(await node.client.sendTransaction({ to: TO })).toMatch(/^0x/);
  await node.close();
});

it('starts any number side by side', async () => {
  const nodes = await Promise.all([startNode(), startNode(), startNode({ port: false })]);
  expect(new Set(nodes.map(({ url }) => url)).size).toBe(3);
  await nodes[0].client.mine({ blocks: 1 });
  expect(await Promise.all(nodes.map(({ client }) => client.getBlockNumber()))).toEqual([1n, 0n, 0n]);
  await Promise.all(nodes.map((node) => node.close()));
});

it('passes the options of the chain on', async () => {
  const node = await startNode({ port: false, chain: { mining: { type: 'manual' }, accounts: { count: 2 } } });
  expect(await node.client.getAutomine()).toBe(false);
  expect(node.accounts).toHaveLength(2);
  await node.close();
});
