import { orOf } from './bits.ts';
import { LOCAL } from './frame.ts';
import { constantOf, type Limb, type Limbs, type Value } from './values.ts';
import { VECTOR, WASM } from './wasm.ts';
import type { UnitWriter } from './writer.ts';

/** Where an access goes: a known offset, or a limb that has been found small enough. */
interface Address {
  readonly offset: number;
  readonly limb?: Limb;
}

const WORD = 32;
const HALF = 16;
/** Larger offsets are found out when they are met. */
const MOST_KNOWN = 1n << 28n;
const BACKWARDS = Array.from({ length: HALF }, (_, i) => HALF - 1 - i);

/** Asks for memory up to what `end` leaves, where it is not there yet. */
function expand(writer: UnitWriter, end: () => void): void {
  const { emitter } = writer;
  emitter.get(LOCAL.frame);
  end();
  emitter.get(LOCAL.gas);
  writer.call('expand');
  writer.takeGas();
  writer.readMemorySize();
}

function reachKnown(writer: UnitWriter, end: number): void {
  if (end <= writer.reached) return;
  const { emitter } = writer;
  emitter.get(LOCAL.memorySize);
  emitter.const32(end);
  emitter.op(WASM.i32LtU);
  emitter.if();
  expand(writer, () => emitter.const64(BigInt(end)));
  emitter.end();
  writer.reached = end;
}

/** Leaves whether any bit is set that no offset has. */
function isFar(writer: UnitWriter, [low, ...high]: Limbs): void {
  const { emitter } = writer;
  writer.limb(low);
  emitter.const64(32n);
  emitter.op(WASM.i64ShrU);
  if (high.some((limb) => limb !== 0n)) {
    orOf(writer, high);
    emitter.op(WASM.i64Or);
  }
  emitter.op(WASM.i64Eqz, WASM.i32Eqz);
}

/** Makes sure that memory is there, and paid for. */
function reach(writer: UnitWriter, offset: Value, size: number): Address {
  const known = constantOf(offset);
  if (known !== undefined && known < MOST_KNOWN) {
    reachKnown(writer, Number(known) + size);
    return { offset: Number(known) };
  }
  const { emitter } = writer;
  const limbs = writer.limbsOf(offset);
  const end = (): void => {
    writer.limb(limbs[0]);
    emitter.const64(BigInt(size));
    emitter.op(WASM.i64Add);
  };
  end();
  emitter.get(LOCAL.memorySize);
  emitter.op(WASM.i64Extend, WASM.i64GtU);
  isFar(writer, limbs);
  emitter.op(WASM.i32Or);
  emitter.if();
  isFar(writer, limbs);
  emitter.if();
  writer.failForGas();
  emitter.end();
  expand(writer, end);
  emitter.end();
  return { offset: 0, limb: limbs[0] };
}

function pushAddress(writer: UnitWriter, { limb }: Address): void {
  writer.emitter.get(LOCAL.memory);
  if (limb === undefined) return;
  writer.limb(limb);
  writer.emitter.op(WASM.i32Wrap, WASM.i32Add);
}

/** Turns the 16 bytes of the vector around. */
function reverse({ emitter }: UnitWriter): void {
  emitter.get(LOCAL.vector);
  emitter.get(LOCAL.vector);
  emitter.op(...VECTOR.shuffle, ...BACKWARDS);
}

/** Two limbs from 16 bytes, big endian. @returns the lower first. */
function loadHalf(writer: UnitWriter, address: Address, offset: number): readonly [Limb, Limb] {
  const { emitter } = writer;
  pushAddress(writer, address);
  emitter.vector(VECTOR.load, offset);
  emitter.set(LOCAL.vector);
  reverse(writer);
  emitter.tee(LOCAL.vector);
  emitter.op(...VECTOR.extract64, 0);
  const low = writer.keep();
  emitter.get(LOCAL.vector);
  emitter.op(...VECTOR.extract64, 1);
  return [low, writer.keep()];
}

export function loadWord(writer: UnitWriter, offset: Value): Value {
  const address = reach(writer, offset, WORD);
  const [third, fourth] = loadHalf(writer, address, address.offset);
  const [first, second] = loadHalf(writer, address, address.offset + HALF);
  return { limbs: [first, second, third, fourth] };
}

function storeHalf(writer: UnitWriter, address: Address, offset: number, [low, high]: readonly [Limb, Limb]): void {
  const { emitter } = writer;
  pushAddress(writer, address);
  writer.limb(low);
  emitter.op(...VECTOR.splat64);
  writer.limb(high);
  emitter.op(...VECTOR.replace64, 1);
  emitter.set(LOCAL.vector);
  reverse(writer);
  emitter.vector(VECTOR.store, offset);
}

export function storeWord(writer: UnitWriter, offset: Value, value: Value): void {
  const limbs = writer.limbsOf(value);
  const address = reach(writer, offset, WORD);
  storeHalf(writer, address, address.offset, [limbs[2], limbs[3]]);
  storeHalf(writer, address, address.offset + HALF, [limbs[0], limbs[1]]);
}

export function storeByte(writer: UnitWriter, offset: Value, value: Value): void {
  const [low] = writer.limbsOf(value);
  const address = reach(writer, offset, 1);
  pushAddress(writer, address);
  writer.limb(low);
  writer.emitter.access(WASM.i64Store8, address.offset);
}

/** Leaves the size of the frame's memory as 64 bits. */
export function memorySize({ emitter }: UnitWriter): void {
  emitter.get(LOCAL.memorySize);
  emitter.op(WASM.i64Extend);
}
