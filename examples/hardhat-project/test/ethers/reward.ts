import { expect } from 'chai';
import { network } from 'hardhat';

describe('Reward, seen by ethers', () => {
  async function deployReward() {
    const { ethers, networkHelpers } = connection;
    const [owner, receiver] = await ethers.getSigners();
    if (owner === undefined || receiver === undefined) throw new Error('the node has no accounts');
    const reward = await ethers.deployContract('Reward', [ethers.parseEther('1000')]);
    return { owner, receiver, reward, networkHelpers };
  }
  let connection: Awaited<ReturnType<typeof network.create>>;

  before(async () => {
    connection = await network.create();
  });

  it('moves tokens and says so in an event', async () => {
    const { owner, receiver, reward } = await connection.networkHelpers.loadFixture(deployReward);
    await expect(reward.transfer(receiver, 3n)).to.emit(reward, 'Transfer').withArgs(owner, receiver, 3n);
    await expect(reward.transfer(receiver, 2n)).to.changeTokenBalances(
      connection.ethers,
      reward,
      [owner, receiver],
      [-2n, 2n],
    );
  });

  it('tells why a call fails', async () => {
    const { owner, receiver, reward } = await connection.networkHelpers.loadFixture(deployReward);
    await expect(reward.grant(receiver, 0n)).to.be.revertedWith('Reward: nothing to grant');
    await expect(reward.connect(receiver).getFunction('grant')(owner, 1n))
      .to.be.revertedWithCustomError(reward, 'OwnableUnauthorizedAccount')
      .withArgs(receiver);
  });

  it('lets any account be the owner', async () => {
    const { receiver, reward, networkHelpers } = await connection.networkHelpers.loadFixture(deployReward);
    const vault = '0x000000000000000000000000000000000000beef';
    await reward.transferOwnership(vault);
    await networkHelpers.setBalance(vault, 10n ** 18n);
    await networkHelpers.impersonateAccount(vault);
    await reward.connect(await connection.ethers.getSigner(vault)).getFunction('grant')(receiver, 7n);
    await networkHelpers.stopImpersonatingAccount(vault);
    expect(await reward.balanceOf(receiver)).to.equal(7n);
  });
});
