import type { InterpreterStep } from '@ethereumjs/evm';
import type { TraceStep } from '../traceObserver.ts';

const WORD = 32;

/** An event of the library's interpreter as a step. It calls every opcode that the fork does not have INVALID. */
export class LibraryStep implements TraceStep {
  readonly #event: InterpreterStep;

  constructor(event: InterpreterStep) {
    this.#event = event;
  }

  get pc(): number {
    return this.#event.pc;
  }

  get opcode(): number {
    return this.#event.opcode.code;
  }

  get gas(): number {
    return Number(this.#event.gasLeft);
  }

  get cost(): number {
    const { dynamicFee, fee } = this.#event.opcode;
    return dynamicFee === undefined ? fee : Number(dynamicFee);
  }

  get refund(): number {
    return Number(this.#event.gasRefund ?? 0n);
  }

  get depth(): number {
    return this.#event.depth;
  }

  get address(): Uint8Array {
    return this.#event.address.bytes;
  }

  get stackSize(): number {
    return this.#event.stack.length;
  }

  word(fromTop: number): bigint {
    return this.#event.stack.at(-1 - fromTop) as bigint;
  }

  stack(): bigint[] {
    return [...this.#event.stack];
  }

  get memorySize(): number {
    return Number(this.#event.memoryWordCount) * WORD;
  }

  memory(offset = 0, length = this.memorySize): Uint8Array {
    const bytes = new Uint8Array(length);
    bytes.set(this.#event.memory.subarray(offset, offset + length));
    return bytes;
  }
}
