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

it('answers what is known of blocks that were mined ahead, and tells of them once they are worked out', async () => {
  const heads: { number: string; hash: string; parentHash: string }[] = [];
  const push = (message: unknown) => heads.push((message as { params: { result: never } }).params.result);
  await rpc.request('eth_subscribe', ['newHeads'], { push });
  const filter = await rpc.request('eth_newBlockFilter');
  const ask = (method: string, ...params: unknown[]) => rpc.request(method, params);
  const owner = chain.accounts.owned[0]?.address.toString();
  // What runs code is loaded when it is first asked for, which takes as long as thousands of blocks.
  await ask('eth_estimateGas', { from: owner, to: owner, value: '0x1' }, 'latest');
  expect(await ask('hardhat_mine', '0x7530', '0xc')).toBe(true);
  expect(await ask('anvil_mine', 1_000, 5)).toBeNull();
  expect(await ask('evm_mine', { blocks: 100 })).toBe('0');
  const isWorking = () => chain.chain.settled() !== undefined;
  const tip = 30_000 + 1_000 + 100;
  expect(Number(await ask('eth_blockNumber'))).toBe(tip);
  expect(rpc.health()).toEqual({ status: 'ok', blockNumber: `0x${tip.toString(16)}` });
  for (const [method, ...params] of [
    ['eth_getBalance', owner, 'latest'],
    ['eth_getTransactionCount', owner, '0x2000'],
    ['eth_getCode', owner],
    ['eth_getStorageAt', owner, '0x0', 'latest'],
    ['eth_call', { to: owner }, 'latest'],
    ['eth_estimateGas', { from: owner, to: owner, value: '0x1' }, 'latest'],
    ['eth_gasPrice'],
    ['evm_increaseTime', 60],
    ['evm_setIntervalMining', 0],
    ['hardhat_setCoinbase', owner],
    ['net_version'],
    ['eth_getBlockByNumber', 'earliest', false],
  ] as [string, ...unknown[]][]) {
    await ask(method, ...params);
    expect([method, isWorking()]).toEqual([method, true]);
  }
  expect(heads.filter(({ number }) => Number(number) > 1)).toEqual([]);
  const changes = (await ask('eth_getFilterChanges', filter)) as string[];
  expect(isWorking()).toBe(false);
  const last = (await ask('eth_getBlockByNumber', 'latest', false)) as (typeof heads)[0];
  expect(Number(last.number)).toBe(tip);
  expect(changes.at(-1)).toBe(last.hash);
  expect(heads.at(-1)).toMatchObject({ number: last.number, hash: last.hash });
  const linked = heads.slice(-100);
  for (const [i, head] of linked.slice(1).entries()) expect(head.parentHash).toBe(linked[i]?.hash);
});

it('counts intervals in milliseconds where that is wanted, and those of Anvil in seconds', async () => {
  const hardhats = createRpc({ chain, clientVersion: 'anvil/test', intervalUnit: 'milliseconds' });
  const seconds = () => hardhats.request('anvil_getIntervalMining');
  await hardhats.request('evm_setIntervalMining', [3_000_000]);
  expect(await seconds()).toBe(3000);
  await hardhats.request('anvil_setIntervalMining', [3600]);
  expect(await seconds()).toBe(3600);
  await rpc.request('evm_setIntervalMining', [3000]);
  expect(await seconds()).toBe(3000);
  await expect(hardhats.request('evm_setIntervalMining', [3e9])).rejects.toThrow(
    'params[0] (interval): an interval of 3000000 seconds is too long',
  );
});
