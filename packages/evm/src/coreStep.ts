import { addressAt } from './addressAt.ts';
import type { CoreMemory } from './coreMemory.ts';
import { CODE, FRAME } from './memoryLayout.ts';

interface Machine {
  readonly memory: CoreMemory;
  readonly exports: { gasRefund(): bigint };
}

/** What an instruction finds, read from the running core when it is asked for: good only until the observer returns. */
export class CoreStep {
  readonly #machine: Machine;
  #frame = 0;
  #pc = 0;

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  /** The same object for the next instruction. */
  at(frame: number, pc: number): this {
    this.#frame = frame;
    this.#pc = pc;
    return this;
  }

  get pc(): number {
    return this.#pc;
  }

  /** 0 where the code has ended. */
  get opcode(): number {
    const { memory } = this.#machine;
    const code = this.#at(FRAME.code);
    return this.#pc < memory.u32(code + CODE.length) ? (memory.bytes[code + CODE.bytes + this.#pc] as number) : 0;
  }

  /** What is left of the message's gas, before the instruction is paid for. */
  get gas(): number {
    return this.#machine.memory.gas(this.#frame + FRAME.gas);
  }

  /** What the transaction gets back, so far. */
  get refund(): number {
    return Number(this.#machine.exports.gasRefund());
  }

  /** 0 for the first message. */
  get depth(): number {
    return this.#at(FRAME.depth);
  }

  /** Whose storage the message works on. */
  get address(): Uint8Array {
    return addressAt(this.#machine.memory, this.#at(FRAME.account));
  }

  get stackSize(): number {
    return (this.#at(FRAME.sp) - this.#at(FRAME.stack)) / 32;
  }

  /** A word of the stack; 0 is the top. */
  word(fromTop: number): bigint {
    return this.#machine.memory.word(this.#at(FRAME.sp) - 32 * fromTop);
  }

  /** The stack, its top last. */
  stack(): bigint[] {
    const size = this.stackSize;
    return Array.from({ length: size }, (_, i) => this.word(size - 1 - i));
  }

  get memorySize(): number {
    return this.#at(FRAME.memorySize);
  }

  /** A copy of the memory, or of a piece of it; behind its end are zeros. */
  memory(offset = 0, length = this.memorySize): Uint8Array {
    const start = this.#at(FRAME.memory);
    const end = Math.min(offset + length, this.memorySize);
    if (end === offset + length) return this.#machine.memory.copy(start + offset, length);
    const bytes = new Uint8Array(length);
    if (end > offset) bytes.set(this.#machine.memory.copy(start + offset, end - offset));
    return bytes;
  }

  #at(field: number): number {
    return this.#machine.memory.u32(this.#frame + field);
  }
}
