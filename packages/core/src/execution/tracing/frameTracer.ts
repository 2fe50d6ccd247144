import { bigIntToBytes, setLengthLeft } from '@ethereumjs/util';
import { opcodeName } from '@minichain/evm';
import { haltFromStatus } from '../engine/haltWords.ts';
import type { TransactionResult } from '../engine/machine.ts';
import { gethError } from '../gethError.ts';
import { tracedReason } from '../revertReason.ts';
import type { ObservedEnd, ObservedMessage, TraceStep } from '../traceObserver.ts';
import { precompileError } from './precompileError.ts';
import type { TraceBudget } from './traceBudget.ts';
import type { Tracer } from './tracer.ts';
import type { CallFrame, TraceResult } from './traceTypes.ts';

type FrameLog = NonNullable<CallFrame['logs']>[number];

interface OpenFrame extends CallFrame {
  to: Uint8Array | undefined;
  gas: bigint;
  gasUsed: bigint;
  output: Uint8Array;
  error?: string;
  revertReason?: string;
  logs?: FrameLog[];
  readonly calls: OpenFrame[];
}

export interface FrameTracerOptions {
  readonly onlyTopCall?: boolean;
  readonly withLog?: boolean;
}

const NOTHING = new Uint8Array();
/** About how many bytes of JSON a frame or a log is without its data. */
const FRAME_BYTES = 300;
const LOG0 = 0xa0;
const LOG4 = 0xa4;
/** Gas for a byte of a log's data. */
const LOG_BYTE = 8;

/** What went wrong, in geth's words; undefined where the engine does not tell. */
export function errorOf(
  { status, invalidOpcode, detail }: ObservedEnd,
  { to, input }: Pick<CallFrame, 'to' | 'input'>,
): string | undefined {
  const known = to === undefined || status === 'revert' ? undefined : precompileError(to, input);
  if (known !== undefined && (status === 'precompileFailed' || detail !== undefined)) return known;
  if (status === 'invalidOpcode') return `invalid opcode: ${opcodeName(invalidOpcode ?? 0xfe)}`;
  if (status === 'precompileFailed') return detail === undefined ? undefined : gethError(detail);
  return gethError(haltFromStatus(status) as string);
}

/** Builds geth's call tree: a frame a message. Looks at opcodes only for their logs. */
export class FrameTracer implements Tracer {
  readonly step: ((step: TraceStep) => void) | undefined;
  readonly #onlyTop: boolean;
  readonly #withLog: boolean;
  readonly #gasLimit: bigint;
  readonly #budget: TraceBudget;
  #stack: OpenFrame[] = [];
  #top: OpenFrame | undefined;
  #isUntold = false;
  #logCount = 0;
  /** Whether the last opcode was a LOG, which may yet fail. */
  #isLogging = false;

  constructor({ onlyTopCall = false, withLog = false }: FrameTracerOptions, gasLimit: bigint, budget: TraceBudget) {
    this.#onlyTop = onlyTopCall;
    this.#withLog = withLog;
    this.#gasLimit = gasLimit;
    this.#budget = budget;
    this.step = withLog ? (step) => this.#step(step) : undefined;
  }

  /** The tree so far, with the gas of its top message. */
  get top(): CallFrame | undefined {
    return this.#top;
  }

  begin(): void {
    this.#stack = [];
    this.#top = undefined;
    this.#logCount = 0;
  }

  enter({ kind, caller, to, codeAddress, value, gas, input }: ObservedMessage): void {
    const isShown = this.#stack.length === 0 || !this.#onlyTop;
    if (isShown) this.#budget.spend(FRAME_BYTES + 2 * input.length);
    const isDelegated = kind === 'DELEGATECALL' || kind === 'CALLCODE';
    this.#push({
      kind,
      from: isDelegated ? to : caller,
      to: isDelegated ? codeAddress : to,
      value,
      gas,
      gasUsed: 0n,
      input: isShown ? input : NOTHING,
      output: NOTHING,
      calls: [],
    });
  }

  exit(end: ObservedEnd): void {
    const frame = this.#stack.pop() as OpenFrame;
    const { status, gasLeft, output } = end;
    const isShown = this.#stack.length === 0 || !this.#onlyTop;
    if (isShown) this.#budget.spend(2 * output.length);
    frame.gasUsed = frame.gas - gasLeft;
    if (status === 'success') {
      frame.output = output;
      return;
    }
    if (this.#isLogging && status !== 'revert') this.#logCount--;
    this.#isLogging = false;
    const error = errorOf(end, frame);
    if (isShown && error === undefined) this.#isUntold = true;
    frame.error = error ?? 'precompile failed';
    if (frame.kind.startsWith('CREATE')) frame.to = undefined;
    if (status !== 'revert' || output.length === 0) return;
    frame.output = output;
    const reason = tracedReason(output);
    if (reason !== undefined) frame.revertReason = reason;
  }

  selfDestruct(account: Uint8Array, beneficiary: Uint8Array, balance: bigint): void {
    this.#push({
      ...{ kind: 'SELFDESTRUCT', from: account, to: beneficiary, value: balance },
      ...{ gas: 0n, gasUsed: 0n, input: NOTHING, output: NOTHING, calls: [] },
    });
    this.#stack.pop();
  }

  /** The finished tree, whose top frame has the transaction's gas, as geth has it. */
  finish(result: TransactionResult): TraceResult | undefined {
    const top = this.#top as OpenFrame;
    top.gas = this.#gasLimit;
    top.gasUsed = result.gasUsed;
    if (this.#withLog) dropFailedLogs(top, false);
    return this.#isUntold ? undefined : { type: 'call', frame: top };
  }

  #push(frame: OpenFrame): void {
    this.#top ??= frame;
    if (!this.#onlyTop) this.#stack.at(-1)?.calls.push(frame);
    this.#stack.push(frame);
  }

  #step(step: TraceStep): void {
    const { opcode } = step;
    this.#isLogging = false;
    if (opcode < LOG0 || opcode > LOG4) return;
    const count = opcode - LOG0;
    if (step.stackSize < 2 + count) return;
    const size = Number(step.word(1));
    if (LOG_BYTE * size > step.gas) return;
    const frame = this.#stack.at(-1) as OpenFrame;
    this.#budget.spend(FRAME_BYTES + 2 * size);
    frame.logs ??= [];
    frame.logs.push({
      address: step.address,
      topics: Array.from({ length: count }, (_, i) => setLengthLeft(bigIntToBytes(step.word(2 + i)), 32)),
      data: size === 0 ? NOTHING : step.memory(Number(step.word(0)), size),
      position: frame.calls.length,
      index: this.#logCount++,
    });
    this.#isLogging = true;
  }
}

/** What a failed frame and its children logged did not happen. */
function dropFailedLogs(frame: OpenFrame, parentFailed: boolean): void {
  const failed = parentFailed || frame.error !== undefined;
  if (failed) delete frame.logs;
  for (const child of frame.calls) dropFailedLogs(child, failed);
}
