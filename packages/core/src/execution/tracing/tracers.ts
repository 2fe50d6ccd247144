import { executionError } from '../faults.ts';
import { FrameTracer } from './frameTracer.ts';
import { PrestateTracer } from './prestate.ts';
import { StructLogger } from './structLog.ts';
import type { Tracer, TraceSubject } from './tracer.ts';
import type { TraceOptions } from './traceTypes.ts';

/** The built-in tracers by name. */
const TRACERS: Readonly<Record<string, (subject: TraceSubject, options: TraceOptions) => Tracer | Promise<Tracer>>> = {
  callTracer: ({ gasLimit, budget }, { tracerConfig = {} }) => new FrameTracer(tracerConfig, gasLimit, budget),
  prestateTracer: (subject, { tracerConfig = {} }) => PrestateTracer.open(subject, tracerConfig),
};

/** Whether a tracer looks at the state after the transaction, or reads the state by itself. */
export const needsOwnState = ({ tracer }: TraceOptions): boolean => tracer !== undefined && tracer !== 'callTracer';

/**
 * The tracer that the options name, for a transaction that has not run yet.
 * @throws ExecutionError TRACER_UNKNOWN.
 */
export async function openTracer(subject: TraceSubject, options: TraceOptions): Promise<Tracer> {
  const { tracer } = options;
  if (tracer === undefined) return new StructLogger(options, subject.budget);
  const open = Object.hasOwn(TRACERS, tracer) ? TRACERS[tracer] : undefined;
  if (open === undefined) throw executionError({ code: 'TRACER_UNKNOWN', tracer });
  return open(subject, options);
}
