import { expect } from 'chai';
import { network } from 'hardhat';
import type { Step } from './step.ts';

/** Signers, deployment, sending and chai matchers of the ethers plugins. */
export async function ethersSteps(): Promise<Step[]> {
  const { ethers } = await network.create();
  const [owner, other] = await ethers.getSigners();
  const probe = await ethers.deployContract('Probe', [1n], { value: 5n });
  // With a gas limit given nothing is estimated: the transaction is mined, fails, and the matcher asks again by eth_call.
  const sent = { gasLimit: 200_000n };
  return [
    ['getSigners', async () => expect((await ethers.getSigners()).length).to.equal(10)],
    [
      'ethers: deploy',
      async () => {
        const fresh = await ethers.deployContract('Probe', [7n]);
        await fresh.waitForDeployment();
        expect(await fresh.value()).to.equal(7n);
      },
    ],
    [
      'ethers: send and wait',
      async () => {
        const response = await owner.sendTransaction({ to: other.address, value: 1n });
        expect((await response.wait())?.status).to.equal(1);
        expect((await response.getTransaction())?.chainId).to.equal(31337n);
      },
    ],
    ['revertedWith', async () => expect(probe.failWithReason()).to.be.revertedWith('Probe: no')],
    [
      'revertedWithCustomError',
      async () =>
        expect(probe.failWithError(4n)).to.be.revertedWithCustomError(probe, 'Refused').withArgs(4n, owner.address),
    ],
    ['revertedWithPanic', async () => expect(probe.failWithPanic(0n)).to.be.revertedWithPanic(0x12)],
    ['revertedWithoutReason', async () => expect(probe.failInSilence()).to.be.revertedWithoutReason(ethers)],
    ['revertedWith, mined', async () => expect(probe.failWithReason(sent)).to.be.revertedWith('Probe: no')],
    [
      'revertedWithCustomError, mined',
      async () => expect(probe.failWithError(4n, sent)).to.be.revertedWithCustomError(probe, 'Refused'),
    ],
    ['revertedWithPanic, mined', async () => expect(probe.failWithPanic(0n, sent)).to.be.revertedWithPanic(0x12)],
    ['revertedWithoutReason, mined', async () => expect(probe.failInSilence(sent)).to.be.revertedWithoutReason(ethers)],
    ['emit', async () => expect(probe.change(9n)).to.emit(probe, 'Changed').withArgs(owner.address, 9n)],
    [
      'changeEtherBalance',
      async () => {
        await expect(probe.drain(other.address)).to.changeEtherBalance(ethers, other, 5n);
        await expect(owner.sendTransaction({ to: other.address, value: 8n })).to.changeEtherBalance(ethers, owner, -8n);
      },
    ],
  ];
}
