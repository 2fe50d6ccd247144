import { describe, expect, it } from 'vitest';
import { faultOf } from './chain.fixture.ts';
import type { GethGenesis } from './chainOptions.ts';
import { resolveOptions } from './resolveOptions.ts';

const genesisOf = (fields: Partial<GethGenesis>, config: Record<string, unknown> = {}): GethGenesis => ({
  config,
  alloc: {},
  ...fields,
});
const fault = (run: () => unknown) => faultOf((async () => run())());

describe('resolveOptions', () => {
  it('decides everything', () => {
    const options = resolveOptions({ now: () => 1_700_000_000_123 });
    expect(options).toMatchObject({
      chainId: 31337n,
      gasLimit: 30_000_000n,
      baseFee: 10n ** 9n,
      timestamp: 1_700_000_000n,
      mining: { type: 'instant' },
      order: 'fees',
      accounts: { count: 10, balance: 10_000n * 10n ** 18n },
    });
    expect(options.randomBytes(32)).toHaveLength(32);
    expect(options.randomBytes(32)).not.toEqual(options.randomBytes(32));
  });

  it('takes what is given, and undefined for nothing', () => {
    const options = resolveOptions({ chainId: 5n, accounts: { count: 2 }, gasLimit: 7n, timestamp: 9n });
    expect(options).toMatchObject({ chainId: 5n, gasLimit: 7n, timestamp: 9n, accounts: { count: 2 } });
    expect(options.accounts.mnemonic).toContain('junk');
    expect(resolveOptions({ order: undefined } as never).order).toBe('fees');
  });

  it('takes chain id, gas limit and time from a genesis', () => {
    const genesis = genesisOf({ gasLimit: '0x1c9c380', timestamp: 12 }, { chainId: 99 });
    expect(resolveOptions({ genesis })).toMatchObject({ chainId: 99n, gasLimit: 30_000_000n, timestamp: 12n });
    expect(resolveOptions({ genesis, chainId: 7n }).chainId).toBe(7n);
  });

  it.each<[string, GethGenesis]>([
    ['config.chainId 0', genesisOf({}, { chainId: 0 })],
    ['config.chainId 9007199254740993', genesisOf({}, { chainId: '9007199254740993' })],
    ['config.chainId must be a number', genesisOf({}, { chainId: 'one' })],
    ['gasLimit must be a number', genesisOf({ gasLimit: 'much' })],
    ['timestamp must be a number', genesisOf({ timestamp: 'now' })],
  ])('refuses %s', async (words, genesis) => {
    const found = (await fault(() => resolveOptions({ genesis }))) as { code: string; detail: string };
    expect(found.code).toBe('GENESIS_INVALID');
    expect(found.detail).toContain(words);
  });
});
