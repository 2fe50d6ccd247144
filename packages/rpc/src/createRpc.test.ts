import { type Chain, createChain } from '@minichain/core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRpc, type Rpc } from './createRpc.ts';
import { METHODS } from './registry.ts';

let chain: Chain;
let rpc: Rpc;
beforeEach(async () => {
  chain = await createChain();
  rpc = createRpc({ chain, clientVersion: 'anvil/test' });
});
afterEach(() => chain.close());

it('answers text with text', async () => {
  expect(await rpc.answer('{"jsonrpc":"2.0","id":1,"method":"web3_clientVersion"}')).toBe(
    '{"jsonrpc":"2.0","id":1,"result":"anvil/test"}',
  );
});

it('lists every method of the registry in order', () => {
  expect(rpc.methods).toEqual([...METHODS.keys()].sort());
});

it('tells the height of the head as health', async () => {
  expect(rpc.health()).toEqual({ status: 'ok', blockNumber: '0x0' });
  await rpc.request('evm_mine');
  expect(rpc.health()).toEqual({ status: 'ok', blockNumber: '0x1' });
});

it('pushes to a connection until it is gone', async () => {
  const messages: unknown[] = [];
  const connection = { push: (message: unknown) => messages.push(message) };
  await rpc.request('eth_subscribe', ['newHeads'], connection);
  await rpc.request('evm_mine');
  rpc.disconnected(connection);
  await rpc.request('evm_mine');
  expect(messages).toHaveLength(1);
});

it('has nothing to push to without a connection, and says what to do', async () => {
  await expect(rpc.request('eth_subscribe', ['newHeads'])).rejects.toMatchObject({
    code: -32601,
    message: 'notifications not supported: subscribe over WebSocket',
  });
});
