import assert from 'node:assert/strict';
import { buildModule } from '@nomicfoundation/hardhat-ignition/modules';
import { network } from 'hardhat';
import type { Step } from './step.ts';

/** Ignition by its two strategies; the second deploys the CREATE2 factory by itself on a chain with this id. */
export async function ignitionSteps(): Promise<Step[]> {
  const { ignition } = await network.create();
  const probeModule = (id: string) =>
    buildModule(id, (m) => {
      const probe = m.contract('Probe', [20n]);
      m.call(probe, 'change', [21n]);
      return { probe };
    });
  return [
    [
      'ignition: deploy',
      async () => {
        const { probe } = await ignition.deploy(probeModule('Plain'));
        assert.equal(await probe.read.value(), 21n);
      },
    ],
    [
      'ignition: create2',
      async () => {
        const salt = `0x${'5a'.repeat(32)}`;
        const { probe } = await ignition.deploy(probeModule('ByCreate2'), {
          strategy: 'create2',
          strategyConfig: { salt },
        });
        assert.equal(await probe.read.value(), 21n);
      },
    ],
  ];
}
