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

// Pairs of Uniswap v2 write their price sums once in a block: at the time of the head they have nothing to write.
it('estimates for the block that the transaction will be in, unless told another', async () => {
  const [from] = (await rpc.request('eth_accounts')) as string[];
  const to = `0x${'c0de'.padStart(40, '0')}`;
  const storeTime = '0x425f5500';
  await rpc.request('anvil_setCode', [to, storeTime]);
  await rpc.request('eth_sendTransaction', [{ from, to }]);
  const atHead = await rpc.request('eth_estimateGas', [{ from, to }, 'latest']);
  const gas = await rpc.request('eth_estimateGas', [{ from, to }]);
  expect(Number(gas)).toBeGreaterThan(Number(atHead));
  const hash = await rpc.request('eth_sendTransaction', [{ from, to, gas }]);
  expect(await rpc.request('eth_getTransactionReceipt', [hash])).toMatchObject({ status: '0x1' });
});
