import { bigOf, outOfBounds } from './bytes.mjs';

const MEMORY_PAD_LIMIT = 1024 * 1024;
const PUSH0 = 0x5f;
const PUSH32 = 0x7f;

/** A message that runs, with what its code has on its stack and in its memory. */
export class Frame {
  stack = [];
  memory = new Uint8Array();
  /** Of the memory, bytes. */
  size = 0;

  constructor({ caller, to, value, input }) {
    Object.assign(this, { caller, to, value, input });
  }

  write(offset, bytes) {
    if (this.memory.length < this.size) {
      const larger = new Uint8Array(Math.max(this.size, 2 * this.memory.length));
      larger.set(this.memory);
      this.memory = larger;
    }
    if (bytes.length > 0) this.memory.set(bytes, offset);
  }

  peek(index) {
    const { stack } = this;
    if (stack.length > index && index >= 0) return bigOf(stack[stack.length - 1 - index]);
    throw new RangeError(`tracer accessed out of bound stack: size ${stack.length}, index ${index}`);
  }

  slice(begin, end) {
    if (end === begin) return new Uint8Array();
    if (!(end > begin) || begin < 0) {
      throw new RangeError(`tracer accessed out of bound memory: offset ${begin}, end ${end}`);
    }
    const missing = end - this.size;
    if (missing > MEMORY_PAD_LIMIT) throw new RangeError(`reached limit for padding memory slice: ${missing}`);
    const bytes = new Uint8Array(end - begin);
    if (begin < this.size) bytes.set(this.memory.subarray(begin, Math.min(end, this.size)));
    return bytes;
  }

  word(offset) {
    if (offset < 0 || this.size < offset + 32) throw outOfBounds(this.size, offset, 32);
    return bigOf(this.memory.subarray(offset, offset + 32));
  }
}

/** The `log` of a step, the same object for each. @param step what is about to run. @param frame gives the message it runs in. */
export function createLog(step, frame, opcodes) {
  return {
    op: {
      toNumber: () => step.opcode,
      toString: () => opcodes[step.opcode],
      isPush: () => step.opcode >= PUSH0 && step.opcode <= PUSH32,
    },
    stack: { peek: (index) => frame().peek(Number(index)), length: () => frame().stack.length },
    memory: {
      slice: (begin, end) => frame().slice(Number(begin), Number(end)),
      getUint: (offset) => frame().word(Number(offset)),
      length: () => frame().size,
    },
    contract: {
      getCaller: () => frame().caller.slice(),
      getAddress: () => frame().to.slice(),
      getValue: () => bigOf(frame().value),
      getInput: () => frame().input.slice(),
    },
    getPC: () => step.pc,
    getGas: () => step.gas,
    getCost: () => step.cost,
    getDepth: () => step.depth,
    getRefund: () => step.refund,
    getError: () => step.error,
  };
}
