import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openHardforks } from '../chain.fixture.ts';
import { blobFeeAt, excessForBlobFee } from './blobFee.ts';

it.each(['cancun', 'prague', 'bpo2'])(
  '%s: finds the least excess at which blob gas costs that much',
  async (hardfork) => {
    const common = (await openHardforks(hardfork)).commonAt(0n, 0n);
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n }), (wei) => {
        const excess = excessForBlobFee(wei, common);
        expect(blobFeeAt(excess, common)).toBeGreaterThanOrEqual(wei);
        if (excess > 0n) expect(blobFeeAt(excess - 1n, common)).toBeLessThan(wei);
      }),
      { numRuns: 50 },
    );
  },
);
