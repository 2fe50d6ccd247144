import { folded } from './arithmetic.ts';
import { constant, constantOf, isNarrow, LIMB_MASK, type Limb, type Limbs, type Value, WORD_MASK } from './values.ts';
import { WASM } from './wasm.ts';
import type { UnitWriter } from './writer.ts';

type Bitwise = 'and' | 'or' | 'xor';

const OPCODES = { and: WASM.i64And, or: WASM.i64Or, xor: WASM.i64Xor } as const;
const ON_FLAGS = { and: WASM.i32And, or: WASM.i32Or, xor: WASM.i32Xor } as const;
const FOLDS: Readonly<Record<Bitwise, (a: bigint, b: bigint) => bigint>> = {
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  xor: (a, b) => a ^ b,
};

/** What needs no instruction: one side is all zeros or all ones. */
function trivial(kind: Bitwise, limb: Limb, known: bigint): Limb | undefined {
  if (known === 0n) return kind === 'and' ? 0n : limb;
  if (known !== LIMB_MASK) return undefined;
  if (kind === 'and') return limb;
  return kind === 'or' ? LIMB_MASK : undefined;
}

function combine(writer: UnitWriter, kind: Bitwise, a: Limb, b: Limb): Limb {
  if (typeof a === 'bigint' && typeof b === 'bigint') return FOLDS[kind](a, b);
  const [open, known] = typeof a === 'bigint' ? [b, a] : [a, b];
  const result = typeof known === 'bigint' ? trivial(kind, open, known) : undefined;
  if (result !== undefined) return result;
  writer.limb(a);
  writer.limb(b);
  writer.emitter.op(OPCODES[kind]);
  return writer.keep();
}

export function bitwise(writer: UnitWriter, kind: Bitwise, a: Value, b: Value): Value {
  if ('flag' in a && 'flag' in b) {
    writer.emitter.get(a.flag);
    writer.emitter.get(b.flag);
    writer.emitter.op(ON_FLAGS[kind]);
    return writer.keepFlag();
  }
  const [x, y] = [writer.limbsOf(a), writer.limbsOf(b)];
  return { limbs: x.map((limb, i) => combine(writer, kind, limb, y[i] as Limb)) as unknown as Limbs };
}

export const not = (writer: UnitWriter, a: Value): Value => bitwise(writer, 'xor', a, constant(WORD_MASK));

/** The bits of two neighbours that a shift brings into one limb. */
function joined(writer: UnitWriter, parts: readonly (readonly [limb: Limb, opcode: number, by: bigint])[]): Limb {
  const { emitter } = writer;
  const left = parts.filter(([limb, , by]) => limb !== 0n && by < 64n);
  if (left.length === 0) return 0n;
  for (const [i, [limb, opcode, by]] of left.entries()) {
    writer.limb(limb);
    emitter.const64(by);
    emitter.op(opcode);
    if (i > 0) emitter.op(WASM.i64Or);
  }
  return writer.keep();
}

/** By a known number of bits. */
export function shiftLeft(writer: UnitWriter, value: Value, bits: bigint): Value {
  if (bits > 255n) return constant(0n);
  const known = folded(value, constant(bits), (x, by) => x << by);
  if (known !== undefined) return known;
  const limbs = writer.limbsOf(value);
  const skipped = Number(bits >> 6n);
  const up = bits & 63n;
  const at = (i: number): Limb => limbs[i] ?? 0n;
  const shifted = limbs.map((_, i) => {
    if (up === 0n) return at(i - skipped);
    return joined(writer, [
      [at(i - skipped), WASM.i64Shl, up],
      [at(i - skipped - 1), WASM.i64ShrU, 64n - up],
    ]);
  });
  return { limbs: shifted as unknown as Limbs };
}

/** By a known number of bits; `fill` is what comes in from above. */
function shiftDown(writer: UnitWriter, limbs: Limbs, bits: bigint, fill: Limb): Value {
  const skipped = Number(bits >> 6n);
  const down = bits & 63n;
  const at = (i: number): Limb => limbs[i] ?? fill;
  const shifted = limbs.map((_, i) => {
    if (down === 0n) return at(i + skipped);
    return joined(writer, [
      [at(i + skipped), WASM.i64ShrU, down],
      [at(i + skipped + 1), WASM.i64Shl, 64n - down],
    ]);
  });
  return { limbs: shifted as unknown as Limbs };
}

export function shiftRight(writer: UnitWriter, value: Value, bits: bigint): Value {
  if (bits > 255n) return constant(0n);
  const known = folded(value, constant(bits), (x, by) => x >> by);
  return known ?? shiftDown(writer, writer.limbsOf(value), bits, 0n);
}

export function shiftRightSigned(writer: UnitWriter, value: Value, bits: bigint): Value {
  const limbs = writer.limbsOf(value);
  writer.limb(limbs[3]);
  writer.emitter.const64(63n);
  writer.emitter.op(WASM.i64ShrS);
  const sign = writer.keep();
  return bits > 255n ? { limbs: [sign, sign, sign, sign] } : shiftDown(writer, limbs, bits, sign);
}

/** Leaves all bits of some limbs, or-ed. */
export function orOf(writer: UnitWriter, limbs: readonly Limb[]): void {
  const some = limbs.filter((limb) => limb !== 0n);
  if (some.length === 0) writer.emitter.const64(0n);
  for (const [i, limb] of some.entries()) {
    writer.limb(limb);
    if (i > 0) writer.emitter.op(WASM.i64Or);
  }
}

/** Leaves whether the value is zero. */
export function isZero(writer: UnitWriter, value: Value): void {
  if ('flag' in value) {
    writer.emitter.get(value.flag);
    writer.emitter.op(WASM.i32Eqz);
    return;
  }
  orOf(writer, value.limbs);
  writer.emitter.op(WASM.i64Eqz);
}

/** Leaves whether two values are the same. */
export function isEqual(writer: UnitWriter, a: Value, b: Value): void {
  const [x, y] = [writer.limbsOf(a), writer.limbsOf(b)];
  const differences = x.map((limb, i) => combine(writer, 'xor', limb, y[i] as Limb));
  orOf(writer, differences);
  writer.emitter.op(WASM.i64Eqz);
}

function compare(writer: UnitWriter, opcode: number, a: Limb, b: Limb): void {
  writer.limb(a);
  writer.limb(b);
  writer.emitter.op(opcode);
}

/** Leaves whether a < b; `opcode` compares the highest limbs. */
function isBelow(writer: UnitWriter, x: Limbs, y: Limbs, opcode: number): void {
  compare(writer, WASM.i64LtU, x[0], y[0]);
  for (let i = 1; i < 4; i++) {
    const [a, b] = [x[i] as Limb, y[i] as Limb];
    if (a === 0n && b === 0n) continue;
    compare(writer, WASM.i64Eq, a, b);
    writer.emitter.op(WASM.i32And);
    compare(writer, i === 3 ? opcode : WASM.i64LtU, a, b);
    writer.emitter.op(WASM.i32Or);
  }
}

/** Leaves whether a < b, unsigned. */
export function isLess(writer: UnitWriter, a: Value, b: Value): void {
  const { emitter } = writer;
  const [x, y] = [writer.limbsOf(a), writer.limbsOf(b)];
  if (isNarrow(y) && !isNarrow(x)) {
    compare(writer, WASM.i64LtU, x[0], y[0]);
    orOf(writer, x.slice(1));
    emitter.op(WASM.i64Eqz, WASM.i32And);
  } else if (isNarrow(x) && !isNarrow(y)) {
    compare(writer, WASM.i64LtU, x[0], y[0]);
    orOf(writer, y.slice(1));
    emitter.op(WASM.i64Eqz, WASM.i32Eqz, WASM.i32Or);
  } else isBelow(writer, x, y, WASM.i64LtU);
}

/** The same in two's complement. */
export const isLessSigned = (writer: UnitWriter, a: Value, b: Value): void =>
  isBelow(writer, writer.limbsOf(a), writer.limbsOf(b), WASM.i64LtS);

/** BYTE at a known place. */
export function byteAt(writer: UnitWriter, index: bigint, value: Value): Value {
  if (index > 31n) return constant(0n);
  return bitwise(writer, 'and', shiftRight(writer, value, 8n * (31n - index)), constant(255n));
}

/** Something known, where it is; 256 stands for all that is larger. */
export function smallOf(value: Value): bigint | undefined {
  const known = constantOf(value);
  return known === undefined || known < 256n ? known : 256n;
}
