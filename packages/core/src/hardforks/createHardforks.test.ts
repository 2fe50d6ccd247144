import { Hardfork } from '@ethereumjs/common';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadCrypto } from '../crypto/crypto.ts';
import { createHardforks } from './createHardforks.ts';
import { HARDFORK_NAMES, hardforkFromName } from './schedule.ts';

let customCrypto: Awaited<ReturnType<typeof loadCrypto>>;
beforeAll(async () => {
  customCrypto = await loadCrypto();
});
const make = (hardfork: string, genesis?: { config: Record<string, unknown>; alloc: Record<string, never> }) =>
  createHardforks({
    chainId: 31337n,
    hardfork,
    genesis,
    customCrypto,
    limits: { codeSizeLimit: undefined, transactionGasCap: true },
  });

describe('createHardforks', () => {
  it.each(HARDFORK_NAMES)('%s is active from block 0', (name) => {
    const forks = make(name);
    expect(forks.commonAt(0n, 0n).hardfork()).toBe(name === 'dao' ? 'dao' : name);
  });

  it('takes the newest mainnet fork for latest, with its blob schedule', () => {
    const common = make('latest').commonAt(0n, 0n);
    expect(common.gteHardfork(Hardfork.Osaka)).toBe(true);
    expect(common.getBlobGasSchedule().maxBlobGasPerBlock).toBe(21n * 131072n);
    expect(make('osaka').commonAt(0n, 0n).getBlobGasSchedule().maxBlobGasPerBlock).toBe(9n * 131072n);
  });

  it('knows names in any case and refuses unknown ones with the list', () => {
    expect(hardforkFromName('CANCUN')).toBe('cancun');
    expect(hardforkFromName('merge')).toBe('paris');
    expect(() => make('atlantis')).toThrow(/unknown hardfork "atlantis"; known are latest, chainstart/);
  });

  it('follows the schedule of a geth genesis, by block and then by time, with its blob schedule', () => {
    const forks = make('latest', {
      alloc: {},
      config: {
        berlinBlock: 2,
        londonBlock: 4,
        mergeNetsplitBlock: 6,
        shanghaiTime: 100,
        cancunTime: 200,
        blobSchedule: { cancun: { target: 1, max: 2, baseFeeUpdateFraction: 99 } },
      },
    });
    expect([0n, 2n, 4n, 6n].map((n) => forks.nameAt(n, 50n))).toEqual(['chainstart', 'berlin', 'london', 'paris']);
    expect(forks.nameAt(7n, 100n)).toBe('shanghai');
    const cancun = forks.commonAt(7n, 200n);
    expect(cancun.hardfork()).toBe('cancun');
    expect(cancun.getBlobGasSchedule()).toEqual({
      targetBlobGasPerBlock: 131072n,
      maxBlobGasPerBlock: 262144n,
      blobGasPriceUpdateFraction: 99n,
    });
  });

  it('lifts the gas cap for calls only, or for all when asked', () => {
    const capped = make('osaka');
    expect(capped.commonAt(0n, 0n).param('maxTransactionGasLimit')).toBe(16777216n);
    expect(capped.callCommonAt(0n, 0n).param('maxTransactionGasLimit')).toBeGreaterThan(2n ** 50n);
    const free = createHardforks({
      chainId: 1n,
      hardfork: 'osaka',
      genesis: undefined,
      customCrypto,
      limits: { codeSizeLimit: 100, transactionGasCap: false },
    });
    expect(free.commonAt(0n, 0n).param('maxTransactionGasLimit')).toBeGreaterThan(2n ** 50n);
    expect(free.commonAt(0n, 0n).param('maxCodeSize')).toBe(100n);
    expect(free.commonAt(0n, 0n).copy().param('maxInitCodeSize')).toBe(200n);
  });

  it('hands out one shared Common per fork, whose copies keep its parameters', () => {
    const forks = make('prague');
    expect(forks.commonAt(0n, 0n)).toBe(forks.commonAt(9n, 9n));
    expect(forks.commonAt(0n, 0n).copy().param('maxBlobGasPerBlock')).toBe(9n * 131072n);
  });
});
