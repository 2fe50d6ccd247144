import { hexToBytes, type PrefixedHexString } from '@ethereumjs/util';
import type { CoreMessage } from '@minichain/evm';
import { bloomOfLogs } from '../../blocks/logsBloom.ts';
import { effectiveGasPrice } from '../../transactions/prices.ts';
import { authorize } from './authorizations.ts';
import { checkTransaction } from './checkTransaction.ts';
import type { CoreAccounts, MessageOutcome, TransactionCore } from './coreParts.ts';
import type { ForkRules } from './forkRules.ts';
import { type GasBounds, gasBounds } from './intrinsicGas.ts';
import type { BlockPrices, TransactionResult, TransactionRun } from './machine.ts';

/** A transaction whose message is about to run. */
export interface OpenTransaction {
  readonly run: TransactionRun;
  readonly message: CoreMessage;
  readonly bounds: GasBounds;
  /** What the sender pays per gas, wei. */
  readonly gasPrice: bigint;
  /** Of it, what the block's producer gets. */
  readonly producerPrice: bigint;
  /** By authorisations, before the cap. */
  readonly refund: bigint;
}

const NO_HASHES: readonly Uint8Array[] = [];

/** The prices that fees are settled by. */
export function pricesOf({ header, prices, fields }: TransactionRun): BlockPrices {
  if (prices !== undefined) return prices;
  const hasBlobs = fields.maxFeePerBlobGas !== undefined && header.excessBlobGas !== undefined;
  return { baseFee: header.baseFeePerGas, blobBaseFee: hasBlobs ? header.getBlobGasPrice() : undefined };
}

/** EIP-2929, EIP-2930, EIP-3651. Precompiles are warm to the core anyway, and its message warms what it creates. */
function warm(core: CoreAccounts, { fields, sender, header }: TransactionRun, rules: ForkRules): void {
  if (!rules.hasWarmth) return;
  core.warmAddress(sender.bytes);
  if (fields.to !== undefined) core.warmAddress(fields.to.bytes);
  if (rules.warmsCoinbase) core.warmAddress(header.coinbase.bytes);
  for (const [address, keys] of fields.accessList ?? []) {
    core.warmAddress(address);
    for (const key of keys) core.warmSlot(address, key);
  }
}

/** Gas and blobs are paid before anything runs; the blobs' fee is burned. */
function payUpfront(core: CoreAccounts, run: TransactionRun, gasPrice: bigint, blobFee: bigint): void {
  const { bytes } = run.sender;
  core.setBalance(bytes, core.balance(bytes) - run.fields.gasLimit * gasPrice - blobFee);
  // A creation counts by itself, after the address was made from the nonce.
  if (run.fields.to !== undefined) core.setNonce(bytes, core.nonce(bytes) + 1n);
}

/**
 * Does what comes before a transaction's message: checks, payment, warm addresses, authorisations.
 * @throws ExecutionError CALL_INVALID, before anything was changed.
 */
export function openTransaction(core: TransactionCore, run: TransactionRun, rules: ForkRules) {
  const { fields, sender } = run;
  const bounds = gasBounds(fields, rules);
  const prices = pricesOf(run);
  checkTransaction(core, run, { rules, bounds, prices });
  const gasPrice = effectiveGasPrice(fields, prices.baseFee);
  const { blobVersionedHashes: hashes } = fields;
  core.beginTransaction({
    origin: sender.bytes,
    gasPrice,
    blobHashes: hashes === undefined ? NO_HASHES : hashes.map((hash) => hexToBytes(hash as PrefixedHexString)),
  });
  const blobGas = rules.gasPerBlob * BigInt(hashes?.length ?? 0);
  payUpfront(core, run, gasPrice, blobGas * (prices.blobBaseFee ?? 0n));
  warm(core, run, rules);
  const refund = fields.authorizationList === undefined ? 0n : authorize(core, fields.authorizationList, rules);
  const opened: OpenTransaction = {
    run,
    bounds,
    gasPrice,
    producerPrice: rules.hasBaseFee ? gasPrice - (prices.baseFee ?? 0n) : gasPrice,
    refund,
    message: {
      caller: sender.bytes,
      ...(fields.to === undefined ? {} : { to: fields.to.bytes }),
      value: fields.value,
      data: fields.data,
      gas: fields.gasLimit - bounds.intrinsic,
    },
  };
  return opened;
}

/** What is paid for in the end: less refunds, of which so much counts (EIP-3529), and at least the floor. */
function gasToPay(used: bigint, refund: bigint, floor: bigint, { refundQuotient }: ForkRules): bigint {
  const most = used / refundQuotient;
  const left = used - (refund < most ? refund : most);
  return left < floor ? floor : left;
}

/** Does what comes after a transaction's message: refunds, payments, and what is destroyed or empty goes. */
export function closeTransaction(
  core: TransactionCore,
  opened: OpenTransaction,
  outcome: MessageOutcome,
  rules: ForkRules,
): TransactionResult {
  const { run, bounds, gasPrice, producerPrice, message } = opened;
  const { gasLimit } = run.fields;
  const gasBeforeRefund = bounds.intrinsic + message.gas - outcome.gasLeft;
  const gasUsed = gasToPay(gasBeforeRefund, opened.refund + outcome.refund, bounds.floor, rules);
  const sender = run.sender.bytes;
  const coinbase = run.header.coinbase.bytes;
  core.setBalance(sender, core.balance(sender) + (gasLimit - gasUsed) * gasPrice);
  core.setBalance(coinbase, core.balance(coinbase) + gasUsed * producerPrice);
  const logs = outcome.halt === undefined && run.recording !== 'console' ? core.logs() : [];
  core.endTransaction();
  return {
    gasUsed,
    gasBeforeRefund,
    output: outcome.output,
    halt: outcome.halt,
    logs,
    // Several hashes for each log, which no call asks for.
    get logsBloom() {
      return bloomOfLogs(logs);
    },
  };
}
