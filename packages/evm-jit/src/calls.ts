import type { Instruction } from './decoded.ts';
import { FRAME, LOCAL } from './frame.ts';
import type { ImportName } from './imports.ts';
import { WASM } from './wasm.ts';
import type { UnitWriter } from './writer.ts';

/** Writes an operation for what lies on the writer's stack. */
export type Operation = (writer: UnitWriter, instruction: Instruction, codeLength: number) => void;

/** A function over words on the core's stack: the result takes the place of the last operand. */
export function callOver(writer: UnitWriter, name: ImportName, operands: number): void {
  const top = writer.spillTop(operands);
  const result = top + 1 - operands;
  writer.place(result);
  for (let i = 0; i < operands; i++) writer.place(top - i);
  writer.call(name);
  writer.stack.length = result;
  writer.push(writer.reload(result));
}

export const over =
  (name: ImportName, operands: number): Operation =>
  (writer) =>
    callOver(writer, name, operands);

/** A function of the core that takes gas: the frame, the top of the stack, the gas. Operands go, and a result may come. */
export const paid = (name: ImportName, taken: number, put: 0 | 1): Operation => {
  return (writer) => {
    const { emitter } = writer;
    const top = writer.spillTop(taken);
    if (name !== 'unitExp') emitter.get(LOCAL.frame);
    writer.place(top);
    emitter.get(LOCAL.gas);
    writer.call(name);
    writer.takeGas();
    if (name !== 'unitExp') writer.readMemorySize();
    writer.stack.length = top + 1 - taken;
    if (put === 1) writer.push(writer.reload(writer.stack.length));
  };
};

/** What a static call may not do is left to the interpreter, which fails the frame. */
function leaveIfStatic(writer: UnitWriter, { at }: Instruction): void {
  const { emitter } = writer;
  writer.frameField(FRAME.isStatic);
  emitter.if();
  writer.bringHome();
  writer.leave(at);
  emitter.end();
}

export const storageLoad: Operation = (writer, { at }) => {
  const { emitter } = writer;
  const top = writer.stack.length - 1;
  writer.settle(at);
  emitter.get(LOCAL.frame);
  writer.place(top);
  emitter.get(LOCAL.gas);
  writer.call('opSload');
  writer.takeGas();
  writer.pop();
  writer.push(writer.reload(top));
};

export const storageStore: Operation = (writer, instruction) => {
  const { emitter } = writer;
  leaveIfStatic(writer, instruction);
  writer.settle(instruction.at);
  emitter.get(LOCAL.frame);
  writer.place(writer.stack.length - 1);
  emitter.get(LOCAL.gas);
  emitter.const64(BigInt(instruction.argument));
  writer.call('opSstore');
  writer.takeGas();
  writer.stack.length -= 2;
};

export const transientLoad: Operation = (writer) => {
  const top = writer.spillTop(1);
  writer.emitter.get(LOCAL.frame);
  writer.place(top);
  writer.call('opTload');
  writer.pop();
  writer.push(writer.reload(top));
};

export const transientStore: Operation = (writer, instruction) => {
  leaveIfStatic(writer, instruction);
  const top = writer.spillTop(2);
  writer.emitter.get(LOCAL.frame);
  writer.place(top);
  writer.call('opTstore');
  writer.stack.length -= 2;
};

export const log: Operation = (writer, instruction) => {
  const { emitter } = writer;
  leaveIfStatic(writer, instruction);
  const taken = 2 + instruction.argument;
  const top = writer.spillTop(taken);
  emitter.get(LOCAL.frame);
  emitter.const32(instruction.argument);
  writer.place(top);
  emitter.get(LOCAL.gas);
  writer.call('opLog');
  writer.takeGas();
  writer.readMemorySize();
  writer.stack.length -= taken;
};

export const callData: Operation = (writer) => {
  const top = writer.spillTop(1);
  writer.emitter.get(LOCAL.frame);
  writer.place(top);
  writer.call('unitDataLoad');
  writer.pop();
  writer.push(writer.reload(top));
};

/** What asks for an account, which may have to be fetched first: the word on top becomes what is told of it. */
export const ofAccount = (name: 'opBalance' | 'opExtCodeSize' | 'opExtCodeHash'): Operation => {
  return (writer, { at }) => {
    const top = writer.stack.length - 1;
    writer.settle(at);
    writer.place(top);
    writer.emitter.get(LOCAL.gas);
    writer.call(name);
    writer.takeGas();
    writer.pop();
    writer.push(writer.reload(top));
  };
};

export const codeCopy: Operation = (writer, { at }) => {
  writer.settle(at);
  writer.place(writer.stack.length - 1);
  writer.emitter.get(LOCAL.gas);
  writer.call('opExtCodeCopy');
  writer.takeGas();
  writer.readMemorySize();
  writer.stack.length -= 4;
};

export const blockHash: Operation = (writer, { at }) => {
  const top = writer.stack.length - 1;
  writer.settle(at);
  writer.place(top);
  writer.call('opBlockHash');
  writer.pop();
  writer.push(writer.reload(top));
};

const copyReturnData = paid('unitReturnDataCopy', 3, 0);

/** A piece that does not lie inside of the return data fails the frame, which the interpreter does. */
export const returnDataCopy: Operation = (writer, instruction, codeLength) => {
  const { emitter } = writer;
  const top = writer.spillTop(3);
  writer.place(top - 1);
  writer.place(top - 2);
  writer.call('isInsideOutput');
  emitter.op(WASM.i32Eqz);
  emitter.if();
  writer.bringHome();
  writer.leave(instruction.at);
  emitter.end();
  copyReturnData(writer, instruction, codeLength);
};
