import type { BlockRef } from '../blocks/blockTag.ts';
import type { CallResult } from '../contract.ts';
import { type ExecutionModules, gasOf, openEnvironment } from './environment.ts';
import { evmFailure } from './failure.ts';
import { recordMessages } from './messageRecorder.ts';
import type { CallRequest, Overrides } from './request.ts';
import { runRequest } from './runRequest.ts';

/**
 * `eth_call`: runs a request on a block's state and throws the state away.
 * @throws ExecutionError REVERTED, HALTED, TIMED_OUT and the refusals of {@link runRequest}; BlockError.
 */
export async function call(
  modules: ExecutionModules,
  request: CallRequest,
  at: BlockRef,
  overrides?: Overrides,
): Promise<CallResult> {
  const environment = await openEnvironment(modules, at, overrides);
  // Never committed: what the call writes stays in the caches and does not cost a trie.
  await environment.vm.evm.journal.checkpoint();
  const recorder = recordMessages(environment.vm.evm, { keepTrace: false });
  const gasLimit = gasOf(request.gasLimit, environment.header, modules.limits);
  const result = await runRequest(environment, request, { gasLimit });
  const consoleLines = recorder.consoleLines();
  if (consoleLines.length > 0) modules.events.emit('consoleLogged', consoleLines);
  const failure = evmFailure(result.execResult);
  if (failure !== undefined) throw failure;
  return {
    returnData: result.execResult.returnValue,
    gasUsed: result.totalGasSpent,
    logs: result.receipt.logs.map(([address, topics, data]) => ({ address, topics, data })),
    consoleLines,
  };
}
