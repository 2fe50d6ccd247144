import assert from 'node:assert/strict';
import { network } from 'hardhat';
import type { Step } from './step.ts';

const SOMEONE = '0x00000000000000000000000000000000000000aa';

/** Every helper of the network-helpers plugin, by what it does to the chain. */
export async function helperSteps(): Promise<Step[]> {
  const { ethers, networkHelpers: helpers } = await network.create();
  const { provider } = ethers;
  const { time } = helpers;
  const [owner] = await ethers.getSigners();
  const minedBlock = async () => {
    await helpers.mine();
    const block = await provider.getBlock('latest');
    assert.ok(block);
    return block;
  };
  const deployProbe = async () => ethers.deployContract('Probe', [1n]);
  return [
    [
      'loadFixture, twice',
      async () => {
        const first = await helpers.loadFixture(deployProbe);
        const number = await provider.getBlockNumber();
        await first.change(2n);
        const second = await helpers.loadFixture(deployProbe);
        assert.equal(await second.value(), 1n);
        assert.equal(await provider.getBlockNumber(), number);
      },
    ],
    [
      'mine',
      async () => {
        const before = await provider.getBlock('latest');
        await helpers.mine(4, { interval: 15 });
        const after = await provider.getBlock('latest');
        assert.ok(before && after);
        assert.equal(after.number, before.number + 4);
        // The first block comes when it comes; the other three follow it at the interval.
        assert.ok(after.timestamp >= before.timestamp + 3 * 15 + 1);
      },
    ],
    [
      'mineUpTo',
      async () => {
        const goal = (await time.latestBlock()) + 5;
        await helpers.mineUpTo(goal);
        assert.equal(await time.latestBlock(), goal);
      },
    ],
    [
      'time.increase',
      async () => {
        const before = await time.latest();
        assert.equal(await time.increase(1_000), before + 1_000);
        assert.equal(await time.latest(), before + 1_000);
      },
    ],
    [
      'time.increaseTo',
      async () => {
        const goal = (await time.latest()) + 5_000;
        await time.increaseTo(goal);
        assert.equal(await time.latest(), goal);
      },
    ],
    [
      'time.setNextBlockTimestamp',
      async () => {
        const goal = (await time.latest()) + 77;
        await time.setNextBlockTimestamp(goal);
        assert.equal((await minedBlock()).timestamp, goal);
      },
    ],
    [
      'setBalance',
      async () => {
        await helpers.setBalance(SOMEONE, 123n);
        assert.equal(await provider.getBalance(SOMEONE), 123n);
      },
    ],
    [
      'impersonateAccount, send, stopImpersonatingAccount',
      async () => {
        await helpers.setBalance(SOMEONE, 10n ** 18n);
        await helpers.impersonateAccount(SOMEONE);
        const someone = await ethers.getSigner(SOMEONE);
        const receipt = await (await someone.sendTransaction({ to: owner.address, value: 1n })).wait();
        assert.equal(receipt?.from.toLowerCase(), SOMEONE);
        await helpers.stopImpersonatingAccount(SOMEONE);
        await assert.rejects(someone.sendTransaction({ to: owner.address, value: 1n, gasLimit: 21_000n }));
      },
    ],
    [
      'setCode',
      async () => {
        await helpers.setCode(SOMEONE, '0x6001600055');
        assert.equal(await provider.getCode(SOMEONE), '0x6001600055');
      },
    ],
    [
      'setNonce',
      async () => {
        await helpers.setNonce(SOMEONE, 40);
        assert.equal(await provider.getTransactionCount(SOMEONE), 40);
      },
    ],
    [
      'setStorageAt, getStorageAt',
      async () => {
        const probe = await deployProbe();
        const address = await probe.getAddress();
        await helpers.setStorageAt(address, 0, 55);
        assert.equal(BigInt(await helpers.getStorageAt(address, 0)), 55n);
        assert.equal(await probe.value(), 55n);
      },
    ],
    [
      'setCoinbase',
      async () => {
        await helpers.setCoinbase(SOMEONE);
        assert.equal((await minedBlock()).miner.toLowerCase(), SOMEONE);
      },
    ],
    [
      'setPrevRandao',
      async () => {
        await helpers.setPrevRandao(1_234n);
        await minedBlock();
        const { mixHash } = await provider.send('eth_getBlockByNumber', ['latest', false]);
        assert.equal(BigInt(mixHash), 1_234n);
      },
    ],
    [
      'setNextBlockBaseFeePerGas',
      async () => {
        await helpers.setNextBlockBaseFeePerGas(7_000_000_000n);
        assert.equal((await minedBlock()).baseFeePerGas, 7_000_000_000n);
      },
    ],
    [
      'setBlockGasLimit',
      async () => {
        await helpers.setBlockGasLimit(29_000_000);
        assert.equal((await minedBlock()).gasLimit, 29_000_000n);
      },
    ],
    [
      'dropTransaction',
      async () => {
        await provider.send('evm_setAutomine', [false]);
        try {
          const pending = await owner.sendTransaction({ to: SOMEONE, value: 1n, gasLimit: 100_000n });
          assert.equal(await helpers.dropTransaction(pending.hash), true);
          assert.equal(await provider.getTransaction(pending.hash), null);
        } finally {
          await provider.send('evm_setAutomine', [true]);
        }
      },
    ],
  ];
}
