import type { BlockHeader } from '@ethereumjs/block';
import type { TypedTransaction } from '@ethereumjs/tx';
import type { Address } from '@ethereumjs/util';
import { floorGasOf } from '../../transactions/floorGas.ts';
import { feeCapOf, tipCapOf, worstCost } from '../../transactions/prices.ts';
import { withSender } from '../../transactions/sender.ts';
import { withoutSidecar } from '../../transactions/sidecar.ts';
import { txFromRequest, typeFromRequest } from '../../transactions/txData.ts';
import type { BlockPrices, Machine, TransactionResult } from '../engine/machine.ts';
import { executionError } from '../faults.ts';
import type { CallRequest } from '../request.ts';
import { minimumGas, senderOf } from '../runRequest.ts';
import type { TraceObserver } from '../traceObserver.ts';

/** What a call of a simulated block runs in. */
export interface CallEnvironment {
  readonly machine: Machine;
  readonly header: BlockHeader;
  readonly validation: boolean;
  readonly gasUsed: bigint;
  /** What is left of the whole request's gas. */
  readonly gasBudget: bigint;
  readonly observer?: TraceObserver;
}

export interface RanCall {
  readonly tx: TypedTransaction;
  readonly sender: Address;
  readonly result: TransactionResult;
  readonly maxUsedGas: bigint;
}

const MAX_NONCE = 2n ** 64n - 1n;
const refused = (rpcCode: number, detail: string) => executionError({ code: 'SIMULATION_REFUSED', rpcCode, detail });

/** Gas of a call: what it asks for, else what is left of the block; at most what is left of the request. */
function gasFor({ gasLimit }: CallRequest, { header, gasUsed, gasBudget }: CallEnvironment): bigint {
  const wanted = gasLimit ?? header.gasLimit - gasUsed;
  if (gasUsed + wanted > header.gasLimit) {
    throw refused(-38015, `block gas limit reached: ${gasUsed + wanted} > ${header.gasLimit}`);
  }
  return wanted < gasBudget ? wanted : gasBudget;
}

/** An unsigned transaction whose signature fields are zeros, so that it has a hash. */
function transactionOf(request: CallRequest, nonce: bigint, gasLimit: bigint, { machine }: CallEnvironment) {
  const { common } = machine;
  const type = typeFromRequest(request, common);
  const seen = withoutSidecar(request, common);
  const made = txFromRequest({ ...seen, type, gasLimit, nonce: 0n }, { common });
  // The library takes neither the last nonce nor a legacy v of 0 from outside.
  const tx = Object.assign(made, { nonce, v: 0n, r: 0n, s: 0n });
  return withSender(tx, senderOf(request));
}

function checkNonce(tx: TypedTransaction, accountNonce: bigint): void {
  const facts = `address ${tx.getSenderAddress()}, tx: ${tx.nonce} state: ${accountNonce}`;
  if (tx.nonce < accountNonce) throw refused(-38010, `nonce too low: ${facts}`);
  if (tx.nonce > accountNonce) throw refused(-38011, `nonce too high: ${facts}`);
  if (tx.nonce >= MAX_NONCE) throw refused(-32603, `nonce has max value: ${facts}`);
}

/** A call that offers nothing pays nothing, unless the block is to be valid. */
const paysNothing = (tx: TypedTransaction, validation: boolean): boolean =>
  !validation && feeCapOf(tx) === 0n && tipCapOf(tx) === 0n;

function checkPrices(tx: TypedTransaction, { header, validation }: CallEnvironment): void {
  const [feeCap, baseFee] = [feeCapOf(tx), header.baseFeePerGas];
  const who = `address ${tx.getSenderAddress()}`;
  if (baseFee !== undefined && feeCap < baseFee && !paysNothing(tx, validation)) {
    const facts = `${who}, maxFeePerGas: ${feeCap}, baseFee: ${baseFee}`;
    throw refused(-38012, `max fee per gas less than block base fee: ${facts}`);
  }
  if (!('maxFeePerBlobGas' in tx) || (!validation && tx.maxFeePerBlobGas === 0n)) return;
  const blobFee = header.getBlobGasPrice();
  if (tx.maxFeePerBlobGas >= blobFee) return;
  const facts = `${who}, maxFeePerBlobGas: ${tx.maxFeePerBlobGas}, blobBaseFee: ${blobFee}`;
  throw refused(-38012, `max fee per blob gas less than block blob gas fee: ${facts}`);
}

function checkGas(tx: TypedTransaction, { machine }: CallEnvironment): void {
  const needed = minimumGas(tx, machine.common);
  if (tx.gasLimit < needed) throw refused(-38013, `intrinsic gas too low: have ${tx.gasLimit}, want ${needed}`);
}

/** What the library would refuse in words of its own when it makes the transaction. */
function checkRequest(request: CallRequest, { machine }: CallEnvironment): void {
  const { maxFeePerGas: feeCap, maxPriorityFeePerGas: tip, gasPrice, data, to } = request;
  const most = feeCap ?? gasPrice ?? 0n;
  if (tip !== undefined && tip > most) {
    const facts = `address ${senderOf(request)}, maxPriorityFeePerGas: ${tip}, maxFeePerGas: ${most}`;
    throw refused(-32602, `max priority fee per gas higher than max fee per gas: ${facts}`);
  }
  const isCreate = to === undefined || to === null;
  if (!isCreate || data === undefined || !machine.common.isActivatedEIP(3860)) return;
  const limit = Number(machine.common.param('maxInitCodeSize'));
  if (data.length <= limit) return;
  throw refused(-38025, `max initcode size exceeded: code size ${data.length}, limit ${limit}`);
}

/** What fees are settled by; the code that runs sees the header's own prices. */
function settlementPrices(tx: TypedTransaction, { header, validation }: CallEnvironment): BlockPrices {
  const hasFreeBlobs = !validation && 'maxFeePerBlobGas' in tx && tx.maxFeePerBlobGas === 0n;
  const blobBaseFee = header.excessBlobGas === undefined ? undefined : header.getBlobGasPrice();
  return {
    baseFee: paysNothing(tx, validation) && header.baseFeePerGas !== undefined ? 0n : header.baseFeePerGas,
    blobBaseFee: hasFreeBlobs ? 0n : blobBaseFee,
  };
}

/** Nonces are 64 bits wide: without validation the one after the last is 0. */
async function wrapNonce(machine: Machine, sender: Address): Promise<void> {
  const nonce = (await machine.account(sender))?.nonce ?? 0n;
  if (nonce > MAX_NONCE) await machine.edit((state) => state.modifyAccountFields(sender, { nonce: 0n }));
}

/**
 * Runs one call of a simulated block as a transaction. A contract may send, and unless the block is to be valid nonces are
 * free and a call that offers no price pays none.
 * @throws ExecutionError SIMULATION_REFUSED with the specification's code; a failing execution is a result.
 */
export async function simulateCall(request: CallRequest, environment: CallEnvironment): Promise<RanCall> {
  const { machine, header, validation, gasUsed, observer } = environment;
  const sender = senderOf(request);
  const account = await machine.account(sender);
  checkRequest(request, environment);
  const gasLimit = gasFor(request, environment);
  const tx = transactionOf(request, request.nonce ?? account?.nonce ?? 0n, gasLimit, environment);
  if (validation) checkNonce(tx, account?.nonce ?? 0n);
  checkPrices(tx, environment);
  const [have, want] = [account?.balance ?? 0n, worstCost(tx)];
  if (have < want) {
    const facts = `address ${sender} have ${have} want ${want}`;
    throw refused(-38014, `insufficient funds for gas * price + value: ${facts} (supplied gas ${gasLimit})`);
  }
  checkGas(tx, environment);
  const result = await machine.run({
    fields: tx,
    typed: () => tx,
    sender,
    header,
    prices: settlementPrices(tx, environment),
    gasUsedBefore: gasUsed,
    ...{ anyNonce: true, anySender: true },
    ...(observer === undefined ? {} : { observer }),
  });
  if (!validation) await wrapNonce(machine, sender);
  const peak = result.gasBeforeRefund;
  const floor = floorGasOf(tx, machine.common);
  return { tx, sender, result, maxUsedGas: peak > floor ? peak : floor };
}
