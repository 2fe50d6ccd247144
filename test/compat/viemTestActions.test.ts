import { createNode, type MinichainNode } from '@minichain/node';
import { createTestClient, custom, pad, publicActions, TransactionNotFoundError, walletActions } from 'viem';
import { foundry } from 'viem/chains';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const WHO = '0x00000000000000000000000000000000000000AA';
let node: MinichainNode;
beforeEach(async () => {
  node = await createNode({ server: false });
});
afterEach(() => node.close());

describe.each(['anvil', 'hardhat'] as const)('viem test actions in mode %s', (mode) => {
  const client = () =>
    createTestClient({ mode, chain: foundry, transport: custom(node.provider, { retryCount: 0 }), cacheTime: 0 })
      .extend(publicActions)
      .extend(walletActions);
  const alice = () => node.accounts[0]?.address as `0x${string}`;
  const pay = (more: object = {}) => client().sendTransaction({ account: alice(), to: WHO, value: 1n, ...more });

  it('set accounts', async () => {
    const test = client();
    await test.setBalance({ address: WHO, value: 5n });
    await test.setNonce({ address: WHO, nonce: 4 });
    await test.setCode({ address: WHO, bytecode: '0x6001' });
    await test.setStorageAt({ address: WHO, index: 2, value: pad('0x7b', { size: 32 }) });
    expect(await test.getBalance({ address: WHO })).toBe(5n);
    expect(await test.getTransactionCount({ address: WHO })).toBe(4);
    expect(await test.getCode({ address: WHO })).toBe('0x6001');
    expect(await test.getStorageAt({ address: WHO, slot: '0x2' })).toBe(pad('0x7b', { size: 32 }));
  });

  it('mine, at intervals', async () => {
    const test = client();
    await test.mine({ blocks: 3, interval: 60 });
    const [third, second] = await Promise.all([test.getBlock({ blockNumber: 3n }), test.getBlock({ blockNumber: 2n })]);
    expect(third.timestamp - second.timestamp).toBe(60n);
  });

  it('move time', async () => {
    const test = client();
    const { timestamp } = await test.getBlock();
    await test.setNextBlockTimestamp({ timestamp: timestamp + 1000n });
    await test.mine({ blocks: 1 });
    expect((await test.getBlock()).timestamp).toBe(timestamp + 1000n);
    await test.increaseTime({ seconds: 500 });
    await test.mine({ blocks: 1 });
    expect((await test.getBlock()).timestamp).toBeGreaterThanOrEqual(timestamp + 1500n);
  });

  it('snapshot, revert and reset', async () => {
    const test = client();
    const id = await test.snapshot();
    await pay();
    await test.revert({ id });
    expect(await test.getBlockNumber()).toBe(0n);
    await test.mine({ blocks: 2 });
    await test.reset();
    expect(await test.getBlockNumber()).toBe(0n);
  });

  it('stop mining, show the pool, drop from it', async () => {
    const test = client();
    await test.setAutomine(false);
    expect(await test.getAutomine()).toBe(false);
    const [first, second] = [await pay(), await pay()];
    expect(await test.getTxpoolStatus()).toEqual({ pending: 2, queued: 0 });
    expect(Object.keys((await test.getTxpoolContent()).pending)).toEqual([alice()]);
    expect(Object.keys((await test.inspectTxpool()).pending)).toEqual([alice()]);
    await test.dropTransaction({ hash: second });
    await test.mine({ blocks: 1 });
    expect(await test.getTransactionReceipt({ hash: first })).toMatchObject({ status: 'success' });
    await expect(test.getTransaction({ hash: second })).rejects.toBeInstanceOf(TransactionNotFoundError);
  });

  // In Hardhat's mode viem gives the same method milliseconds; the node reads seconds, as Anvil does.
  if (mode === 'anvil') {
    it('mine on a timer', async () => {
      const test = client();
      await test.setIntervalMining({ interval: 1 });
      await expect.poll(() => test.getBlockNumber(), { timeout: 10_000 }).toBeGreaterThan(0n);
      await test.setIntervalMining({ interval: 0 });
    });
  }

  it('set the next block', async () => {
    const test = client();
    await test.setBlockGasLimit({ gasLimit: 20_000_000n });
    await test.setNextBlockBaseFeePerGas({ baseFeePerGas: 7n });
    await test.setCoinbase({ address: WHO });
    await test.mine({ blocks: 1 });
    expect(await test.getBlock()).toMatchObject({ gasLimit: 20_000_000n, baseFeePerGas: 7n, miner: WHO.toLowerCase() });
  });

  it('impersonate', async () => {
    const test = client();
    await test.setBalance({ address: WHO, value: 10n ** 18n });
    await test.impersonateAccount({ address: WHO });
    const hash = await test.sendTransaction({ account: WHO, to: alice() });
    expect(await test.getTransactionReceipt({ hash })).toMatchObject({ from: WHO.toLowerCase(), status: 'success' });
    await test.stopImpersonatingAccount({ address: WHO });
    await expect(test.sendTransaction({ account: WHO, to: alice() })).rejects.toThrow();
  });
});
