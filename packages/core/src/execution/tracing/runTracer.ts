import type { TypedTransaction } from '@ethereumjs/tx';
import type { Address } from '@ethereumjs/util';
import type { VM } from '@ethereumjs/vm';
import type { StateView } from '../../state/stateView.ts';
import type { TransactionResult } from '../engine/machine.ts';
import { evmFailure } from '../failure.ts';
import { executionError } from '../faults.ts';
import { CallTracer } from './callTracer.ts';
import { PrestateTracer } from './prestate.ts';
import { StructLogger } from './structLog.ts';
import type { TraceBudget } from './traceBudget.ts';
import type { TraceOptions, TraceResult } from './traceTypes.ts';

/** What every tracer traces. */
export interface TraceSubject {
  readonly vm: VM;
  readonly tx: TypedTransaction;
  readonly sender: Address;
  readonly coinbase: Address;
  /** Of all that one request traces. */
  readonly budget: TraceBudget;
  readonly run: () => Promise<TransactionResult>;
  /** The state as it is now, readable while the VM goes on. */
  readonly view: () => Promise<StateView>;
}

async function traceStructs(subject: TraceSubject, options: TraceOptions): Promise<TraceResult> {
  const logger = new StructLogger(options, subject.budget);
  const detach = logger.attach(subject.vm.evm);
  try {
    const result = await subject.run();
    const failure = evmFailure(result);
    if (failure !== undefined && failure.fault.code === 'HALTED') logger.fail(failure.fault.detail);
    return {
      type: 'struct',
      gas: result.gasUsed,
      failed: failure !== undefined,
      returnValue: failure?.fault.code === 'HALTED' ? new Uint8Array() : result.output,
      structLogs: logger.logs,
    };
  } finally {
    detach();
  }
}

async function traceCalls(subject: TraceSubject, options: TraceOptions): Promise<TraceResult> {
  const tracer = new CallTracer(options.tracerConfig ?? {}, subject.budget);
  const detach = tracer.attach(subject.vm.evm);
  try {
    return { type: 'call', frame: tracer.finish(await subject.run(), subject.tx.gasLimit) };
  } finally {
    detach();
  }
}

async function tracePrestate(subject: TraceSubject, options: TraceOptions): Promise<TraceResult> {
  const tracer = new PrestateTracer(subject.budget);
  const config = options.tracerConfig ?? {};
  const before = await subject.view();
  await tracer.touchTransaction(subject.tx, subject.sender, subject.coinbase, before);
  const detach = tracer.attach(subject.vm.evm);
  try {
    await subject.run();
  } finally {
    detach();
  }
  if (config.diffMode !== true) return { type: 'prestate', accounts: await tracer.prestate(before, config) };
  return { type: 'diff', ...(await tracer.diff(before, await subject.view(), config)) };
}

/**
 * Runs a transaction under the tracer that the options name.
 * @throws ExecutionError TRACER_UNKNOWN, TRACE_TOO_LARGE, and what running throws.
 */
export function runTracer(subject: TraceSubject, options: TraceOptions): Promise<TraceResult> {
  switch (options.tracer) {
    case undefined:
      return traceStructs(subject, options);
    case 'callTracer':
      return traceCalls(subject, options);
    case 'prestateTracer':
      return tracePrestate(subject, options);
    default:
      throw executionError({ code: 'TRACER_UNKNOWN', tracer: options.tracer });
  }
}
