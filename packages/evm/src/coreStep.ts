import { addressAt } from './addressAt.ts';
import type { CoreMemory } from './coreMemory.ts';
import { CODE, FRAME } from './memoryLayout.ts';

/** What an instruction finds, read from the running core when it is asked for: good only until the observer returns. */
export class CoreStep {
  readonly pc: number;
  readonly #memory: CoreMemory;
  readonly #frame: number;

  constructor(memory: CoreMemory, frame: number, pc: number) {
    this.#memory = memory;
    this.#frame = frame;
    this.pc = pc;
  }

  /** 0 where the code has ended. */
  get opcode(): number {
    const code = this.#at(FRAME.code);
    return this.pc < this.#memory.u32(code + CODE.length)
      ? (this.#memory.bytes[code + CODE.bytes + this.pc] as number)
      : 0;
  }

  /** What is left of the message's gas, before the instruction is paid for. */
  get gas(): bigint {
    return this.#memory.i64(this.#frame + FRAME.gas);
  }

  /** 0 for the first message. */
  get depth(): number {
    return this.#at(FRAME.depth);
  }

  /** Whose storage the message works on. */
  get address(): Uint8Array {
    return addressAt(this.#memory, this.#at(FRAME.account));
  }

  get stackSize(): number {
    return (this.#at(FRAME.sp) - this.#at(FRAME.stack)) / 32;
  }

  /** A word of the stack; 0 is the top. */
  word(fromTop: number): bigint {
    return this.#memory.word(this.#at(FRAME.sp) - 32 * fromTop);
  }

  /** The stack, its top last. */
  stack(): bigint[] {
    const size = this.stackSize;
    return Array.from({ length: size }, (_, i) => this.word(size - 1 - i));
  }

  get memorySize(): number {
    return this.#at(FRAME.memorySize);
  }

  /** A copy. */
  memory(): Uint8Array {
    return this.#memory.copy(this.#at(FRAME.memory), this.memorySize);
  }

  #at(field: number): number {
    return this.#memory.u32(this.#frame + field);
  }
}
