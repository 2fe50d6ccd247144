import { executionError } from '../faults.ts';
import { FrameTracer } from './frameTracer.ts';
import { OpcodeGasTracer } from './opcodeGas.ts';
import { ParityTracer } from './parityTracer.ts';
import { PrestateTracer } from './prestate.ts';
import { FlatTracer, MuxTracer, NOOP_TRACER, SelectorTracer } from './smallTracers.ts';
import { StructLogger } from './structLog.ts';
import type { Tracer, TraceSubject } from './tracer.ts';
import type { TraceOptions } from './traceTypes.ts';

type Open = (subject: TraceSubject, options: TraceOptions) => Tracer | Promise<Tracer>;

/** The built-in tracers by name. */
const TRACERS: Readonly<Record<string, Open>> = {
  callTracer: ({ gasLimit, budget }, { tracerConfig = {} }) => new FrameTracer(tracerConfig, gasLimit, budget),
  prestateTracer: (subject, { tracerConfig = {} }) => PrestateTracer.open(subject, tracerConfig),
  '4byteTracer': ({ isPrecompile }) => new SelectorTracer(isPrecompile),
  noopTracer: () => NOOP_TRACER,
  flatCallTracer: ({ gasLimit, budget, isPrecompile }, { tracerConfig = {} }) => {
    return new FlatTracer(new FrameTracer({}, gasLimit, budget), { ...tracerConfig, isPrecompile });
  },
  muxTracer: async (subject, { tracerConfig = {} }) => {
    const tracers = new Map<string, Tracer>();
    for (const [tracer, config] of tracerConfig.tracers ?? []) {
      tracers.set(tracer, await openTracer(subject, { tracer, tracerConfig: config }));
    }
    return new MuxTracer(tracers);
  },
};

/** As geth. */
const SCRIPT_MS = 5000;

/** Needed by few, and not to start. */
const scripts = async () => {
  const [{ scriptOf }, { ScriptTracer }] = await Promise.all([
    import('./script/namedScripts.ts'),
    import('./script/scriptTracer.ts'),
  ]);
  return { scriptOf, ScriptTracer };
};

const LOOKS_NOWHERE = ['callTracer', '4byteTracer', 'noopTracer', 'flatCallTracer'];

/** Whether a tracer looks at the state before or after the transaction. */
export const needsOwnState = ({ tracer }: TraceOptions): boolean =>
  tracer !== undefined && !LOOKS_NOWHERE.includes(tracer);

/**
 * The tracer that the options name, for a transaction that has not run yet.
 * @throws ExecutionError TRACER_UNKNOWN.
 */
export async function openTracer(subject: TraceSubject, options: TraceOptions): Promise<Tracer> {
  const { tracer, parity, opcodeGas } = options;
  if (opcodeGas === true) return new OpcodeGasTracer();
  if (parity !== undefined) return ParityTracer.open(subject, parity);
  if (tracer === undefined) return new StructLogger(options, subject.budget);
  const open = Object.hasOwn(TRACERS, tracer) ? TRACERS[tracer] : undefined;
  if (open !== undefined) return open(subject, options);
  const { scriptOf, ScriptTracer } = await scripts();
  const code = scriptOf(tracer);
  if (code === undefined) throw executionError({ code: 'TRACER_UNKNOWN', tracer });
  const { timeoutMs = SCRIPT_MS, tracerConfig } = options;
  return ScriptTracer.open(subject, { code, timeoutMs, config: tracerConfig?.text ?? '{}' });
}
