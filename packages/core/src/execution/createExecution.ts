import type { Execution } from '../contract.ts';
import { createAccessList } from './accessList.ts';
import { call } from './call.ts';
import { estimateGas } from './estimateGas.ts';
import { simulate } from './simulate/simulate.ts';
import { type TraceModules, traceBlock, traceCall, traceTransaction } from './tracing/trace.ts';

/** The read side that runs code: every function opens its own state and throws it away. */
export function createExecution(modules: TraceModules): Execution {
  return {
    call: (request, at, overrides) => call(modules, request, at, overrides),
    estimateGas: (request, at, overrides) => estimateGas(modules, request, at, overrides),
    createAccessList: (request, at, overrides) => createAccessList(modules, request, at, overrides),
    simulate: (payload, at) => simulate(modules, payload, at),
    traceTransaction: (hash, options) => traceTransaction(modules, hash, options),
    traceCall: (request, at, options) => traceCall(modules, request, at, options),
    traceBlock: (block, options) => traceBlock(modules, block, options),
  };
}
