import { Bytes } from './bytes.ts';
import { NOTHING, WASM } from './wasm.ts';

/** Writes the instructions of one function, its blocks by name. */
export class Emitter {
  readonly bytes = new Bytes();
  readonly #labels: string[] = [];

  op(...bytes: readonly number[]): void {
    for (const byte of bytes) this.bytes.u8(byte);
  }

  get(local: number): void {
    this.#indexed(WASM.localGet, local);
  }

  set(local: number): void {
    this.#indexed(WASM.localSet, local);
  }

  tee(local: number): void {
    this.#indexed(WASM.localTee, local);
  }

  call(index: number): void {
    this.#indexed(WASM.call, index);
  }

  const32(value: number): void {
    this.bytes.u8(WASM.i32Const);
    this.bytes.signed32(value);
  }

  const64(value: bigint): void {
    this.bytes.u8(WASM.i64Const);
    this.bytes.signed64(value);
  }

  /** A load or a store; the alignment is a hint that says nothing here. */
  access(opcode: number, offset: number): void {
    this.bytes.u8(opcode);
    this.bytes.u8(0);
    this.bytes.unsigned(offset);
  }

  vector(opcode: readonly number[], offset: number): void {
    this.op(...opcode, 0);
    this.bytes.unsigned(offset);
  }

  block(label: string): void {
    this.#open(WASM.block, label);
  }

  loop(label: string): void {
    this.#open(WASM.loop, label);
  }

  /** Begins what runs if the top of the stack is not zero. */
  if(): void {
    this.#open(WASM.if, '');
  }

  else(): void {
    this.op(WASM.else);
  }

  end(): void {
    this.#labels.pop();
    this.op(WASM.end);
  }

  /** Jumps out of a block, or to the begin of a loop. */
  br(label: string): void {
    const depth = this.#labels.length - 1 - this.#labels.lastIndexOf(label);
    this.#indexed(WASM.br, depth);
  }

  #indexed(opcode: number, index: number): void {
    this.bytes.u8(opcode);
    this.bytes.unsigned(index);
  }

  #open(opcode: number, label: string): void {
    this.op(opcode, NOTHING);
    this.#labels.push(label);
  }
}
