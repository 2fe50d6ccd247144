import type { BlockHeader } from '@ethereumjs/block';
import type { Common } from '@ethereumjs/common';
import type { TypedTransaction } from '@ethereumjs/tx';
import { Address, EthereumJSError } from '@ethereumjs/util';
import { floorGasOf } from '../transactions/floorGas.ts';
import { feeCapOf, worstCost } from '../transactions/prices.ts';
import { withSender } from '../transactions/sender.ts';
import { reasonFromLibrary, txFromRequest } from '../transactions/txData.ts';
import type { MaybePromise, Recording, TransactionResult, TransactionRun } from './engine/machine.ts';
import type { Environment } from './environment.ts';
import { executionError } from './faults.ts';
import type { CallRequest } from './request.ts';

const ZERO_ADDRESS = new Address(new Uint8Array(20));

/** Sender of a request that names none: the zero address, as in geth. */
export const senderOf = (request: CallRequest): Address => request.from ?? ZERO_ADDRESS;

/** A call without any price pays nothing and sees a base fee of zero (geth's `NoBaseFee`). */
export function isFree(request: CallRequest): boolean {
  return !request.gasPrice && !request.maxFeePerGas && !request.maxPriorityFeePerGas;
}

/** What a call is follows from its fields: its type is ignored as in geth, and a price for blobs it does not have. */
function untyped(request: CallRequest): CallRequest {
  const { type: _, maxFeePerBlobGas, ...fields } = request;
  const hasBlobs = request.blobs !== undefined || request.blobVersionedHashes !== undefined;
  return hasBlobs && maxFeePerBlobGas !== undefined ? { ...fields, maxFeePerBlobGas } : fields;
}

/**
 * The request as a transaction that its sender did not sign.
 * @throws ExecutionError CALL_TIP_ABOVE_FEE_CAP; TransactionError.
 */
export function txOfRequest(request: CallRequest, gasLimit: bigint, common: Common): TypedTransaction {
  const { maxPriorityFeePerGas: tip = 0n, maxFeePerGas: feeCap = 0n } = request;
  if (tip > feeCap) throw executionError({ code: 'CALL_TIP_ABOVE_FEE_CAP', tip, feeCap });
  return withSender(txFromRequest({ ...untyped(request), gasLimit }, { common }), senderOf(request));
}

/** Gas that the transaction costs before its first opcode, floor included (EIP-7623). */
export function minimumGas(tx: TypedTransaction, common: Common): bigint {
  const [intrinsic, floor] = [tx.getIntrinsicGas(), floorGasOf(tx, common)];
  return intrinsic > floor ? intrinsic : floor;
}

function checkPrices(tx: TypedTransaction, header: BlockHeader): void {
  const [feeCap, baseFee] = [feeCapOf(tx), header.baseFeePerGas];
  if (baseFee !== undefined && feeCap < baseFee) {
    throw executionError({ code: 'CALL_FEE_CAP_BELOW_BASE_FEE', feeCap, baseFee });
  }
}

/**
 * What stops a transaction before its first opcode: too little gas, too little money.
 * @throws ExecutionError INTRINSIC_GAS_TOO_LOW, CALL_FUNDS_INSUFFICIENT.
 */
async function checkRunnable(tx: TypedTransaction, { machine, common }: Environment): Promise<void> {
  const needed = minimumGas(tx, common);
  if (tx.gasLimit < needed) throw executionError({ code: 'INTRINSIC_GAS_TOO_LOW', gasLimit: tx.gasLimit, needed });
  const sender = tx.getSenderAddress();
  const have = (await machine.account(sender))?.balance ?? 0n;
  const want = worstCost(tx);
  if (have < want) throw executionError({ code: 'CALL_FUNDS_INSUFFICIENT', sender: sender.toString(), have, want });
}

function checkBlobPrice(tx: TypedTransaction, header: BlockHeader): void {
  if (!('maxFeePerBlobGas' in tx)) return;
  const [feeCap, blobFee] = [tx.maxFeePerBlobGas, header.getBlobGasPrice()];
  if (feeCap >= blobFee) return;
  const facts = `maxFeePerBlobGas: ${feeCap}, blobBaseFee: ${blobFee}`;
  const detail = `max fee per blob gas less than block blob gas fee: ${facts}`;
  throw executionError({ code: 'CALL_INVALID', detail });
}

/** The header that a request sees: free calls and free blobs see prices of zero. */
function headerFor(request: CallRequest, header: BlockHeader): BlockHeader {
  const freeBlobs = !request.maxFeePerBlobGas;
  if (!isFree(request) && !freeBlobs) return header;
  const seen: BlockHeader = Object.create(header, {
    ...(isFree(request) && header.baseFeePerGas !== undefined ? { baseFeePerGas: { value: 0n } } : {}),
    ...(freeBlobs && request.blobVersionedHashes !== undefined ? { getBlobGasPrice: { value: () => 0n } } : {}),
  });
  return seen;
}

export interface RequestOptions {
  readonly gasLimit: bigint;
  readonly recording?: Recording;
  readonly reportsAccessList?: boolean;
}

/** A request as a run: a stale nonce is ignored, a contract may be the sender, and the block's gas limit does not bind. */
async function runOfRequest(environment: Environment, request: CallRequest, options: RequestOptions) {
  const { gasLimit, ...wanted } = options;
  const tx = txOfRequest(request, gasLimit, environment.common);
  const header = headerFor(request, environment.header);
  checkPrices(tx, header);
  checkBlobPrice(tx, header);
  await checkRunnable(tx, environment);
  const run: TransactionRun = {
    fields: tx,
    typed: () => tx,
    sender: tx.getSenderAddress(),
    header,
    gasUsedBefore: 0n,
    ...{ anyNonce: true, anySender: true, anyGasLimit: true },
    ...wanted,
  };
  return run;
}

/** What the library refuses before it runs anything is the caller's mistake, not ours. */
function refusal(error: unknown): unknown {
  if (!(error instanceof EthereumJSError)) return error;
  return executionError({ code: 'CALL_INVALID', detail: reasonFromLibrary(error) }, { cause: error });
}

async function inCallersWords(run: () => MaybePromise<TransactionResult>): Promise<TransactionResult> {
  try {
    return await run();
  } catch (error) {
    throw refusal(error);
  }
}

/**
 * Runs a request as a transaction with exact gas, leaving its effects in the environment's state.
 * @throws ExecutionError INTRINSIC_GAS_TOO_LOW, CALL_FUNDS_INSUFFICIENT, CALL_…; a failing execution is a result, not a throw.
 */
export async function runRequest(
  environment: Environment,
  request: CallRequest,
  options: RequestOptions,
): Promise<TransactionResult> {
  const run = await runOfRequest(environment, request, options);
  return inCallersWords(() => environment.machine.run(run));
}

/** The same, taking the effects back. */
export async function attemptRequest(
  environment: Environment,
  request: CallRequest,
  options: RequestOptions,
): Promise<TransactionResult> {
  const run = await runOfRequest(environment, request, options);
  return inCallersWords(() => environment.machine.attempt(run));
}
