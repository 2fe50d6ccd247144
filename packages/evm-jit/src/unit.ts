import { dupOf, swapOf } from './arity.ts';
import { isEqual, isLess, isZero } from './bits.ts';
import { type DecodedCode, type Instruction, OPERATION } from './decoded.ts';
import { AS_BLOCK, CODE_INSTRUCTIONS, FRAME, LEFT, LOCAL, STACK_LIMIT } from './frame.ts';
import { type Edge, type Graph, type GraphOptions, graphOf, isForUnits, type Node } from './graph.ts';
import { IMPORTS } from './imports.ts';
import { MULTIPLY_SIGNATURE, multiplyFunction } from './multiplyFunction.ts';
import { OPERATIONS } from './operations.ts';
import { type Structure, structureOf } from './structure.ts';
import type { Value } from './values.ts';
import { I32, I64, moduleHead, moduleOf, V128, WASM } from './wasm.ts';
import { UnitWriter } from './writer.ts';

export interface Unit {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly blocks: number;
  readonly instructions: number;
}

const WORD = 32;
const WORD_BITS = 5;

/** Writes a graph of blocks as one function. */
class UnitFunction {
  readonly #writer: UnitWriter;
  readonly #graph: Graph;
  readonly #structure: Structure;
  readonly #codeLength: number;

  constructor(graph: Graph, structure: Structure, codeLength: number) {
    this.#graph = graph;
    this.#structure = structure;
    this.#codeLength = codeLength;
    this.#writer = new UnitWriter(graph.high - graph.low);
  }

  write(): { code: Uint8Array; longLocals: number } {
    const { emitter } = this.#writer;
    const [entry] = this.#graph.nodes;
    this.#prologue(entry as Node);
    this.#writer.openExits();
    this.#tree(entry as Node);
    emitter.op(WASM.unreachable);
    this.#writer.closeExits();
    emitter.op(WASM.end);
    return { code: emitter.bytes.take(), longLocals: this.#writer.longLocals };
  }

  /** Height of the stack at a node, from the lowest word that the unit touches. */
  #heightOf(node: Node): number {
    return node.height - this.#graph.low;
  }

  /** Refuses a stack that has too few words or too little room, and reads what the unit works with. */
  #prologue({ block }: Node): void {
    const writer = this.#writer;
    const { emitter } = writer;
    const { low, high } = this.#graph;
    const words = (): void => {
      emitter.get(LOCAL.sp);
      writer.frameField(FRAME.stack);
      emitter.op(WASM.i32Sub);
      emitter.const32(WORD_BITS);
      emitter.op(WASM.i32ShrU);
    };
    words();
    emitter.const32(-low);
    emitter.op(WASM.i32LtU);
    words();
    emitter.const32(STACK_LIMIT - high);
    emitter.op(WASM.i32GtU, WASM.i32Or);
    emitter.if();
    this.#refuse(block.at);
    emitter.end();
    emitter.get(LOCAL.sp);
    emitter.const32(WORD * (low + 1));
    emitter.op(WASM.i32Add);
    emitter.set(LOCAL.base);
    writer.frameField(FRAME.memory);
    emitter.set(LOCAL.memory);
    writer.readMemorySize();
    this.#readCode();
    for (let place = 0; place < -low; place++) {
      for (let limb = 0; limb < 4; limb++) {
        emitter.get(LOCAL.base);
        emitter.access(WASM.i64Load, WORD * place + 8 * limb);
        emitter.set(LOCAL.firstWord + 4 * place + limb);
      }
    }
  }

  #readCode(): void {
    const { emitter } = this.#writer;
    this.#writer.frameField(FRAME.code);
    emitter.access(WASM.i32Load, CODE_INSTRUCTIONS);
    emitter.set(LOCAL.code);
  }

  /** Returns with nothing done. */
  #refuse(at: number): void {
    const { emitter } = this.#writer;
    this.#readCode();
    emitter.get(LOCAL.frame);
    emitter.get(LOCAL.code);
    emitter.const32(at);
    emitter.op(WASM.i32Add);
    emitter.access(WASM.i32Store, FRAME.ip);
    emitter.get(LOCAL.frame);
    emitter.get(LOCAL.sp);
    emitter.access(WASM.i32Store, FRAME.sp);
    emitter.get(LOCAL.frame);
    emitter.get(LOCAL.gas);
    emitter.access(WASM.i64Store, FRAME.gas);
    emitter.const32(AS_BLOCK);
    emitter.op(WASM.return);
  }

  #tree(node: Node): void {
    const { emitter } = this.#writer;
    const isLoop = this.#structure.isLoop(node);
    if (isLoop) emitter.loop(loopName(node));
    this.#within(node, this.#structure.mergesOf(node));
    if (!isLoop) return;
    emitter.end();
    emitter.op(WASM.unreachable);
  }

  /** The node, inside of the blocks whose ends are where the merges begin. */
  #within(node: Node, [merge, ...merges]: readonly Node[]): void {
    const { emitter } = this.#writer;
    if (merge === undefined) {
      this.#body(node);
      return;
    }
    emitter.block(mergeName(merge));
    this.#within(node, merges);
    emitter.end();
    this.#tree(merge);
  }

  #body(node: Node): void {
    const writer = this.#writer;
    writer.begin(this.#heightOf(node));
    this.#pay(node);
    for (const one of node.instructions) {
      if (!isForUnits(one)) break;
      this.#instruction(one);
    }
    this.#ending(node);
  }

  /** Takes the block's gas, or leaves it to the interpreter to say what happens. */
  #pay({ block }: Node): void {
    const writer = this.#writer;
    const { emitter } = writer;
    emitter.get(LOCAL.gas);
    emitter.const64(BigInt(block.gas));
    emitter.op(WASM.i64Sub);
    emitter.tee(LOCAL.gas);
    emitter.get(LOCAL.floor);
    emitter.op(WASM.i64LtS);
    emitter.if();
    emitter.get(LOCAL.gas);
    emitter.const64(BigInt(block.gas));
    emitter.op(WASM.i64Add);
    emitter.set(LOCAL.gas);
    writer.leave(block.at, AS_BLOCK);
    emitter.end();
  }

  #instruction(one: Instruction): void {
    const { stack } = this.#writer;
    const top = stack.length - 1;
    const dup = dupOf(one.operation);
    const isSwapPop = one.operation === OPERATION.swapPop;
    const swap = isSwapPop ? one.argument : swapOf(one.operation);
    if (dup > 0) stack.push(stack[top + 1 - dup] as Value);
    else if (swap > 0) {
      [stack[top], stack[top - swap]] = [stack[top - swap] as Value, stack[top] as Value];
      if (isSwapPop) stack.pop();
    } else OPERATIONS.get(one.operation)?.(this.#writer, one, this.#codeLength);
  }

  #ending(node: Node): void {
    const writer = this.#writer;
    const { emitter } = writer;
    const { ending } = node;
    const last = node.instructions.at(-1);
    if (ending.kind === 'leave') {
      writer.bringHome();
      writer.leave((last as Instruction).at);
      return;
    }
    if (ending.kind === 'go') {
      if (last?.operation === 0x56) writer.pop();
      writer.bringHome();
      this.#follow(node, ending.edge, writer.stack.length);
      return;
    }
    this.#condition(last as Instruction);
    emitter.set(LOCAL.condition);
    writer.bringHome();
    // Writing what follows changes what the writer knows of the stack.
    const height = writer.stack.length;
    emitter.get(LOCAL.condition);
    emitter.if();
    this.#follow(node, ending.taken, height);
    emitter.else();
    this.#follow(node, ending.otherwise, height);
    emitter.end();
    emitter.op(WASM.unreachable);
  }

  /** Leaves whether the jump is taken. */
  #condition({ operation }: Instruction): void {
    const writer = this.#writer;
    const { emitter } = writer;
    if (operation === 0x57) writer.pop();
    const a = writer.pop();
    if (operation === OPERATION.jumpUnless) isZero(writer, a);
    else if (operation === OPERATION.jumpIf || operation === 0x57) {
      isZero(writer, a);
      emitter.op(WASM.i32Eqz);
    } else {
      this.#comparison(operation, a, writer.pop());
      if (operation >= OPERATION.jumpUnlessLt) emitter.op(WASM.i32Eqz);
    }
  }

  #comparison(operation: number, a: Value, b: Value): void {
    if (operation === OPERATION.jumpIfLt || operation === OPERATION.jumpUnlessLt) isLess(this.#writer, a, b);
    else if (operation === OPERATION.jumpIfGt || operation === OPERATION.jumpUnlessGt) isLess(this.#writer, b, a);
    else isEqual(this.#writer, a, b);
  }

  #follow(from: Node, { at, to }: Edge, height: number): void {
    const { emitter } = this.#writer;
    if (to === undefined) {
      this.#writer.leave(at, LEFT, height);
      return;
    }
    if (this.#structure.isBack(from, to)) emitter.br(loopName(to));
    else if (this.#structure.isMerge(to)) emitter.br(mergeName(to));
    else this.#tree(to);
  }
}

const loopName = ({ id }: Node): string => `loop ${id}`;
const mergeName = ({ id }: Node): string => `merge ${id}`;

let head: Uint8Array | undefined;

/**
 * Compiles what a block leads to.
 * @returns undefined where it is better left to the interpreter.
 */
export function compileUnit(code: DecodedCode, entry: number, options: GraphOptions): Unit | undefined {
  const graph = graphOf(code, entry, options);
  const structure = graph === undefined ? undefined : structureOf(graph);
  if (graph === undefined || structure === undefined) return undefined;
  const { code: body, longLocals } = new UnitFunction(graph, structure, code.length).write();
  head ??= moduleHead(IMPORTS, [MULTIPLY_SIGNATURE, { takes: [I32, I32, I64, I64], gives: [I32] }]);
  const bytes = moduleOf(head, [
    multiplyFunction(),
    {
      locals: [
        [LOCAL.vector - LOCAL.base, I32],
        [1, V128],
        [longLocals, I64],
      ],
      code: body,
    },
  ]);
  const instructions = graph.nodes.reduce((sum, node) => sum + node.instructions.length, 0);
  return { bytes, blocks: graph.nodes.length, instructions };
}
