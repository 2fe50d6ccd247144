import { effectiveGasPrice, feeCapOf, worstCost } from '../../transactions/prices.ts';
import { executionError } from '../faults.ts';
import { isDelegation } from './authorizations.ts';
import type { CoreAccounts } from './coreParts.ts';
import type { ForkRules } from './forkRules.ts';
import type { GasBounds } from './intrinsicGas.ts';
import type { BlockPrices, TransactionRun } from './machine.ts';

const invalid = (detail: string) => executionError({ code: 'CALL_INVALID', detail });

function checkGas({ fields, header, anyGasLimit }: TransactionRun, { intrinsic, floor }: GasBounds): void {
  const { gasLimit } = fields;
  if (anyGasLimit !== true && header.gasLimit < gasLimit) throw invalid('tx has a higher gas limit than the block');
  const least = intrinsic > floor ? intrinsic : floor;
  if (gasLimit >= least) return;
  throw invalid(`INTRINSIC_GAS_TOO_LOW: tx gas limit ${gasLimit} is lower than the minimum gas limit of ${least}`);
}

function checkFeeCap({ fields }: TransactionRun, { baseFee }: BlockPrices): void {
  const feeCap = feeCapOf(fields);
  if (baseFee === undefined || feeCap >= baseFee) return;
  const name = fields.maxFeePerGas === undefined ? 'gasPrice' : 'maxFeePerGas';
  throw invalid(`Transaction's ${name} (${feeCap}) is less than the block's baseFeePerGas (${baseFee})`);
}

function checkBlobFeeCap({ fields }: TransactionRun, { blobBaseFee }: BlockPrices): void {
  const { maxFeePerBlobGas: cap } = fields;
  if (cap === undefined || blobBaseFee === undefined || cap >= blobBaseFee) return;
  throw invalid(`Transaction's maxFeePerBlobGas ${cap}) is less than block blobGasPrice (${blobBaseFee}).`);
}

function checkSender(core: CoreAccounts, { sender, anySender }: TransactionRun, rules: ForkRules): void {
  if (anySender === true) return;
  const code = core.code(sender.bytes);
  if (code.length === 0 || (rules.hasDelegation && isDelegation(code))) return;
  throw invalid('invalid sender address, address is not EOA (EIP-3607)');
}

function checkFunds({ sender }: TransactionRun, what: string, cost: bigint, balance: bigint): void {
  if (balance >= cost) return;
  const facts = `${what} is: ${cost} and the sender's account (${sender}) only has: ${balance}`;
  throw invalid(`sender doesn't have enough funds to send tx. The ${facts}`);
}

function checkNonce(core: CoreAccounts, { fields, sender, anyNonce }: TransactionRun): void {
  if (anyNonce === true) return;
  const nonce = core.nonce(sender.bytes);
  if (nonce !== fields.nonce) throw invalid(`nonce does not follow: next nonce ${nonce}, tx nonce ${fields.nonce}`);
}

/**
 * Everything that makes a transaction invalid in its block, in the order of EthereumJS and in the words that the rest of the
 * node knows. Nothing has been changed by then. That the fork has the transaction's type was seen when it was made.
 * @throws ExecutionError CALL_INVALID.
 */
export function checkTransaction(
  core: CoreAccounts,
  run: TransactionRun,
  { rules, bounds, prices }: { readonly rules: ForkRules; readonly bounds: GasBounds; readonly prices: BlockPrices },
): void {
  checkGas(run, bounds);
  const { fields, sender } = run;
  if (rules.hasBaseFee) checkFeeCap(run, prices);
  checkSender(core, run, rules);
  const balance = core.balance(sender.bytes);
  const gasCost = fields.gasLimit * effectiveGasPrice(fields, prices.baseFee);
  checkFunds(run, 'upfront cost', gasCost + fields.value, balance);
  checkBlobFeeCap(run, prices);
  checkFunds(run, 'max cost', worstCost(fields), balance);
  checkNonce(core, run);
}
