import assert from 'node:assert/strict';
import { network } from 'hardhat';
import { getAddress } from 'viem';
import type { Step } from './step.ts';

/** Deployment, contract access, assertions and the test client of the viem plugins. */
export async function viemSteps(): Promise<Step[]> {
  const { viem } = await network.create();
  const { assertions } = viem;
  const publicClient = await viem.getPublicClient();
  const [owner, other] = await viem.getWalletClients();
  const sender = getAddress(owner.account.address);
  const probe = await viem.deployContract('Probe', [1n]);
  return [
    ['viem: deploy', async () => assert.ok(await publicClient.getCode({ address: probe.address }))],
    [
      'viem: write',
      async () => {
        const hash = await probe.write.change([3n]);
        assert.equal((await publicClient.waitForTransactionReceipt({ hash })).status, 'success');
      },
    ],
    ['viem: read', async () => assert.equal(await probe.read.value(), 3n)],
    ['viem: revertWith', async () => assertions.revertWith(probe.write.failWithReason(), 'Probe: no')],
    [
      'viem: revertWithCustomErrorWithArgs',
      async () =>
        assertions.revertWithCustomErrorWithArgs(probe.write.failWithError([6n]), probe, 'Refused', [6n, sender]),
    ],
    [
      'viem: emitWithArgs',
      async () => assertions.emitWithArgs(probe.write.change([4n]), probe, 'Changed', [sender, 4n]),
    ],
    [
      'viem: balancesHaveChanged',
      async () =>
        assertions.balancesHaveChanged(owner.sendTransaction({ to: other.account.address, value: 11n }), [
          { address: owner.account.address, amount: -11n },
          { address: other.account.address, amount: 11n },
        ]),
    ],
    [
      'viem: testClient.mine',
      async () => {
        const before = await publicClient.getBlockNumber();
        await (await viem.getTestClient()).mine({ blocks: 3 });
        assert.equal(await publicClient.getBlockNumber({ cacheTime: 0 }), before + 3n);
      },
    ],
  ];
}
