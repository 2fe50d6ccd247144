import type { BlockHeader } from '@ethereumjs/block';
import type { Common } from '@ethereumjs/common';
import type { TypedTransaction } from '@ethereumjs/tx';
import { Address, EthereumJSError } from '@ethereumjs/util';
import { feeCapOf, worstCost } from '../transactions/prices.ts';
import { withSender } from '../transactions/sender.ts';
import type { TransactionFields } from '../transactions/transactionFields.ts';
import { reasonFromLibrary, requireType, txFromRequest, typeFromRequest } from '../transactions/txData.ts';
import { forkRules } from './engine/forkRules.ts';
import { gasBounds } from './engine/intrinsicGas.ts';
import type { MaybePromise, Recording, TransactionResult, TransactionRun } from './engine/machine.ts';
import type { Environment } from './environment.ts';
import { executionError } from './faults.ts';
import type { CallRequest } from './request.ts';
import type { TraceObserver } from './traceObserver.ts';

const ZERO_ADDRESS = new Address(new Uint8Array(20));
const NO_DATA = new Uint8Array();
/** Bounds below which no product or sum of them leaves 256 bits. */
const MOST_64 = 2n ** 63n;
const MOST_128 = 2n ** 128n;

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

/** Nothing that a library's constructor looks at: no list, no blob, no number beyond what it takes, no initcode. */
function isPlain(request: CallRequest): boolean {
  const { authorizationList, blobs, blobVersionedHashes, accessList, to, nonce = 0n, value = 0n } = request;
  const { gasPrice = 0n, maxFeePerGas = 0n, maxPriorityFeePerGas = 0n } = request;
  if (authorizationList !== undefined || blobs !== undefined || blobVersionedHashes !== undefined) return false;
  if (accessList !== undefined || to === undefined || to === null) return false;
  if (nonce >= MOST_64 || value >= MOST_128 || maxPriorityFeePerGas > maxFeePerGas) return false;
  return gasPrice < MOST_128 && maxFeePerGas < MOST_128;
}

/**
 * What a request is as a transaction. Making the library's takes longer than running most calls, so that it is only made for
 * what it might refuse, and for machines that need it.
 * @throws ExecutionError CALL_TIP_ABOVE_FEE_CAP; TransactionError.
 */
export function fieldsOfRequest(request: CallRequest, gasLimit: bigint, common: Common): TransactionFields {
  // EIP-2780 has rules of its own for what a transaction costs.
  if (!isPlain(request) || gasLimit >= MOST_64 || common.isActivatedEIP(2780))
    return txOfRequest(request, gasLimit, common);
  const type = typeFromRequest(untyped(request), common);
  requireType(type, common);
  const { gasPrice = 0n, maxFeePerGas, maxPriorityFeePerGas } = request;
  const prices =
    type < 2
      ? { gasPrice }
      : { maxFeePerGas: maxFeePerGas ?? gasPrice, maxPriorityFeePerGas: maxPriorityFeePerGas ?? gasPrice };
  return {
    type,
    gasLimit,
    nonce: request.nonce ?? 0n,
    value: request.value ?? 0n,
    data: request.data ?? NO_DATA,
    to: request.to as Address,
    ...prices,
  };
}

function bounds(fields: TransactionFields | TypedTransaction, common: Common): { intrinsic: bigint; floor: bigint } {
  const { floor, intrinsic } = gasBounds(fields, forkRules(common));
  return { floor, intrinsic: 'getIntrinsicGas' in fields ? fields.getIntrinsicGas() : intrinsic };
}

/** Gas that the transaction costs before its first opcode, floor included (EIP-7623). */
export function minimumGas(fields: TransactionFields | TypedTransaction, common: Common): bigint {
  const { intrinsic, floor } = bounds(fields, common);
  return intrinsic > floor ? intrinsic : floor;
}

/** @throws ExecutionError INTRINSIC_GAS_TOO_LOW. */
export function requireMinimumGas(fields: TransactionFields, common: Common): void {
  const { gasLimit } = fields;
  const { intrinsic, floor } = bounds(fields, common);
  if (gasLimit < intrinsic) throw executionError({ code: 'INTRINSIC_GAS_TOO_LOW', gasLimit, needed: intrinsic });
  if (gasLimit < floor) throw executionError({ code: 'INTRINSIC_GAS_TOO_LOW', gasLimit, needed: floor, isFloor: true });
}

function checkPrices(fields: TransactionFields, header: BlockHeader): void {
  const [feeCap, baseFee] = [feeCapOf(fields), header.baseFeePerGas];
  if (baseFee !== undefined && feeCap < baseFee) {
    throw executionError({ code: 'CALL_FEE_CAP_BELOW_BASE_FEE', feeCap, baseFee });
  }
}

/**
 * What stops a transaction before its first opcode: too little gas, too little money.
 * @throws ExecutionError INTRINSIC_GAS_TOO_LOW, CALL_FUNDS_INSUFFICIENT.
 */
async function checkRunnable(
  fields: TransactionFields,
  sender: Address,
  { machine, common }: Environment,
): Promise<void> {
  requireMinimumGas(fields, common);
  const want = worstCost(fields);
  if (want === 0n) return;
  const have = (await machine.account(sender))?.balance ?? 0n;
  if (have < want) throw executionError({ code: 'CALL_FUNDS_INSUFFICIENT', sender: sender.toString(), have, want });
}

function checkBlobPrice({ maxFeePerBlobGas: feeCap }: TransactionFields, header: BlockHeader): void {
  if (feeCap === undefined) return;
  const blobFee = header.getBlobGasPrice();
  if (feeCap >= blobFee) return;
  const facts = `maxFeePerBlobGas: ${feeCap}, blobBaseFee: ${blobFee}`;
  const detail = `max fee per blob gas less than block blob gas fee: ${facts}`;
  throw executionError({ code: 'CALL_INVALID', detail });
}

/** Headers as free calls see them, by the header that others see. */
const freeHeaders = new WeakMap<BlockHeader, BlockHeader>();

/** The same object for each call, so that a machine can tell that it knows the block. */
function freeHeader(header: BlockHeader): BlockHeader {
  const known = freeHeaders.get(header);
  if (known !== undefined) return known;
  const seen: BlockHeader = Object.create(header, { baseFeePerGas: { value: 0n } });
  freeHeaders.set(header, seen);
  return seen;
}

/** The header that a request sees: free calls and free blobs see prices of zero. */
function headerFor(request: CallRequest, header: BlockHeader): BlockHeader {
  const seen = isFree(request) && header.baseFeePerGas !== undefined ? freeHeader(header) : header;
  if (request.blobVersionedHashes === undefined || request.maxFeePerBlobGas) return seen;
  return Object.create(seen, { getBlobGasPrice: { value: () => 0n } });
}

export interface RequestOptions {
  readonly gasLimit: bigint;
  readonly recording?: Recording;
  readonly observer?: TraceObserver;
}

/** A request as a run: a stale nonce is ignored, a contract may be the sender, and the block's gas limit does not bind. */
async function runOfRequest(environment: Environment, request: CallRequest, options: RequestOptions) {
  const { gasLimit, ...wanted } = options;
  const fields = fieldsOfRequest(request, gasLimit, environment.common);
  const sender = senderOf(request);
  const header = headerFor(request, environment.header);
  checkPrices(fields, header);
  checkBlobPrice(fields, header);
  await checkRunnable(fields, sender, environment);
  const run: TransactionRun = {
    fields,
    typed: () => txOfRequest(request, gasLimit, environment.common),
    sender,
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
