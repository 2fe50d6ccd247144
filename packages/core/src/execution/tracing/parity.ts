import type { TypedTransaction } from '@ethereumjs/tx';
import { Address } from '@ethereumjs/util';
import type { BlockRef } from '../../blocks/blockTag.ts';
import { decodeTransaction } from '../../transactions/decode.ts';
import type { TransactionRun } from '../engine/machine.ts';
import { type Environment, gasOf, openEnvironment } from '../environment.ts';
import { runRequest, senderOf, txOfRequest } from '../runRequest.ts';
import { viewOf } from './replay.ts';
import type { TraceModules } from './trace.ts';
import { TraceBudget } from './traceBudget.ts';
import type { TraceSubject } from './tracer.ts';
import { openTracer } from './tracers.ts';
import type { ParityCall, ParityWanted, TraceResult } from './traceTypes.ts';

interface Setting {
  readonly environment: Environment;
  readonly budget: TraceBudget;
}

function subjectOf(
  { environment, budget }: Setting,
  { sender, gasLimit, tx }: Pick<TraceSubject, 'sender' | 'gasLimit' | 'tx'>,
): TraceSubject {
  const { machine, header } = environment;
  return {
    ...{ budget, sender, gasLimit, tx },
    ...{ header, coinbase: header.coinbase },
    view: () => viewOf(machine),
    isPrecompile: (address) => machine.isPrecompile(new Address(address)),
  };
}

/**
 * `trace_callMany`: calls one after the other on the state after the block, each seeing what those before it did.
 * @throws ExecutionError, BlockError.
 */
export async function traceCalls(
  modules: TraceModules,
  calls: readonly ParityCall[],
  at: BlockRef,
): Promise<TraceResult[]> {
  // A state of its own, into which the calls write.
  const environment = await openEnvironment(modules, at, { block: {} });
  const setting = { environment, budget: new TraceBudget(modules.limits.traceLimitBytes) };
  try {
    const results: TraceResult[] = [];
    for (const { request, wanted } of calls) {
      const gasLimit = gasOf(request.gasLimit, environment.header, modules.limits);
      const tx = () => txOfRequest(request, gasLimit, environment.common);
      const observer = await openTracer(subjectOf(setting, { sender: senderOf(request), gasLimit, tx }), {
        parity: wanted,
      });
      const result = await runRequest(environment, request, { gasLimit, observer });
      results.push((await observer.finish(result)) as TraceResult);
    }
    return results;
  } finally {
    environment.machine.close();
  }
}

/** `trace_rawTransaction`: a signed transaction on the state after the block. @throws TransactionError, ExecutionError. */
export async function traceRaw(
  modules: TraceModules,
  raw: Uint8Array,
  { wanted, at }: { readonly wanted: ParityWanted; readonly at: BlockRef },
): Promise<TraceResult> {
  const environment = await openEnvironment(modules, at, { block: {} });
  const { machine, header, common } = environment;
  try {
    const { tx, sender } = decodeTransaction(raw, common) as { tx: TypedTransaction; sender: Address };
    const setting = { environment, budget: new TraceBudget(modules.limits.traceLimitBytes) };
    const subject = subjectOf(setting, { sender, gasLimit: tx.gasLimit, tx: () => tx });
    const observer = await openTracer(subject, { parity: wanted });
    const run: TransactionRun = {
      ...{ fields: tx, typed: () => tx, sender, header, gasUsedBefore: 0n, anyGasLimit: true, observer },
    };
    return (await observer.finish(await machine.run(run))) as TraceResult;
  } finally {
    machine.close();
  }
}
