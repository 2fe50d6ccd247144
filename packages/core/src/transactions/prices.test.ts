import { createTx, type TypedTxData } from '@ethereumjs/tx';
import { beforeAll, describe, expect, it } from 'vitest';
import { address, openHardforks, word } from '../chain.fixture.ts';
import type { HardforkControl } from '../hardforks/createHardforks.ts';
import { blobGasOf, effectiveGasPrice, effectiveTip, feeCapOf, tipCapOf, worstCost } from './prices.ts';

let forks: HardforkControl;
beforeAll(async () => {
  forks = await openHardforks();
});
const make = (fields: object) => createTx(fields as TypedTxData, { common: forks.commonAt(0n, 0n) });
const legacy = () => make({ type: 0, gasPrice: 30n, gasLimit: 100n, value: 7n });
const dynamic = () => make({ type: 2, maxFeePerGas: 30n, maxPriorityFeePerGas: 4n, gasLimit: 100n, value: 7n });
const hash = (n: number) => word(n).fill(1, 0, 1);
const blob = (count: number) =>
  make({
    ...{ type: 3, maxFeePerGas: 30n, maxPriorityFeePerGas: 4n, gasLimit: 100n, value: 7n, maxFeePerBlobGas: 3n },
    ...{ to: address('aa'), blobVersionedHashes: Array.from({ length: count }, (_, i) => hash(i)) },
  });

describe('prices of a transaction', () => {
  it('are one figure before EIP-1559 and two after', () => {
    expect([feeCapOf(legacy()), tipCapOf(legacy())]).toEqual([30n, 30n]);
    expect([feeCapOf(dynamic()), tipCapOf(dynamic())]).toEqual([30n, 4n]);
  });

  it.each([
    [0n, 4n, 4n, 30n],
    [10n, 4n, 14n, 20n],
    [28n, 2n, 30n, 2n],
    [30n, 0n, 30n, 0n],
  ])('at a base fee of %d: tip %d, price %d, and %d of a legacy one for the producer', (baseFee, tip, price, rest) => {
    expect(effectiveTip(dynamic(), baseFee)).toBe(tip);
    expect(effectiveGasPrice(dynamic(), baseFee)).toBe(price);
    expect(effectiveTip(legacy(), baseFee)).toBe(rest);
    expect(effectiveGasPrice(legacy(), baseFee)).toBe(30n);
  });

  it('leave a negative tip where the cap does not reach the base fee', () => {
    expect(effectiveTip(dynamic(), 31n)).toBe(-1n);
  });

  it('add up to the worst that can come: gas at the cap, blobs at theirs, and the value', () => {
    expect(worstCost(legacy())).toBe(3007n);
    expect(worstCost(dynamic())).toBe(3007n);
    expect(blobGasOf(blob(2))).toBe(262_144n);
    expect(blobGasOf(dynamic())).toBe(0n);
    expect(worstCost(blob(2))).toBe(3007n + 3n * 262_144n);
  });
});
