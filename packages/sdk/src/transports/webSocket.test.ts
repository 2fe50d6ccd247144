import { createNode } from '@minichain/node';
import { socketClientCache } from 'viem/utils';
import { expect, it } from 'vitest';
import { createClient } from '../createClient.ts';

it('closes its socket, and opens none to do so', async () => {
  const node = await createNode();
  const url = `${node.server?.url}`.replace('http', 'ws');
  const client = createClient({ url });
  await client.close();
  expect(socketClientCache.size).toBe(0);
  expect(await client.getBlockNumber()).toBe(0n);
  expect(socketClientCache.size).toBe(1);
  await client.close();
  await client.close();
  expect(socketClientCache.size).toBe(0);
  await node.close();
});
