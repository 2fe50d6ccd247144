import { serverTest as test } from '@minichain/testing/vitest';
import { expect } from 'vitest';

test('is a node that any tool can reach', async ({ node, client }) => {
  await client.mine({ blocks: 3 });
  const reply = await fetch(node.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_blockNumber', params: [] }),
  });
  expect(await reply.json()).toEqual({ jsonrpc: '2.0', id: 1, result: '0x3' });
});
