import { multiplyLimbs } from './arithmetic.ts';
import { Emitter } from './emitter.ts';
import type { Limb } from './values.ts';
import { type FunctionBody, I64, type Signature, WASM } from './wasm.ts';

const A = [0, 1, 2, 3] as const;
const B = [4, 5, 6, 7] as const;
const PARAMETERS = 8;
const LIMBS = Array<number>(4).fill(I64);

/** Writes limbs, a new local for each. */
class LimbWriter {
  readonly emitter = new Emitter();
  #locals = PARAMETERS;

  get locals(): number {
    return this.#locals - PARAMETERS;
  }

  limb(limb: Limb): void {
    if (typeof limb === 'bigint') this.emitter.const64(limb);
    else this.emitter.get(limb);
  }

  keep(): number {
    this.emitter.set(this.#locals);
    return this.#locals++;
  }
}

/** The upper half of the product is not needed. */
function low(writer: LimbWriter, a: number, b: number): number {
  writer.emitter.get(a);
  writer.emitter.get(b);
  writer.emitter.op(WASM.i64Mul);
  return writer.keep();
}

/** Adds up. @returns the sum, and how often it overflowed. */
function sum(writer: LimbWriter, first: number, rest: readonly number[]): readonly [sum: number, carry: Limb] {
  const { emitter } = writer;
  let total = first;
  let carry: Limb = 0n;
  for (const one of rest) {
    emitter.get(total);
    emitter.get(one);
    emitter.op(WASM.i64Add);
    total = writer.keep();
    emitter.get(total);
    emitter.get(one);
    emitter.op(WASM.i64LtU, WASM.i64Extend);
    if (carry !== 0n) {
      writer.limb(carry);
      emitter.op(WASM.i64Add);
    }
    carry = writer.keep();
  }
  return [total, carry];
}

function narrowProduct(writer: LimbWriter): void {
  const { emitter } = writer;
  const high = [A[1], A[2], A[3], B[1], B[2], B[3]];
  for (const [i, limb] of high.entries()) {
    emitter.get(limb);
    if (i > 0) emitter.op(WASM.i64Or);
  }
  emitter.op(WASM.i64Eqz);
  emitter.if();
  for (const limb of multiplyLimbs(writer, A[0], B[0])) writer.limb(limb);
  emitter.const64(0n);
  emitter.const64(0n);
  emitter.op(WASM.return);
  emitter.end();
}

export const MULTIPLY_SIGNATURE: Signature = { takes: [...LIMBS, ...LIMBS], gives: LIMBS };

let written: FunctionBody | undefined;

/** The low four limbs of the product of two words, each given as four. */
export function multiplyFunction(): FunctionBody {
  written ??= writeFunction();
  return written;
}

function writeFunction(): FunctionBody {
  const writer = new LimbWriter();
  narrowProduct(writer);
  const wide = (i: number, j: number) =>
    multiplyLimbs(writer, A[i] as number, B[j] as number) as readonly [number, number];
  const [first, up0] = wide(0, 0);
  const [low01, up01] = wide(0, 1);
  const [low10, up10] = wide(1, 0);
  const [second, carry1] = sum(writer, up0, [low01, low10]);
  const [low02, up02] = wide(0, 2);
  const [low11, up11] = wide(1, 1);
  const [low20, up20] = wide(2, 0);
  const [third, carry2] = sum(writer, carry1 as number, [up01, up10, low02, low11, low20]);
  const column = [
    up02,
    up11,
    up20,
    low(writer, A[0], B[3]),
    low(writer, A[1], B[2]),
    low(writer, A[2], B[1]),
    low(writer, A[3], B[0]),
  ];
  for (const limb of [first, second, third]) writer.limb(limb);
  writer.limb(carry2);
  for (const limb of column) {
    writer.limb(limb);
    writer.emitter.op(WASM.i64Add);
  }
  writer.emitter.op(WASM.end);
  return { locals: [[writer.locals, I64]], code: writer.emitter.bytes.take() };
}
