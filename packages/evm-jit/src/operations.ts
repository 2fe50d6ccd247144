import { add, divideNarrow, multiply, subtract } from './arithmetic.ts';
import {
  bitwise,
  byteAt,
  isEqual,
  isLess,
  isLessSigned,
  isZero,
  not,
  shiftLeft,
  shiftRight,
  shiftRightSigned,
  smallOf,
} from './bits.ts';
import {
  blockHash,
  callData,
  callOver,
  codeCopy,
  log,
  type Operation,
  ofAccount,
  over,
  paid,
  returnDataCopy,
  storageLoad,
  storageStore,
  transientLoad,
  transientStore,
} from './calls.ts';
import { type Instruction, OPERATION } from './decoded.ts';
import { ACCOUNT, FRAME, LOCAL } from './frame.ts';
import type { ImportName } from './imports.ts';
import { loadWord, memorySize, storeByte, storeWord } from './memory.ts';
import { constant, constantOf, narrow, type Value } from './values.ts';
import { WASM } from './wasm.ts';
import type { UnitWriter } from './writer.ts';

const two = (make: (writer: UnitWriter, a: Value, b: Value) => Value): Operation => {
  return (writer) => {
    const a = writer.pop();
    writer.push(make(writer, a, writer.pop()));
  };
};

const test = (leave: (writer: UnitWriter, a: Value, b: Value) => void): Operation =>
  two((writer, a, b) => {
    leave(writer, a, b);
    return writer.keepFlag();
  });

/** DIV or MOD; by a power of two they are something else. */
const division = (
  name: 'div' | 'mod',
  opcode: number,
  byPower: (writer: UnitWriter, a: Value, divisor: bigint) => Value,
): Operation => {
  return (writer) => {
    const [a, b] = [writer.stack.at(-1) as Value, writer.stack.at(-2) as Value];
    const divisor = constantOf(b);
    const isPower = divisor !== undefined && divisor > 0n && (divisor & (divisor - 1n)) === 0n;
    const result = isPower ? byPower(writer, a, divisor) : divideNarrow(writer, a, b, opcode);
    if (result === undefined) {
      callOver(writer, name, 2);
      return;
    }
    writer.stack.length -= 2;
    writer.push(result);
  };
};

const log2 = (power: bigint): bigint => BigInt(power.toString(2).length - 1);

/** An operation whose upper operand is often known. */
const withKnown = (name: ImportName, make: (writer: UnitWriter, known: bigint, value: Value) => Value): Operation => {
  return (writer) => {
    const known = smallOf(writer.stack.at(-1) as Value);
    if (known === undefined) {
      callOver(writer, name, 2);
      return;
    }
    writer.pop();
    writer.push(make(writer, known, writer.pop()));
  };
};

/** Pushes what is left as 64 bits. */
const small = (leave: (writer: UnitWriter, instruction: Instruction) => void): Operation => {
  return (writer, instruction) => {
    leave(writer, instruction);
    writer.push(narrow(writer.keep()));
  };
};

/** Pushes the address of an account that the frame names. */
const address = (field: number): Operation => {
  return (writer) => {
    const { emitter } = writer;
    const limb = (opcode: number, offset: number): number => {
      writer.frameField(field);
      emitter.access(opcode, ACCOUNT.address + offset);
      return writer.keep();
    };
    writer.push({ limbs: [limb(WASM.i64Load, 0), limb(WASM.i64Load, 8), limb(WASM.i64Load32, 16), 0n] });
  };
};

const memoryLoad: Operation = (writer) => {
  writer.push(loadWord(writer, writer.pop()));
};

const memoryStore =
  (write: typeof storeWord): Operation =>
  (writer) => {
    const offset = writer.pop();
    write(writer, offset, writer.pop());
  };

const extended = (field: number): Operation =>
  small((writer) => {
    writer.frameField(field);
    writer.emitter.op(WASM.i64Extend);
  });

const flagOf = (leave: (writer: UnitWriter, value: Value) => void): Operation => {
  return (writer) => {
    leave(writer, writer.pop());
    writer.push(writer.keepFlag());
  };
};

/** By operation; what is not here shuffles the stack, ends its block, or is left to the interpreter. */
export const OPERATIONS: ReadonlyMap<number, Operation> = new Map<number, Operation>([
  [0x01, two(add)],
  [0x02, two(multiply)],
  [0x03, two(subtract)],
  [0x04, division('div', WASM.i64DivU, (writer, a, divisor) => shiftRight(writer, a, log2(divisor)))],
  [0x05, over('sdiv', 2)],
  [0x06, division('mod', WASM.i64RemU, (writer, a, divisor) => bitwise(writer, 'and', a, constant(divisor - 1n)))],
  [0x07, over('smod', 2)],
  [0x08, over('addmod', 3)],
  [0x09, over('mulmod', 3)],
  [0x0a, paid('unitExp', 2, 1)],
  [0x0b, over('signextend', 2)],
  [0x10, test(isLess)],
  [0x11, test((writer, a, b) => isLess(writer, b, a))],
  [0x12, test(isLessSigned)],
  [0x13, test((writer, a, b) => isLessSigned(writer, b, a))],
  [0x14, test(isEqual)],
  [0x15, flagOf(isZero)],
  [0x16, two((writer, a, b) => bitwise(writer, 'and', a, b))],
  [0x17, two((writer, a, b) => bitwise(writer, 'or', a, b))],
  [0x18, two((writer, a, b) => bitwise(writer, 'xor', a, b))],
  [0x19, (writer) => writer.push(not(writer, writer.pop()))],
  [0x1a, withKnown('byteAt', byteAt)],
  [0x1b, withKnown('shl', (writer, bits, value) => shiftLeft(writer, value, bits))],
  [0x1c, withKnown('shr', (writer, bits, value) => shiftRight(writer, value, bits))],
  [0x1d, withKnown('sar', (writer, bits, value) => shiftRightSigned(writer, value, bits))],
  [0x1e, over('clz', 1)],
  [0x20, paid('opKeccak', 2, 1)],
  [0x30, address(FRAME.account)],
  [0x31, ofAccount('opBalance')],
  [0x33, address(FRAME.caller)],
  [0x34, (writer) => writer.push(writer.load(() => writer.emitter.get(LOCAL.frame), FRAME.value))],
  [0x35, callData],
  [0x36, extended(FRAME.dataLength)],
  [0x37, paid('unitDataCopy', 3, 0)],
  [0x38, (writer, _, codeLength) => writer.push(constant(BigInt(codeLength)))],
  [0x39, paid('unitCodeCopy', 3, 0)],
  [
    0x3d,
    small((writer) => {
      writer.call('outputSize');
      writer.emitter.op(WASM.i64Extend);
    }),
  ],
  [0x3b, ofAccount('opExtCodeSize')],
  [0x3c, codeCopy],
  [0x3e, returnDataCopy],
  [0x3f, ofAccount('opExtCodeHash')],
  [0x40, blockHash],
  [0x47, (writer) => writer.push(writer.load(() => writer.frameField(FRAME.account), ACCOUNT.balance))],
  [0x50, (writer) => void writer.pop()],
  [0x51, memoryLoad],
  [0x52, memoryStore(storeWord)],
  [0x53, memoryStore(storeByte)],
  [0x54, storageLoad],
  [0x55, storageStore],
  [0x59, small(memorySize)],
  [
    0x5a,
    small(({ emitter }, { argument }) => {
      emitter.get(LOCAL.gas);
      emitter.const64(BigInt(argument));
      emitter.op(WASM.i64Add);
    }),
  ],
  [0x5c, transientLoad],
  [0x5d, transientStore],
  [0x5e, paid('opMcopy', 3, 0)],
  [OPERATION.pushWord, (writer, { word }) => writer.push(constant(word))],
  [OPERATION.pushSmall, (writer, { argument }) => writer.push(constant(BigInt(argument)))],
  [OPERATION.addSmall, (writer, { argument }) => writer.push(add(writer, writer.pop(), constant(BigInt(argument))))],
  [
    OPERATION.andSmall,
    (writer, { argument }) => writer.push(bitwise(writer, 'and', writer.pop(), constant(BigInt(argument)))),
  ],
  [OPERATION.mloadAt, (writer, { argument }) => writer.push(loadWord(writer, constant(BigInt(argument))))],
  [OPERATION.mstoreAt, (writer, { argument }) => storeWord(writer, constant(BigInt(argument)), writer.pop())],
  [OPERATION.shlBy, (writer, { argument }) => writer.push(shiftLeft(writer, writer.pop(), BigInt(argument)))],
  [OPERATION.shrBy, (writer, { argument }) => writer.push(shiftRight(writer, writer.pop(), BigInt(argument)))],
  [OPERATION.log, log],
  [OPERATION.pushFrom, (writer, { argument }) => writer.push(writer.load(() => writer.emitter.const32(argument)))],
]);
