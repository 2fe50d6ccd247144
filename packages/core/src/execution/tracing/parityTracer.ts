import type { TransactionResult } from '../engine/machine.ts';
import type { ObservedEnd, ObservedMessage, TraceState, TraceStep } from '../traceObserver.ts';
import { flatTraces } from './flatTrace.ts';
import { FrameTracer } from './frameTracer.ts';
import { PrestateTracer } from './prestate.ts';
import type { Tracer, TraceSubject } from './tracer.ts';
import type { ParityWanted, TraceResult } from './traceTypes.ts';
import { VmTracer } from './vmTracer.ts';

interface Parts {
  readonly frames: FrameTracer;
  readonly prestate: PrestateTracer | undefined;
  readonly vm: VmTracer | undefined;
}

/** OpenEthereum's `trace_*`: the calls, and when asked for what they changed and what each opcode did. */
export class ParityTracer implements Tracer {
  readonly step: ((step: TraceStep) => void) | undefined;
  readonly #subject: TraceSubject;
  readonly #parts: Parts;

  private constructor(subject: TraceSubject, parts: Parts) {
    const { prestate, vm } = parts;
    this.#subject = subject;
    this.#parts = parts;
    const isStepped = prestate !== undefined || vm !== undefined;
    this.step = isStepped ? (step) => this.#step(step) : undefined;
  }

  /** @param subject as it is before its transaction runs. */
  static async open(subject: TraceSubject, { stateDiff, vmTrace }: ParityWanted): Promise<ParityTracer> {
    return new ParityTracer(subject, {
      frames: new FrameTracer({}, subject.gasLimit, subject.budget),
      prestate: stateDiff ? await PrestateTracer.open(subject, { diffMode: true }) : undefined,
      vm: vmTrace ? new VmTracer(subject.budget) : undefined,
    });
  }

  begin(state: TraceState): void {
    this.#parts.frames.begin();
    this.#parts.prestate?.begin(state);
    this.#parts.vm?.begin(state);
  }

  enter(message: ObservedMessage): void {
    this.#parts.frames.enter(message);
    this.#parts.prestate?.enter(message);
    this.#parts.vm?.enter(message);
  }

  exit(end: ObservedEnd): void {
    this.#parts.frames.exit(end);
    this.#parts.vm?.exit(end);
  }

  selfDestruct(account: Uint8Array, beneficiary: Uint8Array, balance: bigint): void {
    this.#parts.frames.selfDestruct(account, beneficiary, balance);
  }

  async finish(result: TransactionResult): Promise<TraceResult | undefined> {
    const { frames, prestate, vm } = this.#parts;
    const { top } = frames;
    if (top === undefined) return undefined;
    const { isPrecompile } = this.#subject;
    return {
      type: 'parity',
      output: result.output,
      traces: flatTraces(top, { convertParityErrors: true, isPrecompile }),
      ...(prestate === undefined ? {} : { stateDiff: await prestate.changes() }),
      ...(vm === undefined ? {} : { vmTrace: vm.trace }),
    };
  }

  #step(step: TraceStep): void {
    this.#parts.prestate?.step(step);
    this.#parts.vm?.step(step);
  }
}
