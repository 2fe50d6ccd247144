import { type Chain, createChain } from '@minichain/core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRpc, type Rpc } from '../../createRpc.ts';

let chain: Chain;
let rpc: Rpc;
beforeEach(async () => {
  chain = await createChain();
  rpc = createRpc({ chain, clientVersion: 'anvil/test' });
});
afterEach(() => chain.close());

it('signs a blob transaction in the form that can be sent', async () => {
  const [from, to] = (await rpc.request('eth_accounts')) as string[];
  const blobs = [`0x${'00'.repeat(131_072)}`];
  const request = { from, to, nonce: '0x0', gas: '0x5208', blobs };
  const { raw } = (await rpc.request('eth_signTransaction', [request])) as { raw: string };
  const hash = await rpc.request('eth_sendRawTransaction', [raw]);
  expect(await rpc.request('eth_getTransactionReceipt', [hash])).toMatchObject({ type: '0x3', status: '0x1' });
});
