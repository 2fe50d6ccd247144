import { type BundleResult, type CallOutcome, LATEST } from '@minichain/core';
import { hexFromBytes as hex, RPC_CODES, type RpcBundledTransaction, RpcError } from '@minichain/protocol';
import { callBundle, type StateContext, signedBundle, stateContext } from '../../codecs/bundles.ts';
import { list } from '../../codecs/codec.ts';
import { stateOverrides } from '../../codecs/overrides.ts';
import { count } from '../../codecs/scalars.ts';
import { method, optional, required, type Serve } from '../../method.ts';

type Bundled = BundleResult['transactions'][number];

const outcomeView = (outcome: CallOutcome) =>
  'returnData' in outcome ? { value: hex(outcome.returnData) } : { error: outcome.error.message };

/** Flashbots tells a failure's bytes besides. */
function revertOf(outcome: CallOutcome): { revert?: string } {
  if ('returnData' in outcome || outcome.error.fault.code !== 'REVERTED') return {};
  return { revert: hex(outcome.error.fault.data) };
}

const perGas = (amount: bigint, gas: bigint): string => (gas === 0n ? 0n : amount / gas).toString();

const transactionView = ({ hash, sender, to, gasUsed, earned, tips, outcome }: Bundled): RpcBundledTransaction => ({
  coinbaseDiff: earned.toString(),
  ethSentToCoinbase: (earned - tips).toString(),
  fromAddress: sender.toString(),
  gasFees: tips.toString(),
  gasPrice: perGas(earned, gasUsed),
  gasUsed: Number(gasUsed),
  toAddress: to?.toString() ?? null,
  txHash: hex(hash),
  ...outcomeView(outcome),
  ...revertOf(outcome),
});

const sum = (transactions: readonly Bundled[], of: (one: Bundled) => bigint): bigint =>
  transactions.reduce((total, one) => total + of(one), 0n);

function bundleView({ hash, stateBlock, transactions }: BundleResult) {
  const [earned, tips] = [sum(transactions, (one) => one.earned), sum(transactions, (one) => one.tips)];
  const gasUsed = sum(transactions, (one) => one.gasUsed);
  return {
    bundleGasPrice: perGas(earned, gasUsed),
    bundleHash: hex(hash),
    coinbaseDiff: earned.toString(),
    ethSentToCoinbase: (earned - tips).toString(),
    gasFees: tips.toString(),
    results: transactions.map(transactionView),
    stateBlockNumber: Number(stateBlock),
    totalGasUsed: Number(gasUsed),
  };
}

/** Several calls or transactions, one after the other, of which nothing stays. */
export const bundle = {
  eth_callMany: method({
    params: [
      required('bundles', list(callBundle)),
      optional('context', stateContext, { at: LATEST } as StateContext),
      optional('stateOverrides', stateOverrides),
      optional('timeoutMs', count),
    ],
    run: (c, bundles, context, state) =>
      c.chain.execution.callMany(bundles, { ...context, ...(state === undefined ? {} : { state }) }),
    result: (results) => results.map((outcomes) => outcomes.map(outcomeView)),
  }),
  eth_callBundle: method({
    params: [required('bundle', signedBundle)],
    run: (c, given) => {
      if (given.transactions.length === 0) throw new RpcError(RPC_CODES.invalidInput, 'bundle missing txs');
      return c.chain.execution.callBundle(given);
    },
    result: bundleView,
  }),
} satisfies Partial<Serve>;
