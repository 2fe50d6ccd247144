import { Emitter } from './emitter.ts';
import { type AS_BLOCK, FLAGS, FRAME, LEFT, LOCAL, OUT_OF_GAS } from './frame.ts';
import { type ImportName, importPlace } from './imports.ts';
import { type Limb, type Limbs, narrow, type Value } from './values.ts';
import { WASM } from './wasm.ts';

const WORD = 32;
const LIMB = 8;
const LIMBS = [0, 1, 2, 3] as const;

/** Writes a unit: what it knows of the stack while it goes through a block, and the ways out. */
export class UnitWriter {
  readonly emitter = new Emitter();
  /** The stack of the block that is being written, from the lowest word that the unit touches. */
  stack: Value[] = [];
  /** Memory of the frame that is known to be there, within a block. */
  reached = 0;
  /** Places whose words in the core's memory may not be what they were at the entry. */
  readonly #changed = new Set<number>();
  readonly #words: number;
  #temporaries = 0;
  #mostTemporaries = 0;
  #flags = 0;

  /** @param words how many the unit touches. */
  constructor(words: number) {
    this.#words = words;
  }

  /** Locals of 64 bits that it needs. */
  get longLocals(): number {
    return 4 * this.#words + this.#mostTemporaries;
  }

  /** Begins a block at a height of the stack. */
  begin(height: number): void {
    this.#temporaries = 0;
    this.#flags = 0;
    this.reached = 0;
    this.stack = Array.from({ length: height }, (_, place) => this.home(place));
  }

  /** Where a word lies between blocks. */
  home(place: number): Value {
    const first = LOCAL.firstWord + 4 * place;
    return { limbs: [first, first + 1, first + 2, first + 3] };
  }

  limb(limb: Limb): void {
    if (typeof limb === 'bigint') this.emitter.const64(limb);
    else this.emitter.get(limb);
  }

  /** Takes the 64 bits that were left. */
  keep(): number {
    const local = LOCAL.firstWord + 4 * this.#words + this.#temporaries++;
    this.#mostTemporaries = Math.max(this.#mostTemporaries, this.#temporaries);
    this.emitter.set(local);
    return local;
  }

  /** Takes the truth value that was left. */
  keepFlag(): Value {
    if (this.#flags === FLAGS) {
      this.emitter.op(WASM.i64Extend);
      return narrow(this.keep());
    }
    const flag = LOCAL.firstFlag + this.#flags++;
    this.emitter.set(flag);
    return { flag };
  }

  limbsOf(value: Value): Limbs {
    if ('limbs' in value) return value.limbs;
    this.emitter.get(value.flag);
    this.emitter.op(WASM.i64Extend);
    return [this.keep(), 0n, 0n, 0n];
  }

  pop(): Value {
    return this.stack.pop() as Value;
  }

  push(value: Value): void {
    this.stack.push(value);
  }

  /** Leaves the address of a place of the stack. */
  place(index: number): void {
    this.emitter.get(LOCAL.base);
    if (index === 0) return;
    this.emitter.const32(WORD * index);
    this.emitter.op(WASM.i32Add);
  }

  /** Writes a word to where the core's stack has it. */
  spill(index: number, value = this.stack[index] as Value): void {
    const { emitter } = this;
    this.#changed.add(index);
    for (const [i, limb] of this.limbsOf(value).entries()) {
      emitter.get(LOCAL.base);
      this.limb(limb);
      emitter.access(WASM.i64Store, WORD * index + LIMB * i);
    }
  }

  /** Spills as many words from the top. @returns the place of the uppermost. */
  spillTop(count: number): number {
    const top = this.stack.length - 1;
    for (let i = 0; i < count; i++) this.spill(top - i);
    return top;
  }

  /** The word at an address that is left by `base`. */
  load(base: () => void, offset = 0): Value {
    const [first, second, third, fourth] = LIMBS.map((i) => {
      base();
      this.emitter.access(WASM.i64Load, offset + LIMB * i);
      return this.keep();
    }) as [number, number, number, number];
    return { limbs: [first, second, third, fourth] };
  }

  /** The word that a function left on the core's stack. */
  reload(index: number): Value {
    this.#changed.add(index);
    return this.load(() => this.emitter.get(LOCAL.base), WORD * index);
  }

  frameField(offset: number): void {
    this.emitter.get(LOCAL.frame);
    this.emitter.access(WASM.i32Load, offset);
  }

  call(name: ImportName): void {
    this.emitter.call(importPlace(name));
  }

  /** Takes the gas that a function left; the frame fails where that is too much. */
  takeGas(): void {
    const { emitter } = this;
    emitter.tee(LOCAL.gas);
    emitter.const64(0n);
    emitter.op(WASM.i64LtS);
    emitter.if();
    this.failForGas();
    emitter.end();
  }

  failForGas(): void {
    const { emitter } = this;
    this.#storeGas();
    emitter.const32(OUT_OF_GAS);
    emitter.op(WASM.return);
  }

  readMemorySize(): void {
    this.frameField(FRAME.memorySize);
    this.emitter.set(LOCAL.memorySize);
  }

  /** Makes the frame what the interpreter would find at an instruction, for functions that may have to begin again. */
  settle(at: number): void {
    const { emitter } = this;
    for (const place of this.stack.keys()) this.spill(place);
    emitter.get(LOCAL.frame);
    emitter.get(LOCAL.code);
    emitter.const32(at);
    emitter.op(WASM.i32Add);
    emitter.access(WASM.i32Store, FRAME.ip);
    emitter.get(LOCAL.frame);
    this.place(this.stack.length - 1);
    emitter.access(WASM.i32Store, FRAME.sp);
    this.#storeGas();
  }

  /** Brings every word of the stack to its home. */
  bringHome(): void {
    const moves: { readonly to: number; readonly from: Limb }[] = [];
    for (const [place, value] of this.stack.entries()) {
      const limbs = this.limbsOf(value);
      const first = LOCAL.firstWord + 4 * place;
      for (const [i, from] of limbs.entries()) if (from !== first + i) moves.push({ to: first + i, from });
      if (limbs.some((limb, i) => limb !== first + i)) this.#changed.add(place);
    }
    const written = new Set<Limb>(moves.map(({ to }) => to));
    const late = moves.filter(({ from }) => written.has(from));
    for (const { from } of late) this.limb(from);
    for (const { to, from } of moves) {
      if (written.has(from)) continue;
      this.limb(from);
      this.emitter.set(to);
    }
    for (const { to } of late.reverse()) this.emitter.set(to);
  }

  /** Ends the unit where all words are at home; the interpreter goes on at an instruction or a block. */
  leave(at: number, how: typeof LEFT | typeof AS_BLOCK = LEFT, height = this.stack.length): void {
    const { emitter } = this;
    emitter.const32(at);
    emitter.set(LOCAL.ip);
    emitter.const32(WORD * (height - 1));
    emitter.set(LOCAL.height);
    emitter.const32(how);
    emitter.set(LOCAL.how);
    emitter.br(exitName(height));
  }

  /** Opens the blocks that {@link leave} jumps out of. */
  openExits(): void {
    for (let height = 0; height <= this.#words; height++) this.emitter.block(exitName(height));
  }

  /** What is done on the way out: words that have changed go to the core's stack, from the top down. */
  closeExits(): void {
    const { emitter } = this;
    for (let height = this.#words; height >= 0; height--) {
      emitter.end();
      if (height > 0 && this.#changed.has(height - 1)) this.spill(height - 1, this.home(height - 1));
    }
    emitter.get(LOCAL.frame);
    emitter.get(LOCAL.base);
    emitter.get(LOCAL.height);
    emitter.op(WASM.i32Add);
    emitter.access(WASM.i32Store, FRAME.sp);
    this.#storeGas();
    emitter.get(LOCAL.frame);
    emitter.get(LOCAL.code);
    emitter.get(LOCAL.ip);
    emitter.op(WASM.i32Add);
    emitter.access(WASM.i32Store, FRAME.ip);
    emitter.get(LOCAL.how);
  }

  #storeGas(): void {
    this.emitter.get(LOCAL.frame);
    this.emitter.get(LOCAL.gas);
    this.emitter.access(WASM.i64Store, FRAME.gas);
  }
}

const exitName = (height: number): string => `exit ${height}`;
