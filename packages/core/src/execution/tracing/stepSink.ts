import type { TraceStep } from '../traceObserver.ts';
import type { StructLog, TraceOptions } from './traceTypes.ts';

type Slot = readonly [slot: Uint8Array, value: Uint8Array];

/** What is known of a step besides what it finds on its stack and in its memory. */
export interface StepFacts {
  /** The opcode's name. */
  readonly op: string;
  /** Words at the bottom of the stack that are as they were at the step before in the same message. */
  readonly keptWords: number;
  /** Whether the memory is as it was at the step before in the same message. */
  readonly isMemoryKept: boolean;
  /** Slots seen so far in the contract, where the step touches one. */
  readonly storage?: readonly Slot[];
  readonly returnData?: Uint8Array;
}

/** Takes the steps of a trace as they happen, so that whoever writes them need not keep them twice. */
export interface StepSink {
  /** A step that is about to run. @returns about how many bytes of JSON it becomes. */
  add(step: TraceStep, facts: StepFacts): number;
  /** What the last step added has cost, and the transaction's refund after it was paid for, in gas. */
  settle(gasCost: number, refund: number): void;
  /** Why the last step added did not finish. */
  fail(error: string): void;
}

/** A writable log, while it is the last. */
interface OpenLog extends StructLog {
  gasCost: bigint;
  refund?: bigint;
  error?: string;
}

/** Above what a number in a stack is likely to be a whole word: an address, a hash. */
const SHORT = 2n ** 64n;

function bytesOf({ stack = [], memory, storage, returnData }: StructLog): number {
  let bytes = 110;
  for (const item of stack) bytes += item < SHORT ? 12 : 69;
  if (memory !== undefined) bytes += 2.2 * memory.length;
  if (storage !== undefined) bytes += 140 * storage.length;
  if (returnData !== undefined) bytes += 2 * returnData.length;
  return bytes;
}

/** Keeps steps as objects. */
export class StepList implements StepSink {
  readonly logs: OpenLog[] = [];
  readonly #options: TraceOptions;

  constructor(options: TraceOptions) {
    this.#options = options;
  }

  add(step: TraceStep, { op, storage, returnData }: StepFacts): number {
    const { disableStack, enableMemory } = this.#options;
    const log: OpenLog = {
      pc: step.pc,
      op,
      gas: BigInt(step.gas),
      gasCost: 0n,
      depth: step.depth + 1,
      ...(disableStack === true ? {} : { stack: step.stack() }),
      ...(enableMemory === true ? { memory: step.memory() } : {}),
      ...(storage === undefined ? {} : { storage }),
      ...(returnData === undefined ? {} : { returnData }),
    };
    this.logs.push(log);
    return bytesOf(log);
  }

  settle(gasCost: number, refund: number): void {
    const last = this.logs.at(-1);
    if (last === undefined) return;
    last.gasCost = BigInt(gasCost);
    if (refund !== 0) last.refund = BigInt(refund);
  }

  fail(error: string): void {
    const last = this.logs.at(-1);
    if (last !== undefined) last.error = error;
  }
}
