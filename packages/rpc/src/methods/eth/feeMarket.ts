import { quantityFromBigInt as quantity } from '@minichain/protocol';
import { blockNumberOrTag } from '../../codecs/blockRef.ts';
import { type Codec, list, mismatch } from '../../codecs/codec.ts';
import { count } from '../../codecs/scalars.ts';
import { method, optional, required, type Serve } from '../../method.ts';

const percentile: Codec<number> = {
  expected: 'a percentile from 0 to 100',
  decode: (value) => {
    if (typeof value !== 'number') throw mismatch(percentile.expected, value);
    return value;
  },
};

/** Prices in wei per gas (execution-apis `fee_market.yaml`). */
export const feeMarket = {
  eth_gasPrice: method({ params: [], run: (c) => c.chain.fees.gasPrice(), result: quantity }),
  eth_maxPriorityFeePerGas: method({ params: [], run: (c) => c.chain.fees.suggestedTip(), result: quantity }),
  eth_blobBaseFee: method({ params: [], run: (c) => c.chain.fees.nextBlobBaseFee() ?? 0n, result: quantity }),
  eth_baseFee: method({
    params: [],
    run: (c) => c.chain.fees.nextBaseFee(),
    result: (fee) => (fee === undefined ? null : quantity(fee)),
  }),
  eth_feeHistory: method({
    params: [
      required('blockCount', count),
      required('newestBlock', blockNumberOrTag),
      optional('rewardPercentiles', list(percentile)),
    ],
    run: (c, size, newest, percentiles) => c.chain.fees.history(size, newest, percentiles),
    result: (history) => ({
      oldestBlock: quantity(history.oldestBlock),
      ...(history.reward === undefined ? {} : { reward: history.reward.map((tips) => tips.map(quantity)) }),
      baseFeePerGas: history.baseFeePerGas.map(quantity),
      gasUsedRatio: history.gasUsedRatio,
      baseFeePerBlobGas: history.baseFeePerBlobGas.map(quantity),
      blobGasUsedRatio: history.blobGasUsedRatio,
    }),
  }),
} satisfies Partial<Serve>;
