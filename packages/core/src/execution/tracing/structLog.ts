import type { EVMInterface, InterpreterStep, Message } from '@ethereumjs/evm';
import { bigIntToBytes, setLengthLeft } from '@ethereumjs/util';
import type { StructLog, TraceOptions } from './traceTypes.ts';

type Slot = readonly [slot: Uint8Array, value: Uint8Array];

interface OpenLog extends StructLog {
  gasCost: bigint;
  error?: string;
}

const CALL_STIPEND = 2300n;
const word = (value: bigint): Uint8Array => setLengthLeft(bigIntToBytes(value), 32);

/** Collects geth's struct logs: one entry an opcode, stack and storage by default, memory and return data when asked. */
export class StructLogger {
  readonly #options: TraceOptions;
  readonly #logs: OpenLog[] = [];
  /** Slots seen so far in each contract, as geth accumulates them. */
  readonly #storage = new Map<string, Map<bigint, Slot>>();
  #lastCall: OpenLog | undefined;

  constructor(options: TraceOptions) {
    this.#options = options;
  }

  get logs(): readonly StructLog[] {
    return this.#logs;
  }

  /** @returns the function that stops listening. */
  attach(evm: EVMInterface): () => void {
    const step = (event: InterpreterStep, resolve?: (result?: unknown) => void): void => {
      void this.#step(event).then(() => resolve?.());
    };
    // geth counts the gas that a call hands on as the cost of the call.
    const message = (opened: Message): void => {
      if (opened.depth === 0 || this.#lastCall === undefined) return;
      const stipend = opened.value > 0n && /^CALL(CODE)?$/.test(this.#lastCall.op) ? CALL_STIPEND : 0n;
      this.#lastCall.gasCost += opened.gasLimit - stipend;
      this.#lastCall = undefined;
    };
    evm.events?.on('step', step);
    evm.events?.on('beforeMessage', message);
    return () => {
      evm.events?.off('step', step);
      evm.events?.off('beforeMessage', message);
    };
  }

  /** Notes why the last opcode did not finish. */
  fail(error: string): void {
    const last = this.#logs.at(-1);
    if (last !== undefined) last.error = error;
  }

  async #step(event: InterpreterStep): Promise<void> {
    const { limit = 0, disableStack, enableMemory } = this.#options;
    if (limit > 0 && this.#logs.length >= limit) return;
    const storage = await this.#touchedStorage(event);
    const log: OpenLog = {
      pc: event.pc,
      op: event.opcode.name === 'PREVRANDAO' ? 'DIFFICULTY' : event.opcode.name,
      gas: event.gasLeft,
      gasCost: event.opcode.dynamicFee ?? BigInt(event.opcode.fee),
      depth: event.depth + 1,
      ...(disableStack === true ? {} : { stack: [...event.stack] }),
      ...(enableMemory === true ? { memory: event.memory } : {}),
      ...(storage === undefined ? {} : { storage }),
      ...(event.gasRefund === undefined || event.gasRefund === 0n ? {} : { refund: event.gasRefund }),
    };
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
