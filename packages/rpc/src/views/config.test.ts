import { type Chain, createChain } from '@minichain/core';
import { afterEach, expect, it } from 'vitest';
import { ethConfig } from './config.ts';

let chain: Chain;
afterEach(() => chain.close());

const NOW = 1_700_000_000;
const BLOCKS = {
  homesteadBlock: 0,
  eip150Block: 0,
  eip155Block: 0,
  byzantiumBlock: 0,
  constantinopleBlock: 0,
  petersburgBlock: 0,
  istanbulBlock: 0,
  berlinBlock: 0,
  londonBlock: 0,
  mergeNetsplitBlock: 0,
  terminalTotalDifficultyPassed: true,
};

it('is nothing before there are blobs', async () => {
  chain = await createChain({ hardfork: 'shanghai', accounts: { count: 0 } });
  expect(await ethConfig(chain)).toEqual({ current: null, next: null, last: null });
});

it('tells the next fork and the last that is known', async () => {
  const config = { chainId: 7, ...BLOCKS, shanghaiTime: 0, cancunTime: 0, pragueTime: NOW + 10, osakaTime: NOW + 20 };
  chain = await createChain({ genesis: { config, alloc: {}, timestamp: NOW }, accounts: { count: 0 } });
  const { current, next, last } = await ethConfig(chain);
  expect([current?.activationTime, next?.activationTime, last?.activationTime]).toEqual([0, NOW + 10, NOW + 20]);
  expect(current).toMatchObject({ chainId: '0x7', blobSchedule: { target: 3, max: 6 } });
  expect(next).toMatchObject({ blobSchedule: { target: 6, max: 9 } });
  expect(new Set([current?.forkId, next?.forkId, last?.forkId]).size).toBe(3);
});

it('grows by the precompiles and contracts of each fork', async () => {
  const config = { chainId: 7, ...BLOCKS, shanghaiTime: 0, cancunTime: 0, pragueTime: NOW + 10, osakaTime: NOW + 20 };
  chain = await createChain({ genesis: { config, alloc: {}, timestamp: NOW }, accounts: { count: 0 } });
  const { current, next, last } = await ethConfig(chain);
  expect(Object.keys(current?.systemContracts ?? {})).toEqual(['BEACON_ROOTS_ADDRESS']);
  expect(Object.keys(next?.systemContracts ?? {})).toContain('HISTORY_STORAGE_ADDRESS');
  expect(current?.precompiles).not.toHaveProperty('BLS12_G1ADD');
  expect(next?.precompiles).toHaveProperty('BLS12_G1ADD');
  expect(next?.precompiles).not.toHaveProperty('P256VERIFY');
  expect(last?.precompiles['P256VERIFY']).toBe(`0x${'100'.padStart(40, '0')}`);
});

it('tells the height of a fork that comes by height, and its time once it is there', async () => {
  chain = await createChain({
    hardforkSchedule: [
      { name: 'cancun', block: 0 },
      { name: 'prague', block: 2 },
      { name: 'osaka', block: 2 },
    ],
  });
  const before = await ethConfig(chain);
  expect(before.current).toMatchObject({ activationTime: 0, blobSchedule: { max: 6 } });
  expect(before.next).toMatchObject({ activationTime: null, activationBlock: 2, blobSchedule: { max: 9 } });
  expect(before.next?.precompiles).toHaveProperty('P256VERIFY');
  expect(before.last).toEqual(before.next);
  await chain.miner.mine({ blocks: 2 });
  const { current, next, last } = await ethConfig(chain);
  expect(current).toMatchObject({
    activationTime: Number(chain.chain.head.block.header.timestamp),
    activationBlock: 2,
    forkId: before.next?.forkId,
  });
  expect([next, last]).toEqual([null, null]);
});
