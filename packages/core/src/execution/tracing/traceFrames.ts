import type { TypedTransaction } from '@ethereumjs/tx';
import type { BlockRef } from '../../blocks/blockTag.ts';
import type { ExecutedBlock } from '../../blocks/executedBlock.ts';
import { type ExecutionModules, gasOf, openEnvironment } from '../environment.ts';
import type { CallRequest, Overrides } from '../request.ts';
import { attemptRequest } from '../runRequest.ts';
import { FrameTracer } from './frameTracer.ts';
import { openReplay } from './replay.ts';
import { TraceBudget } from './traceBudget.ts';
import type { TraceOptions, TraceResult } from './traceTypes.ts';

/** A transaction of a block with its trace. */
export interface TracedTransaction {
  readonly hash: Uint8Array;
  readonly result: TraceResult;
}

/** Whether messages alone say all that is asked for. */
export const needsOnlyFrames = ({ tracer, tracerConfig }: TraceOptions): boolean =>
  tracer === 'callTracer' && tracerConfig?.withLog !== true;

/**
 * Call trees of a block's transactions by an engine that tells of its messages, far faster than by listening to opcodes.
 * @returns undefined where the engine does not, or cannot say what went wrong in geth's words.
 */
export async function traceBlockFrames(
  modules: ExecutionModules,
  executed: ExecutedBlock,
  only: number | undefined,
  options: TraceOptions,
): Promise<TracedTransaction[] | undefined> {
  const replay = await openReplay(modules, executed, modules.machines.open);
  try {
    if (!replay.machine.observesMessages) return undefined;
    const budget = new TraceBudget(modules.limits.traceLimitBytes);
    const { transactions } = executed.block;
    const traced: TracedTransaction[] = [];
    for (let index = 0; index <= (only ?? transactions.length - 1); index++) {
      const isTraced = only === undefined || index === only;
      const tracer = isTraced ? new FrameTracer(options.tracerConfig ?? {}, budget) : undefined;
      const result = await replay.next(tracer);
      if (tracer === undefined) continue;
      const tx = transactions[index] as TypedTransaction;
      const frame = tracer.finish(result, tx.gasLimit);
      if (frame === undefined) return undefined;
      traced.push({ hash: tx.hash(), result: { type: 'call', frame } });
    }
    return traced;
  } finally {
    replay.machine.close();
  }
}

/** The same of a call. @throws as runRequest does. */
export async function traceCallFrames(
  modules: ExecutionModules,
  request: CallRequest,
  at: BlockRef,
  options: TraceOptions & { overrides?: Overrides },
): Promise<TraceResult | undefined> {
  const environment = await openEnvironment(modules, at, options.overrides);
  const { machine, header } = environment;
  try {
    if (!machine.observesMessages) return undefined;
    const gasLimit = gasOf(request.gasLimit, header, modules.limits);
    const observer = new FrameTracer(options.tracerConfig ?? {}, new TraceBudget(modules.limits.traceLimitBytes));
    const frame = observer.finish(await attemptRequest(environment, request, { gasLimit, observer }), gasLimit);
    return frame === undefined ? undefined : { type: 'call', frame };
  } finally {
    machine.close();
  }
}
