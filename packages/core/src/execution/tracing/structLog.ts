import { bigIntToBytes, bytesToUnprefixedHex, setLengthLeft } from '@ethereumjs/util';
import type { TransactionResult } from '../engine/machine.ts';
import { evmFailure } from '../failure.ts';
import type { ObservedEnd, ObservedMessage, TraceState, TraceStep } from '../traceObserver.ts';
import { type StepFacts, StepList, type StepSink } from './stepSink.ts';
import type { TraceBudget } from './traceBudget.ts';
import type { Tracer } from './tracer.ts';
import type { TraceOptions, TraceResult } from './traceTypes.ts';

type Slot = readonly [slot: Uint8Array, value: Uint8Array];

const EMPTY = new Uint8Array();
const NOTHING: StepFacts = {};
const SLOAD = 0x54;
const SSTORE = 0x55;

const word = (value: bigint): Uint8Array => setLengthLeft(bigIntToBytes(value), 32);

/** geth's struct logs: one entry an opcode, stack and storage by default, memory and return data when asked. */
export class StructLogger implements Tracer {
  readonly #options: TraceOptions;
  readonly #budget: TraceBudget;
  #sink: StepSink;
  #state: TraceState | undefined;
  #count = 0;
  /** Slots seen so far in each contract, as geth accumulates them. */
  #storage = new Map<string, Map<bigint, Slot>>();
  #open: { readonly isCreation: boolean /** What RETURNDATACOPY would read. */; returned: Uint8Array }[] = [];
  /** Gas before the step whose cost is not known yet; -1 when there is none. */
  #gasBefore = -1;
  /** Its cost where the engine told it. */
  #cost: number | undefined;
  /** The refund with it; -1 where the next step tells. */
  #refund = 0;

  constructor(options: TraceOptions, budget: TraceBudget) {
    this.#options = options;
    this.#budget = budget;
    this.#sink = this.#newSink();
  }

  begin(state: TraceState): void {
    this.#state = state;
    if (this.#count > 0) this.#sink = this.#newSink();
    this.#count = 0;
    this.#gasBefore = -1;
    this.#storage = new Map();
    this.#open = [];
  }

  /** geth counts the gas that a call hands on as the cost of the call. */
  enter({ depth, kind, callerGas }: ObservedMessage): void {
    if (depth > 0) this.#settle(callerGas);
    this.#open.push({ isCreation: kind === 'CREATE' || kind === 'CREATE2', returned: EMPTY });
  }

  exit({ status, output, endGas }: ObservedEnd): void {
    this.#settle(this.#cost === undefined ? endGas : this.#gasBefore - this.#cost);
    const closed = this.#open.pop();
    const caller = this.#open.at(-1);
    const isCreated = closed?.isCreation === true && status === 'success';
    if (caller !== undefined) caller.returned = isCreated ? EMPTY : output;
  }

  step(step: TraceStep): void {
    const { gas, refund, cost } = step;
    if (this.#refund < 0) this.#refund = refund;
    this.#settle(gas);
    const { limit = 0 } = this.#options;
    if (limit > 0 && this.#count >= limit) return;
    this.#count++;
    this.#budget.spend(this.#sink.add(step, this.#factsOf(step)));
    this.#gasBefore = gas;
    this.#cost = cost;
    // As geth, which works out a write's refund with its price.
    this.#refund = step.opcode === SSTORE && cost === undefined ? -1 : refund;
  }

  finish(result: TransactionResult): TraceResult {
    const failure = evmFailure(result);
    const isHalted = failure?.fault.code === 'HALTED';
    if (isHalted && failure.fault.code === 'HALTED') this.#sink.fail(failure.fault.detail);
    return {
      type: 'struct',
      gas: result.gasUsed,
      failed: failure !== undefined,
      returnValue: isHalted ? EMPTY : result.output,
      structLogs: this.#sink instanceof StepList ? this.#sink.logs : [],
      steps: this.#sink,
    };
  }

  #newSink(): StepSink {
    return this.#options.steps?.(this.#options) ?? new StepList(this.#options);
  }

  #settle(gasAfter: number): void {
    if (this.#gasBefore < 0) return;
    this.#sink.settle(this.#gasBefore - gasAfter, Math.max(this.#refund, 0));
    this.#gasBefore = -1;
  }

  #factsOf(step: TraceStep): StepFacts {
    const { enableReturnData, disableStorage } = this.#options;
    const { opcode } = step;
    const touches = disableStorage !== true && (opcode === SLOAD || opcode === SSTORE);
    if (!touches && enableReturnData !== true) return NOTHING;
    const storage = touches ? this.#touchedStorage(step) : undefined;
    const returned = enableReturnData === true ? (this.#open.at(-1)?.returned ?? EMPTY) : EMPTY;
    return {
      ...(storage === undefined ? {} : { storage }),
      ...(returned.length === 0 ? {} : { returnData: returned }),
    };
  }

  #touchedStorage(step: TraceStep): readonly Slot[] | undefined {
    const isWrite = step.opcode === SSTORE;
    if (step.stackSize < (isWrite ? 2 : 1)) return undefined;
    const slot = step.word(0);
    const { address } = step;
    const key = bytesToUnprefixedHex(address);
    let seen = this.#storage.get(key);
    if (seen === undefined) {
      seen = new Map();
      this.#storage.set(key, seen);
    }
    const value = isWrite
      ? word(step.word(1))
      : setLengthLeft((this.#state as TraceState).slot(address, word(slot)), 32);
    seen.set(slot, [word(slot), value]);
    return [...seen.values()];
  }
}
