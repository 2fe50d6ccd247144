import type { Common } from '@ethereumjs/common';

/** EIP-4844's price of a blob's gas at an excess: minimum × e^(excess ÷ fraction), in whole numbers. Wei per gas. */
export function blobFeeAt(excess: bigint, common: Common): bigint {
  const { blobGasPriceUpdateFraction: fraction } = common.getBlobGasSchedule();
  let [sum, term] = [0n, common.param('minBlobGas') * fraction];
  for (let i = 1n; term > 0n; i++) {
    sum += term;
    term = (term * excess) / (fraction * i);
  }
  return sum / fraction;
}

/**
 * The least excess at which a blob's gas costs that much. Prices go in steps of whole wei, so that a low one is met exactly
 * and of a high one the next above it.
 * @param wei per blob gas.
 */
export function excessForBlobFee(wei: bigint, common: Common): bigint {
  let high = 1n;
  while (blobFeeAt(high, common) < wei) high *= 2n;
  let low = 0n;
  while (low < high) {
    const middle = (low + high) / 2n;
    if (blobFeeAt(middle, common) < wei) low = middle + 1n;
    else high = middle;
  }
  return low;
}
