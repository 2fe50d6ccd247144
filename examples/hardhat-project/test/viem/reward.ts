import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { network } from 'hardhat';
import { getAddress, parseEther } from 'viem';

describe('Reward, seen by viem', async () => {
  const { viem, networkHelpers } = await network.create();
  const [owner, receiver] = await viem.getWalletClients();
  assert.ok(owner !== undefined && receiver !== undefined);

  const deployReward = async () => ({ reward: await viem.deployContract('Reward', [parseEther('1000')]) });

  it('moves tokens and says so in an event', async () => {
    const { reward } = await networkHelpers.loadFixture(deployReward);
    await viem.assertions.emitWithArgs(
      reward.write.transfer([receiver.account.address, parseEther('3')]),
      reward,
      'Transfer',
      [getAddress(owner.account.address), getAddress(receiver.account.address), parseEther('3')],
    );
    assert.equal(await reward.read.balanceOf([receiver.account.address]), parseEther('3'));
  });

  it('starts every test from the same chain', async () => {
    const { reward } = await networkHelpers.loadFixture(deployReward);
    assert.equal(await reward.read.balanceOf([receiver.account.address]), 0n);
  });

  it('tells why a transfer fails', async () => {
    const { reward } = await networkHelpers.loadFixture(deployReward);
    await viem.assertions.revertWithCustomErrorWithArgs(
      reward.write.transfer([owner.account.address, 1n], { account: receiver.account }),
      reward,
      'ERC20InsufficientBalance',
      [getAddress(receiver.account.address), 0n, 1n],
    );
  });

  it('grants again when the hour is over', async () => {
    const { reward } = await networkHelpers.loadFixture(deployReward);
    const grant = () => reward.write.grant([receiver.account.address, 5n]);
    await grant();
    await viem.assertions.revertWithCustomError(grant(), reward, 'TooEarly');
    await networkHelpers.time.increase(networkHelpers.time.duration.hours(1));
    await grant();
    assert.equal(await reward.read.balanceOf([receiver.account.address]), 10n);
  });
});
