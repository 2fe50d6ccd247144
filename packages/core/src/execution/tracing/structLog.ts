import type { EVMInterface, EVMResult, InterpreterStep, Message } from '@ethereumjs/evm';
import { bigIntToBytes, setLengthLeft } from '@ethereumjs/util';
import { onStep } from './onStep.ts';
import type { TraceBudget } from './traceBudget.ts';
import type { StructLog, TraceOptions } from './traceTypes.ts';

type Slot = readonly [slot: Uint8Array, value: Uint8Array];

interface OpenLog extends StructLog {
  gasCost: bigint;
  error?: string;
}

const CALL_STIPEND = 2300n;
const EMPTY = new Uint8Array();
/** Above what a number in a stack is likely to be a whole word: an address, a hash. */
const SHORT = 2n ** 64n;

/** About how many bytes of JSON a log becomes. */
function bytesOf({ stack = [], memory, storage, returnData }: StructLog): number {
  let bytes = 110;
  for (const item of stack) bytes += item < SHORT ? 12 : 69;
  if (memory !== undefined) bytes += 2.2 * memory.length;
  if (storage !== undefined) bytes += 140 * storage.length;
  if (returnData !== undefined) bytes += 2 * returnData.length;
  return bytes;
}

const word = (value: bigint): Uint8Array => setLengthLeft(bigIntToBytes(value), 32);

/** Collects geth's struct logs: one entry an opcode, stack and storage by default, memory and return data when asked. */
export class StructLogger {
  readonly #options: TraceOptions;
  readonly #budget: TraceBudget;
  readonly #logs: OpenLog[] = [];
  /** Slots seen so far in each contract, as geth accumulates them. */
  readonly #storage = new Map<string, Map<bigint, Slot>>();
  #lastCall: OpenLog | undefined;
  /** What RETURNDATACOPY would read, for each open message. */
  readonly #returned: Uint8Array[] = [];

  constructor(options: TraceOptions, budget: TraceBudget) {
    this.#options = options;
    this.#budget = budget;
  }

  get logs(): readonly StructLog[] {
    return this.#logs;
  }

  /** @returns the function that stops listening. */
  attach(evm: EVMInterface): () => void {
    // geth counts the gas that a call hands on as the cost of the call.
    const message = (opened: Message): void => {
      this.#returned.push(EMPTY);
      if (opened.depth === 0 || this.#lastCall === undefined) return;
      const stipend = opened.value > 0n && /^CALL(CODE)?$/.test(this.#lastCall.op) ? CALL_STIPEND : 0n;
      this.#lastCall.gasCost += opened.gasLimit - stipend;
      this.#lastCall = undefined;
    };
    const left = ({ execResult, createdAddress }: EVMResult): void => {
      this.#returned.pop();
      const isCreated = createdAddress !== undefined && execResult.exceptionError === undefined;
      if (this.#returned.length > 0)
        this.#returned[this.#returned.length - 1] = isCreated ? EMPTY : execResult.returnValue;
    };
    const offStep = onStep(evm, (event) => this.#step(event));
    evm.events?.on('beforeMessage', message);
    evm.events?.on('afterMessage', left);
    return () => {
      offStep();
      evm.events?.off('beforeMessage', message);
      evm.events?.off('afterMessage', left);
    };
  }

  /** Notes why the last opcode did not finish. */
  fail(error: string): void {
    const last = this.#logs.at(-1);
    if (last !== undefined) last.error = error;
  }

  async #step(event: InterpreterStep): Promise<void> {
    const { limit = 0, disableStack, enableMemory, enableReturnData } = this.#options;
    if (limit > 0 && this.#logs.length >= limit) return;
    const storage = await this.#touchedStorage(event);
    const returned = enableReturnData === true ? (this.#returned.at(-1) ?? EMPTY) : EMPTY;
    const log: OpenLog = {
      pc: event.pc,
      op: event.opcode.name === 'PREVRANDAO' ? 'DIFFICULTY' : event.opcode.name,
      gas: event.gasLeft,
      gasCost: event.opcode.dynamicFee ?? BigInt(event.opcode.fee),
      depth: event.depth + 1,
      ...(disableStack === true ? {} : { stack: [...event.stack] }),
      ...(enableMemory === true ? { memory: event.memory } : {}),
      ...(storage === undefined ? {} : { storage }),
      ...(returned.length === 0 ? {} : { returnData: returned }),
      ...(event.gasRefund === undefined || event.gasRefund === 0n ? {} : { refund: event.gasRefund }),
    };
    this.#budget.spend(bytesOf(log));
    this.#logs.push(log);
    this.#lastCall = /CALL|CREATE/.test(event.opcode.name) ? log : undefined;
  }

  async #touchedStorage(event: InterpreterStep): Promise<Slot[] | undefined> {
    const { name } = event.opcode;
    if (this.#options.disableStorage === true || (name !== 'SLOAD' && name !== 'SSTORE')) return undefined;
    const slot = event.stack.at(-1);
    if (slot === undefined || (name === 'SSTORE' && event.stack.length < 2)) return undefined;
    const key = event.address.toString();
    let seen = this.#storage.get(key);
    if (seen === undefined) {
      seen = new Map();
      this.#storage.set(key, seen);
    }
    const value =
      name === 'SSTORE'
        ? word(event.stack.at(-2) as bigint)
        : setLengthLeft(await event.stateManager.getStorage(event.address, word(slot)), 32);
    seen.set(slot, [word(slot), value]);
    return [...seen.values()];
  }
}
