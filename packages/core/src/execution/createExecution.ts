import type { Execution } from '../executionContract.ts';
import { withoutSidecar } from '../transactions/sidecar.ts';
import { createAccessList } from './accessList.ts';
import { type AheadModules, runAhead } from './ahead.ts';
import { call } from './call.ts';
import { SharedWorlds } from './environment.ts';
import { estimateGas } from './estimateGas.ts';
import type { CallRequest } from './request.ts';
import { simulate } from './simulate/simulate.ts';
import type { TraceModules } from './tracing/trace.ts';

/** Needed by few, and not to start. */
const tracing = () => import('./tracing/trace.ts');
const parity = () => import('./tracing/parity.ts');
const within = () => import('./tracing/withinBlock.ts');
const bundles = () => import('./bundles.ts');

/** The read side that runs code: every function opens its own state and throws it away. */
export function createExecution(given: TraceModules & AheadModules): Execution {
  const modules: TraceModules & AheadModules = { ...given, worlds: new SharedWorlds() };
  const seen = (request: CallRequest) => withoutSidecar(request, modules.hardforks.commonAt(0n, 0n));
  return {
    call: async (given, at, overrides) => {
      const request = seen(given);
      return runAhead(modules, { request, at, overrides }, (among) => call(among, request, at, overrides));
    },
    estimateGas: async (given, at, overrides) => {
      const request = seen(given);
      return runAhead(modules, { request, at, overrides }, (among) => estimateGas(among, request, at, overrides));
    },
    createAccessList: async (request, at, overrides) => createAccessList(modules, seen(request), at, overrides),
    simulate: (payload, at) => simulate(modules, payload, at),
    traceTransaction: async (hash, options) => (await tracing()).traceTransaction(modules, hash, options),
    traceCall: async (request, at, options) => (await tracing()).traceCall(modules, seen(request), at, options),
    traceCalls: async (calls, at) => {
      const known = calls.map(({ request, wanted }) => ({ request: seen(request), wanted }));
      return (await parity()).traceCalls(modules, known, at);
    },
    storageAt: async (place) => (await import('./tracing/storageAt.ts')).storageAt(modules, place),
    traceRaw: async (raw, options) => (await parity()).traceRaw(modules, raw, options),
    decodeTracedBlock: async (rlp) => (await tracing()).decodeTracedBlock(modules, rlp),
    traceBlock: async (block, options) => (await tracing()).traceBlock(modules, block, options),
    callMany: async (given, options) => {
      const known = given.map((bundle) => ({ ...bundle, calls: bundle.calls.map(seen) }));
      return (await bundles()).callMany(modules, known, options);
    },
    callBundle: async (bundle) => (await bundles()).callBundle(modules, bundle),
    accountWithin: async (place, address) => (await within()).accountWithin(modules, place, address),
    intermediateRoots: async (executed) => (await within()).intermediateRoots(modules, executed),
    witness: async (executed) => (await import('./tracing/witness.ts')).executionWitness(modules, executed),
  };
}
