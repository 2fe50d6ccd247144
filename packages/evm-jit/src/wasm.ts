import { Bytes } from './bytes.ts';

/** Opcodes and types of WebAssembly, as far as units use them. */
export const WASM = {
  unreachable: 0x00,
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  br: 0x0c,
  return: 0x0f,
  call: 0x10,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  i32Load: 0x28,
  i64Load: 0x29,
  i64Load32: 0x35,
  i32Store: 0x36,
  i64Store: 0x37,
  i64Store8: 0x3c,
  i32Const: 0x41,
  i64Const: 0x42,
  i32Eqz: 0x45,
  i32LtU: 0x49,
  i32GtU: 0x4b,
  i64Eqz: 0x50,
  i64Eq: 0x51,
  i64LtS: 0x53,
  i64LtU: 0x54,
  i64GtU: 0x56,
  i32Add: 0x6a,
  i32Sub: 0x6b,
  i32And: 0x71,
  i32Or: 0x72,
  i32Xor: 0x73,
  i32ShrU: 0x76,
  i64Clz: 0x79,
  i64Add: 0x7c,
  i64Sub: 0x7d,
  i64Mul: 0x7e,
  i64DivU: 0x80,
  i64RemU: 0x82,
  i64And: 0x83,
  i64Or: 0x84,
  i64Xor: 0x85,
  i64Shl: 0x86,
  i64ShrS: 0x87,
  i64ShrU: 0x88,
  i32Wrap: 0xa7,
  i64Extend: 0xad,
} as const;

const SIMD = 0xfd;
export const VECTOR = {
  load: [SIMD, 0x00],
  store: [SIMD, 0x0b],
  shuffle: [SIMD, 0x0d],
  splat64: [SIMD, 0x12],
  extract64: [SIMD, 0x1d],
  replace64: [SIMD, 0x1e],
} as const;

export const I32 = 0x7f;
export const I64 = 0x7e;
export const V128 = 0x7b;
/** Of a block that leaves nothing. */
export const NOTHING = 0x40;
const FUNCTION = 0x60;

export interface Signature {
  readonly takes: readonly number[];
  readonly gives: readonly number[];
}

export interface Import extends Signature {
  readonly name: string;
}

export interface FunctionBody {
  /** How many of which type, in order. */
  readonly locals: readonly (readonly [count: number, type: number])[];
  readonly code: Uint8Array;
}

const MAGIC = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
const SECTION = { types: 1, imports: 2, functions: 3, exports: 7, code: 10 } as const;
const KIND = { function: 0, memory: 2 } as const;

function written(write: (out: Bytes) => void): Uint8Array {
  const out = new Bytes();
  write(out);
  return out.take();
}

function vector(items: readonly Uint8Array[]): Uint8Array {
  return written((out) => {
    out.unsigned(items.length);
    for (const item of items) out.append(item);
  });
}

const sized = (bytes: Uint8Array): Uint8Array =>
  written((out) => {
    out.unsigned(bytes.length);
    out.append(bytes);
  });

const typeOf = ({ takes, gives }: Signature): Uint8Array =>
  written((out) => {
    out.u8(FUNCTION);
    out.unsigned(takes.length);
    out.append(takes);
    out.unsigned(gives.length);
    out.append(gives);
  });

/** The module's name for what units import. */
export const CORE = 'core';
export const UNIT = 'unit';

const importOf = (name: string, kind: number, rest: readonly number[]): Uint8Array =>
  written((out) => {
    out.text(CORE);
    out.text(name);
    out.u8(kind);
    out.append(rest);
  });

const bodyOf = ({ locals, code }: FunctionBody): Uint8Array =>
  sized(
    written((out) => {
      out.unsigned(locals.length);
      for (const [count, type] of locals) {
        out.unsigned(count);
        out.u8(type);
      }
      out.append(code);
    }),
  );

function section(out: Bytes, id: number, content: Uint8Array): void {
  out.u8(id);
  out.append(sized(content));
}

/**
 * What all modules with the same functions begin with: they import functions and the memory, and export their last function
 * as the unit. Functions are numbered as usual: imports first.
 */
export function moduleHead(imports: readonly Import[], functions: readonly Signature[]): Uint8Array {
  const out = new Bytes();
  const all: readonly Signature[] = [...imports, ...functions];
  const numberOf = (index: number): Uint8Array => written((bytes) => bytes.unsigned(index));
  out.append(MAGIC);
  section(out, SECTION.types, vector(all.map(typeOf)));
  const imported = imports.map(({ name }, i) => importOf(name, KIND.function, [...numberOf(i)]));
  section(out, SECTION.imports, vector([...imported, importOf('memory', KIND.memory, [0, 1])]));
  section(out, SECTION.functions, vector(functions.map((_, i) => numberOf(imports.length + i))));
  const unit = written((bytes) => {
    bytes.text(UNIT);
    bytes.u8(KIND.function);
    bytes.unsigned(all.length - 1);
  });
  section(out, SECTION.exports, vector([unit]));
  return out.take();
}

/** A module of a head and its functions' bodies. */
export function moduleOf(head: Uint8Array, functions: readonly FunctionBody[]): Uint8Array<ArrayBuffer> {
  const out = new Bytes();
  out.append(head);
  section(out, SECTION.code, vector(functions.map(bodyOf)));
  return out.take();
}
