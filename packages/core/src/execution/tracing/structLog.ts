import { bigIntToBytes, bytesToUnprefixedHex, setLengthLeft } from '@ethereumjs/util';
import { opcodeName, wordsTaken } from '@minichain/evm';
import type { TransactionResult } from '../engine/machine.ts';
import { evmFailure } from '../failure.ts';
import { haltOf } from '../gethError.ts';
import type { ObservedEnd, ObservedMessage, TraceState, TraceStep } from '../traceObserver.ts';
import { type StepFacts, StepList, type StepSink } from './stepSink.ts';
import type { TraceBudget } from './traceBudget.ts';
import type { Tracer } from './tracer.ts';
import type { TraceOptions, TraceResult } from './traceTypes.ts';

type Slot = readonly [slot: Uint8Array, value: Uint8Array];

const EMPTY = new Uint8Array();
const SLOAD = 0x54;
const SSTORE = 0x55;
const DUP1 = 0x80;
const SWAP1 = 0x90;
const SWAP16 = 0x9f;
/** Opcodes that write memory or make it longer: hashes, copies, loads and stores, logs, calls, and the ends of a message. */
const TOUCHES_MEMORY = new Set([
  ...[0x20, 0x37, 0x39, 0x3c, 0x3e, 0x51, 0x52, 0x53, 0x5e, 0xa0, 0xa1, 0xa2, 0xa3, 0xa4],
  ...[0xf0, 0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xfa, 0xfd],
]);

const word = (value: bigint): Uint8Array => setLengthLeft(bigIntToBytes(value), 32);

interface OpenMessage {
  readonly isCreation: boolean;
  /** What RETURNDATACOPY would read. */
  returned: Uint8Array;
  /** Of the step before; -1 before the first. */
  opcode: number;
  stackSize: number;
}

/** Words at the bottom of the stack that an opcode leaves as they are. */
export function wordsKept({ opcode, stackSize }: Pick<OpenMessage, 'opcode' | 'stackSize'>): number {
  if (opcode >= DUP1 && opcode < SWAP1) return stackSize;
  if (opcode >= SWAP1 && opcode <= SWAP16) return Math.max(0, stackSize - (opcode - SWAP1) - 2);
  return opcode < 0 ? 0 : Math.max(0, stackSize - wordsTaken(opcode));
}

/** geth's struct logs: one entry an opcode, stack and storage by default, memory and return data when asked. */
export class StructLogger implements Tracer {
  readonly #options: TraceOptions;
  readonly #budget: TraceBudget;
  #sink: StepSink;
  #state: TraceState | undefined;
  #count = 0;
  /** Slots seen so far in each contract, as geth accumulates them. */
  #storage = new Map<string, Map<bigint, Slot>>();
  #open: OpenMessage[] = [];
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
    const isCreation = kind === 'CREATE' || kind === 'CREATE2';
    this.#open.push({ isCreation, returned: EMPTY, opcode: -1, stackSize: 0 });
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
    if (isHalted && failure.fault.code === 'HALTED') this.#sink.fail(haltOf(failure.fault.detail));
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
    const open = this.#open.at(-1) as OpenMessage;
    const op = opcodeName(opcode);
    const keptWords = wordsKept(open);
    const isMemoryKept = open.opcode >= 0 && !TOUCHES_MEMORY.has(open.opcode);
    open.opcode = opcode;
    open.stackSize = step.stackSize;
    const touches = disableStorage !== true && (opcode === SLOAD || opcode === SSTORE);
    if (!touches && enableReturnData !== true) return { op, keptWords, isMemoryKept };
    const storage = touches ? this.#touchedStorage(step) : undefined;
    const returned = enableReturnData === true ? open.returned : EMPTY;
    return {
      ...{ op, keptWords, isMemoryKept },
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
