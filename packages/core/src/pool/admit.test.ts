import type { Common } from '@ethereumjs/common';
import { createTx, type TypedTxData } from '@ethereumjs/tx';
import { beforeAll, describe, expect, it } from 'vitest';
import { address, bytes, GWEI, openHardforks } from '../chain.fixture.ts';
import { type AdmitRules, checkNonce, checkSenderCode, checkTransaction } from './admit.ts';

let commons: Record<string, Common>;
let lax: Common;
beforeAll(async () => {
  const names = ['london', 'shanghai', 'cancun', 'prague', 'osaka'];
  const made = await Promise.all(names.map(async (name) => (await openHardforks(name)).commonAt(0n, 0n)));
  commons = Object.fromEntries(names.map((name, i) => [name, made[i] as Common]));
  lax = (await openHardforks('osaka')).callCommonAt(0n, 0n);
});

const rulesOf = (hardfork: string, rules: Partial<AdmitRules> = {}): AdmitRules => ({
  common: commons[hardfork] as Common,
  gasLimit: 30_000_000n,
  baseFee: GWEI,
  blobBaseFee: 1n,
  ...rules,
});

/** Made under rules without EIP-7825's cap, which the library would enforce in its own words. */
function check(hardfork: string, fields: TypedTxData, rules?: Partial<AdmitRules>, common?: Common): void {
  const prices = { maxFeePerGas: 2n * GWEI, maxPriorityFeePerGas: GWEI };
  const data = { type: 2, gasLimit: 100_000n, to: address('aa'), ...prices, ...fields };
  checkTransaction(
    createTx(data as TypedTxData, { common: common ?? (commons[hardfork] as Common) }),
    rulesOf(hardfork, rules),
  );
}

const BLOB = {
  type: 3,
  maxFeePerBlobGas: 5n,
  blobVersionedHashes: [`0x01${'00'.repeat(31)}`],
} as const;

describe('checkTransaction', () => {
  it.each<[string, string, TypedTxData, Partial<AdmitRules>?]>([
    [
      'a transfer at the price of the block',
      'osaka',
      { gasLimit: 21_000n, maxFeePerGas: GWEI, maxPriorityFeePerGas: 0n },
    ],
    ['gas up to the cap of EIP-7825', 'osaka', { gasLimit: 2n ** 24n }],
    ['more than that before Osaka', 'prague', { gasLimit: 2n ** 24n + 1n }],
    ['blobs at the price of blobs', 'cancun', BLOB, { blobBaseFee: 5n }],
    ['the floor of EIP-7623', 'prague', { data: new Uint8Array(100).fill(1), gasLimit: 21_000n + 4_000n }],
    [
      'what is below that floor before it was there',
      'cancun',
      { data: new Uint8Array(100).fill(1), gasLimit: 22_600n },
    ],
    ['any initcode before EIP-3860', 'london', { to: '', data: new Uint8Array(60_000), gasLimit: 1_000_000n }],
  ])('takes %s (%s)', (_, hardfork, fields, rules) => {
    expect(() => check(hardfork, fields, rules)).not.toThrow();
  });

  it.each<[string, string, TypedTxData, Record<string, unknown>, Partial<AdmitRules>?]>([
    ['INTRINSIC_GAS_LOW', 'osaka', { gasLimit: 20_999n }, { gasLimit: 20_999n, needed: 21_000n }],
    [
      'FLOOR_GAS_LOW',
      'prague',
      { data: new Uint8Array(100).fill(1), gasLimit: 24_999n },
      { gasLimit: 24_999n, needed: 25_000n },
    ],
    ['GAS_LIMIT_ABOVE_CAP', 'osaka', { gasLimit: 2n ** 24n + 1n }, { gasLimit: 2n ** 24n + 1n, cap: 2n ** 24n }],
    [
      'GAS_LIMIT_ABOVE_BLOCK',
      'prague',
      { gasLimit: 30_000_001n },
      { gasLimit: 30_000_001n, blockGasLimit: 30_000_000n },
    ],
    [
      'FEE_CAP_BELOW_BASE_FEE',
      'osaka',
      { maxFeePerGas: GWEI, maxPriorityFeePerGas: 0n },
      { feeCap: GWEI, baseFee: GWEI + 1n },
      { baseFee: GWEI + 1n },
    ],
    ['BLOB_FEE_CAP_TOO_LOW', 'cancun', BLOB, { feeCap: 5n, blobBaseFee: 6n }, { blobBaseFee: 6n }],
    [
      'INITCODE_TOO_LARGE',
      'shanghai',
      { to: '', data: new Uint8Array(49_153), gasLimit: 5_000_000n },
      { size: 49_153, limit: 49_152 },
    ],
  ])('refuses with %s (%s)', (code, hardfork, fields, facts, rules) => {
    // The library refuses large initcode itself, so that one is made under the rules of London.
    const common =
      code === 'INITCODE_TOO_LARGE' ? (commons['london'] as Common) : hardfork === 'osaka' ? lax : undefined;
    expect(() => check(hardfork, fields, rules, common)).toThrow(
      expect.objectContaining({ fault: { code, ...facts } }),
    );
  });
});

describe('checkNonce', () => {
  const tx = (nonce: bigint) => createTx({ nonce, gasPrice: 1n, to: address('aa') }, { common: lax });

  it('takes the account’s nonce and later ones', () => {
    expect(() => checkNonce(tx(3n), address('bb'), 3n)).not.toThrow();
    expect(() => checkNonce(tx(9n), address('bb'), 3n)).not.toThrow();
  });

  it('refuses one that is used, with both figures', () => {
    expect(() => checkNonce(tx(2n), address('bb'), 3n)).toThrow('nonce too low: next nonce 3, tx nonce 2');
  });
});

describe('checkSenderCode', () => {
  it('takes accounts without code and with a delegation (EIP-7702), and no contract (EIP-3607)', () => {
    expect(() => checkSenderCode(address('aa'), new Uint8Array())).not.toThrow();
    expect(() => checkSenderCode(address('aa'), bytes(`0xef0100${'11'.repeat(20)}`))).not.toThrow();
    expect(() => checkSenderCode(address('aa'), bytes('0x00'))).toThrow('sender not an eoa');
  });
});
