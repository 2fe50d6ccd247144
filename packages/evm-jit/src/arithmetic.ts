import { MULTIPLY } from './imports.ts';
import { constant, constantOf, isNarrow, type Limb, type Limbs, narrow, type Value, WORD_MASK } from './values.ts';
import { WASM } from './wasm.ts';
import type { UnitWriter } from './writer.ts';

type Fold = (a: bigint, b: bigint) => bigint;

/** The result where both operands are known. */
export function folded(a: Value, b: Value, fold: Fold): Value | undefined {
  const [one, other] = [constantOf(a), constantOf(b)];
  return one === undefined || other === undefined ? undefined : constant(fold(one, other) & WORD_MASK);
}

function binary(writer: UnitWriter, opcode: number, a: Limb, b: Limb): number {
  writer.limb(a);
  writer.limb(b);
  writer.emitter.op(opcode);
  return writer.keep();
}

/** 1 where a < b, as a limb. */
function isLess(writer: UnitWriter, a: Limb, b: Limb): number {
  writer.limb(a);
  writer.limb(b);
  writer.emitter.op(WASM.i64LtU, WASM.i64Extend);
  return writer.keep();
}

const either = (writer: UnitWriter, a: Limb | undefined, b: Limb | undefined): Limb | undefined =>
  a === undefined ? b : b === undefined ? a : binary(writer, WASM.i64Or, a, b);

interface Step {
  readonly limb: Limb;
  readonly carry: Limb | undefined;
}

/** a + b + carry. */
function addLimb(
  writer: UnitWriter,
  a: Limb,
  b: Limb,
  { carry, isLast }: { carry: Limb | undefined; isLast: boolean },
): Step {
  let limb = a;
  let over: Limb | undefined;
  if (a === 0n) limb = b;
  else if (b !== 0n) {
    limb = binary(writer, WASM.i64Add, a, b);
    if (!isLast) over = isLess(writer, limb, b);
  }
  if (carry === undefined) return { limb, carry: over };
  if (limb === 0n) return { limb: carry, carry: over };
  const sum = binary(writer, WASM.i64Add, limb, carry);
  return { limb: sum, carry: isLast ? undefined : either(writer, over, isLess(writer, sum, carry)) };
}

/** a - b - borrow. */
function subtractLimb(
  writer: UnitWriter,
  a: Limb,
  b: Limb,
  { carry, isLast }: { carry: Limb | undefined; isLast: boolean },
): Step {
  let limb = a;
  let under: Limb | undefined;
  if (b !== 0n) {
    limb = binary(writer, WASM.i64Sub, a, b);
    if (!isLast) under = isLess(writer, a, b);
  }
  if (carry === undefined) return { limb, carry: under };
  const rest = binary(writer, WASM.i64Sub, limb, carry);
  return { limb: rest, carry: isLast ? undefined : either(writer, under, isLess(writer, limb, carry)) };
}

function byLimbs(writer: UnitWriter, a: Limbs, b: Limbs, step: typeof addLimb): Value {
  let carry: Limb | undefined;
  const limbs = a.map((one, i) => {
    const result = step(writer, one, b[i] as Limb, { carry, isLast: i === 3 });
    carry = result.carry;
    return result.limb;
  });
  return { limbs: limbs as unknown as Limbs };
}

export function add(writer: UnitWriter, a: Value, b: Value): Value {
  return folded(a, b, (x, y) => x + y) ?? byLimbs(writer, writer.limbsOf(a), writer.limbsOf(b), addLimb);
}

export function subtract(writer: UnitWriter, a: Value, b: Value): Value {
  return folded(a, b, (x, y) => x - y) ?? byLimbs(writer, writer.limbsOf(a), writer.limbsOf(b), subtractLimb);
}

const LOW_HALF = 0xffffffffn;
const HALF_BITS = 32n;

/** Both limbs of the product of two, from products of halves. */
export function multiplyLimbs(
  writer: Pick<UnitWriter, 'limb' | 'keep' | 'emitter'>,
  a: Limb,
  b: Limb,
): readonly [low: number, high: number] {
  const { emitter } = writer;
  const keepOf = (write: () => void): number => {
    write();
    return writer.keep();
  };
  const lowOf = (limb: Limb): number =>
    keepOf(() => {
      writer.limb(limb);
      emitter.const64(LOW_HALF);
      emitter.op(WASM.i64And);
    });
  const shifted = (limb: Limb): void => {
    writer.limb(limb);
    emitter.const64(HALF_BITS);
    emitter.op(WASM.i64ShrU);
  };
  const product = (x: Limb, y: Limb): void => {
    writer.limb(x);
    writer.limb(y);
    emitter.op(WASM.i64Mul);
  };
  const [aLow, bLow] = [lowOf(a), lowOf(b)];
  const [aHigh, bHigh] = [keepOf(() => shifted(a)), keepOf(() => shifted(b))];
  const lows = keepOf(() => product(aLow, bLow));
  const first = keepOf(() => {
    product(aHigh, bLow);
    shifted(lows);
    emitter.op(WASM.i64Add);
  });
  const second = keepOf(() => {
    product(aLow, bHigh);
    writer.limb(first);
    emitter.const64(LOW_HALF);
    emitter.op(WASM.i64And, WASM.i64Add);
  });
  const high = keepOf(() => {
    product(aHigh, bHigh);
    shifted(first);
    emitter.op(WASM.i64Add);
    shifted(second);
    emitter.op(WASM.i64Add);
  });
  return [keepOf(() => product(a, b)), high];
}

export function multiply(writer: UnitWriter, a: Value, b: Value): Value {
  const known = folded(a, b, (x, y) => x * y);
  if (known !== undefined) return known;
  const [x, y] = [writer.limbsOf(a), writer.limbsOf(b)];
  if (isNarrow(x) && isNarrow(y)) {
    const [low, high] = multiplyLimbs(writer, x[0], y[0]);
    return { limbs: [low, high, 0n, 0n] };
  }
  for (const limb of [...x, ...y]) writer.limb(limb);
  writer.emitter.call(MULTIPLY);
  const [fourth, third, second, first] = [writer.keep(), writer.keep(), writer.keep(), writer.keep()];
  return { limbs: [first, second, third, fourth] };
}

/** DIV and MOD where one limb is divided by a known one; undefined elsewhere. */
export function divideNarrow(writer: UnitWriter, a: Value, b: Value, opcode: number): Value | undefined {
  const divisor = constantOf(b);
  if (divisor === undefined || divisor === 0n || divisor >> 64n !== 0n || !('limbs' in a) || !isNarrow(a.limbs))
    return undefined;
  return narrow(binary(writer, opcode, a.limbs[0], divisor));
}
