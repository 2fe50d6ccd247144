import { beforeAll, describe, expect, it } from 'vitest';
import { loadCrypto } from '../crypto/crypto.ts';
import { createHardforks } from './createHardforks.ts';
import { type LimitOptions, paramsFromLimits } from './limits.ts';

let customCrypto: Awaited<ReturnType<typeof loadCrypto>>;
beforeAll(async () => {
  customCrypto = await loadCrypto();
});

function commonWith(limits: Partial<LimitOptions>) {
  const all = { codeSizeLimit: undefined, transactionGasCap: true, ...limits };
  const options = { chainId: 1n, hardfork: 'osaka', genesis: undefined, customCrypto, limits: all };
  return createHardforks(options).commonAt(0n, 0n);
}

describe('paramsFromLimits', () => {
  it('leaves the forks’ own limits alone', () => {
    expect(paramsFromLimits({ codeSizeLimit: undefined, transactionGasCap: true })).toEqual({});
    const common = commonWith({});
    expect(common.param('maxCodeSize')).toBe(24_576n);
    expect(common.param('maxInitCodeSize')).toBe(49_152n);
    expect(common.param('maxTransactionGasLimit')).toBe(2n ** 24n);
  });

  it('raises the size of code, and of initcode to twice that', () => {
    const common = commonWith({ codeSizeLimit: 100_000 });
    expect(common.param('maxCodeSize')).toBe(100_000n);
    expect(common.param('maxInitCodeSize')).toBe(200_000n);
  });

  it('takes limits off', () => {
    const common = commonWith({ codeSizeLimit: Number.POSITIVE_INFINITY, transactionGasCap: false });
    expect(common.param('maxCodeSize')).toBeGreaterThan(10n ** 12n);
    expect(common.param('maxTransactionGasLimit')).toBeGreaterThan(10n ** 12n);
  });

  it('sets the size of initcode by itself', () => {
    const common = commonWith({ initCodeSizeLimit: 60_000 });
    expect([common.param('maxCodeSize'), common.param('maxInitCodeSize')]).toEqual([24_576n, 60_000n]);
    const both = commonWith({ codeSizeLimit: 100, initCodeSizeLimit: Number.POSITIVE_INFINITY });
    expect(both.param('maxCodeSize')).toBe(100n);
    expect(both.param('maxInitCodeSize')).toBeGreaterThan(10n ** 12n);
  });
});
