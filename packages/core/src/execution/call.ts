import type { BlockRef } from '../blocks/blockTag.ts';
import type { CallResult } from '../executionContract.ts';
import { type ExecutionModules, gasOf, openEnvironment } from './environment.ts';
import { evmFailure } from './failure.ts';
import type { CallRequest, Overrides } from './request.ts';
import { attemptRequest } from './runRequest.ts';

/**
 * `eth_call`: runs a request on a block's state and throws the state away.
 * @throws ExecutionError REVERTED, HALTED, TIMED_OUT and the refusals of {@link attemptRequest}; BlockError.
 */
export async function call(
  modules: ExecutionModules,
  request: CallRequest,
  at: BlockRef,
  overrides?: Overrides,
): Promise<CallResult> {
  const environment = await openEnvironment(modules, at, overrides);
  try {
    const gasLimit = gasOf(request.gasLimit, environment.header, modules.limits);
    const result = await attemptRequest(environment, request, { gasLimit, recording: 'console' });
    const { consoleLines = [] } = result.record ?? {};
    if (consoleLines.length > 0) modules.events.emit('consoleLogged', consoleLines);
    const failure = evmFailure(result);
    if (failure !== undefined) throw failure;
    const { output: returnData, gasUsed } = result;
    return { returnData, gasUsed, consoleLines };
  } finally {
    environment.machine.close();
  }
}
