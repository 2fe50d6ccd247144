import type { RunTxResult } from '@ethereumjs/vm';
import type { BlockRef } from '../blocks/blockTag.ts';
import { feeCapOf } from '../transactions/prices.ts';
import { type Environment, type ExecutionModules, gasOf, openEnvironment } from './environment.ts';
import { evmFailure } from './failure.ts';
import { executionError } from './faults.ts';
import { recordMessages } from './messageRecorder.ts';
import type { CallRequest, Overrides } from './request.ts';
import { minimumGas, runRequest, senderOf, txOfRequest } from './runRequest.ts';

/** Runs the request and takes its effects back. */
async function tryWith(environment: Environment, request: CallRequest, gasLimit: bigint): Promise<RunTxResult> {
  const { journal } = environment.vm.evm;
  await journal.checkpoint();
  try {
    return await runRequest(environment, request, { gasLimit });
  } finally {
    await journal.revert();
  }
}

const succeeded = (result: RunTxResult): boolean => result.execResult.exceptionError === undefined;

/** Most gas the sender can be given: the block's, the cap of calls, EIP-7825's, and what its balance pays for at the request's price. */
async function gasAllowance(
  environment: Environment,
  request: CallRequest,
  most: bigint,
  cap: bigint | undefined,
): Promise<bigint> {
  const { vm, common } = environment;
  let allowance = most;
  if (cap !== undefined && allowance > cap) allowance = cap;
  const price = feeCapOf(txOfRequest(request, allowance, common));
  if (price === 0n) return allowance;
  const sender = senderOf(request);
  const balance = (await vm.stateManager.getAccount(sender))?.balance ?? 0n;
  const value = request.value ?? 0n;
  if (balance < value) {
    throw executionError({ code: 'CALL_FUNDS_INSUFFICIENT', sender: sender.toString(), have: balance, want: value });
  }
  const affordable = (balance - value) / price;
  return affordable < allowance ? affordable : allowance;
}

/** A transfer to an account without code needs the minimum and nothing else. */
async function isPlainTransfer(environment: Environment, request: CallRequest): Promise<boolean> {
  const { vm } = environment;
  if (request.to === undefined || request.to === null) return false;
  if ((request.data?.length ?? 0) > 0 || request.accessList !== undefined) return false;
  if (request.authorizationList !== undefined || request.blobVersionedHashes !== undefined) return false;
  if (vm.evm.getPrecompile?.(request.to) !== undefined) return false;
  return (await vm.stateManager.getCode(request.to)).length === 0;
}

/** @param low not enough. @param high enough. */
async function search(environment: Environment, request: CallRequest, low: bigint, high: bigint): Promise<bigint> {
  let [below, enough] = [low, high];
  while (below + 1n < enough) {
    // Most calls need little; a plain midpoint of a large allowance wastes rounds.
    const middle = (below + enough) / 2n;
    const attempt = middle > below * 2n && below > 0n ? below * 2n : middle;
    if (succeeded(await tryWith(environment, request, attempt))) enough = attempt;
    else below = attempt;
  }
  return enough;
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
  const { common, header } = environment;
  const blocks = modules.hardforks.commonAt(header.number, header.timestamp);
  const cap = blocks.isActivatedEIP(7825) ? blocks.param('maxTransactionGasLimit') : undefined;
  const allowance = await gasAllowance(environment, request, gasOf(request.gasLimit, header, modules.limits), cap);
  const tx = txOfRequest(request, allowance, common);
  const minimum = minimumGas(tx, common);
  if (allowance < minimum) throw executionError({ code: 'GAS_ALLOWANCE_EXCEEDED', allowance });
  if (await isPlainTransfer(environment, request)) {
    const transfer = await tryWith(environment, request, minimum);
    if (succeeded(transfer)) return minimum;
  }
  const recorder = recordMessages(environment.vm.evm, { keepTrace: false });
  const full = await tryWith(environment, request, allowance);
  recorder.stop();
  const failure = evmFailure(full.execResult);
  if (failure !== undefined) {
    // The transaction will not be sent: this is the only run whose console lines anybody can see.
    if (recorder.consoleLines().length > 0) modules.events.emit('consoleLogged', recorder.consoleLines());
    const { fault } = failure;
    if (fault.code === 'HALTED' && fault.halt === 'OutOfGas') {
      throw executionError({ code: 'GAS_ALLOWANCE_EXCEEDED', allowance });
    }
    throw failure;
  }
  // The library reports the refund before its cap (EIP-3529), so what was spent cannot be told from it.
  const used = full.execResult.executionGasUsed + tx.getIntrinsicGas();
  const likely = used > minimum ? used : minimum;
  if (likely >= allowance) return allowance;
  if (succeeded(await tryWith(environment, request, likely))) return likely;
  return search(environment, request, likely, allowance);
}
