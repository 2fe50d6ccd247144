import { bytesToHex } from '@ethereumjs/util';
import type { TransactionResult } from '../engine/machine.ts';
import type { ObservedEnd, ObservedMessage, TraceState, TraceStep } from '../traceObserver.ts';
import { type FlatOptions, flatTraces } from './flatTrace.ts';
import type { FrameTracer } from './frameTracer.ts';
import type { Tracer } from './tracer.ts';
import type { TraceResult } from './traceTypes.ts';

const SELECTOR = 4;

/** geth's `4byteTracer`: which functions are called, with how many bytes of arguments, how often. */
export class SelectorTracer implements Tracer {
  readonly #isPrecompile: (address: Uint8Array) => boolean;
  #counts = new Map<string, number>();

  constructor(isPrecompile: (address: Uint8Array) => boolean) {
    this.#isPrecompile = isPrecompile;
  }

  begin(): void {
    this.#counts = new Map();
  }

  enter({ kind, codeAddress, input }: ObservedMessage): void {
    if (input.length < SELECTOR || kind.startsWith('CREATE') || this.#isPrecompile(codeAddress)) return;
    const key = `${bytesToHex(input.subarray(0, SELECTOR))}-${input.length - SELECTOR}`;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  finish(): TraceResult {
    return { type: 'selectors', counts: this.#counts };
  }
}

/** geth's `noopTracer`, which shows what tracing itself costs. */
export const NOOP_TRACER: Tracer = { finish: () => ({ type: 'nothing' }) };

/** geth's `flatCallTracer`: the call tree as OpenEthereum lists it. */
export class FlatTracer implements Tracer {
  readonly #frames: FrameTracer;
  readonly #options: FlatOptions;

  constructor(frames: FrameTracer, options: FlatOptions) {
    this.#frames = frames;
    this.#options = options;
  }

  begin(): void {
    this.#frames.begin();
  }

  enter(message: ObservedMessage): void {
    this.#frames.enter(message);
  }

  exit(end: ObservedEnd): void {
    this.#frames.exit(end);
  }

  selfDestruct(account: Uint8Array, beneficiary: Uint8Array, balance: bigint): void {
    this.#frames.selfDestruct(account, beneficiary, balance);
  }

  finish(result: TransactionResult): TraceResult | undefined {
    const tree = this.#frames.finish(result);
    return tree?.type === 'call' ? { type: 'flat', traces: flatTraces(tree.frame, this.#options) } : undefined;
  }
}

/** geth's `muxTracer`: several at once. */
export class MuxTracer implements Tracer {
  readonly step: ((step: TraceStep) => void) | undefined;
  readonly #tracers: ReadonlyMap<string, Tracer>;

  constructor(tracers: ReadonlyMap<string, Tracer>) {
    this.#tracers = tracers;
    const stepped = [...tracers.values()].filter(({ step }) => step !== undefined);
    this.step = stepped.length === 0 ? undefined : (step) => stepped.forEach((tracer) => void tracer.step?.(step));
  }

  begin(state: TraceState): void {
    for (const tracer of this.#tracers.values()) tracer.begin?.(state);
  }

  enter(message: ObservedMessage): void {
    for (const tracer of this.#tracers.values()) tracer.enter?.(message);
  }

  exit(end: ObservedEnd): void {
    for (const tracer of this.#tracers.values()) tracer.exit?.(end);
  }

  selfDestruct(account: Uint8Array, beneficiary: Uint8Array, balance: bigint): void {
    for (const tracer of this.#tracers.values()) tracer.selfDestruct?.(account, beneficiary, balance);
  }

  async close(): Promise<void> {
    for (const tracer of this.#tracers.values()) await tracer.close?.();
  }

  async finish(result: TransactionResult): Promise<TraceResult | undefined> {
    const results = new Map<string, TraceResult>();
    for (const [name, tracer] of this.#tracers) {
      const finished = await tracer.finish(result);
      if (finished === undefined) return undefined;
      results.set(name, finished);
    }
    return { type: 'several', results };
  }
}
