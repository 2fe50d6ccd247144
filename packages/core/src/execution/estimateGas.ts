import type { BlockRef } from '../blocks/blockTag.ts';
import { feeCapOf } from '../transactions/prices.ts';
import type { TransactionResult } from './engine/machine.ts';
import { type Environment, type ExecutionModules, gasOf, openEnvironment } from './environment.ts';
import { evmFailure } from './failure.ts';
import { executionError } from './faults.ts';
import type { CallRequest, Overrides } from './request.ts';
import { attemptRequest, fieldsOfRequest, isFree, minimumGas, requireMinimumGas, senderOf } from './runRequest.ts';

const succeeded = (result: TransactionResult): boolean => result.halt === undefined;

/** Most gas the sender can be given: the block's, the cap of calls, EIP-7825's, and what its balance pays for at the request's price. */
async function gasAllowance(
  environment: Environment,
  request: CallRequest,
  most: bigint,
  cap: bigint | undefined,
): Promise<bigint> {
  const { machine, common } = environment;
  let allowance = most;
  if (cap !== undefined && allowance > cap) allowance = cap;
  const price = feeCapOf(fieldsOfRequest(request, allowance, common));
  if (price === 0n) return allowance;
  const sender = senderOf(request);
  const balance = (await machine.account(sender))?.balance ?? 0n;
  const value = request.value ?? 0n;
  if (balance < value) {
    throw executionError({ code: 'CALL_FUNDS_INSUFFICIENT', sender: sender.toString(), have: balance, want: value });
  }
  const affordable = (balance - value) / price;
  return affordable < allowance ? affordable : allowance;
}

/** A transfer to an account without code needs the minimum and nothing else. */
async function isPlainTransfer(environment: Environment, request: CallRequest): Promise<boolean> {
  const { machine } = environment;
  if (request.to === undefined || request.to === null) return false;
  if ((request.data?.length ?? 0) > 0 || request.accessList !== undefined) return false;
  if (request.authorizationList !== undefined || request.blobVersionedHashes !== undefined) return false;
  if (machine.isPrecompile(request.to)) return false;
  return (await machine.code(request.to)).length === 0;
}

/** @param low not enough. @param high enough. */
async function search(environment: Environment, request: CallRequest, low: bigint, high: bigint): Promise<bigint> {
  let [below, enough] = [low, high];
  while (below + 1n < enough) {
    // Most calls need little; a plain midpoint of a large allowance wastes rounds.
    const middle = (below + enough) / 2n;
    const attempt = middle > below * 2n && below > 0n ? below * 2n : middle;
    if (succeeded(await attemptRequest(environment, request, { gasLimit: attempt }))) enough = attempt;
    else below = attempt;
  }
  return enough;
}

/** EIP-7825's cap, which calls are not bound by, but the transaction will be. */
function capFor({ header }: Environment, { hardforks }: ExecutionModules): bigint | undefined {
  const blocks = hardforks.commonAt(header.number, header.timestamp);
  return blocks.isActivatedEIP(7825) ? blocks.param('maxTransactionGasLimit') : undefined;
}

/** @throws ExecutionError why it fails even with all the gas that it can have. */
async function runWithAll(
  environment: Environment,
  request: CallRequest,
  allowance: bigint,
  modules: ExecutionModules,
) {
  const full = await attemptRequest(environment, request, { gasLimit: allowance, recording: 'console' });
  const failure = evmFailure(full);
  if (failure === undefined) return full;
  // The transaction will not be sent: this is the only run whose console lines anybody can see.
  const { consoleLines = [] } = full.record ?? {};
  if (consoleLines.length > 0) modules.events.emit('consoleLogged', consoleLines);
  const { fault } = failure;
  if (fault.code === 'HALTED' && fault.halt === 'OutOfGas') {
    throw executionError({ code: 'GAS_ALLOWANCE_EXCEEDED', allowance }, { cause: failure });
  }
  throw failure;
}

/** A tip without a cap says nothing of what may be paid, and no gas depends on it. */
function withoutLoneTip(request: CallRequest): CallRequest {
  if (request.maxPriorityFeePerGas === undefined || request.maxFeePerGas !== undefined) return request;
  const { maxPriorityFeePerGas: _, ...rest } = request;
  return rest;
}

async function leastGas(environment: Environment, request: CallRequest, modules: ExecutionModules): Promise<bigint> {
  const { common, header } = environment;
  const most = gasOf(request.gasLimit, header, modules.limits);
  const allowance = await gasAllowance(environment, request, most, capFor(environment, modules));
  const fields = fieldsOfRequest(request, allowance, common);
  try {
    requireMinimumGas(fields, common);
  } catch (cause) {
    throw executionError({ code: 'GAS_ALLOWANCE_EXCEEDED', allowance }, { cause });
  }
  const minimum = minimumGas(fields, common);
  if (await isPlainTransfer(environment, request)) {
    // Whether an unnamed sender has the money nobody asks.
    if (request.from === undefined && isFree(request)) return minimum;
    if (succeeded(await attemptRequest(environment, request, { gasLimit: minimum }))) return minimum;
  }
  const { gasBeforeRefund: used } = await runWithAll(environment, request, allowance, modules);
  const likely = used > minimum ? used : minimum;
  if (likely >= allowance) return allowance;
  if (succeeded(await attemptRequest(environment, request, { gasLimit: likely }))) return likely;
  return search(environment, request, likely, allowance);
}

/**
 * `eth_estimateGas`: the least gas with which the request succeeds. What it used before refunds is tried first and is nearly
 * always the answer; where forwarded gas decides (EIP-150) a search follows, to the exact figure where geth stops 1.5 % short.
 * @throws ExecutionError REVERTED or HALTED when no gas is enough, GAS_ALLOWANCE_EXCEEDED, TIMED_OUT; BlockError.
 */
export async function estimateGas(
  modules: ExecutionModules,
  request: CallRequest,
  at: BlockRef,
  overrides?: Overrides,
): Promise<bigint> {
  const environment = await openEnvironment(modules, at, overrides);
  try {
    return await leastGas(environment, withoutLoneTip(request), modules);
  } finally {
    environment.machine.close();
  }
}
