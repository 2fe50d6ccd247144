import type { Random } from './random.ts';

/** What a program may refer to. */
export interface Surroundings {
  /** Contracts, accounts without code, precompiles, addresses where nothing is. */
  readonly addresses: readonly (readonly number[])[];
  /** Whether the fork has an opcode: programs keep to those, but for a stray byte now and then. */
  readonly has: (opcode: number) => boolean;
}

const BINARY = [
  1, 2, 3, 4, 5, 6, 7, 0x0a, 0x0b, 0x10, 0x11, 0x12, 0x13, 0x14, 0x16, 0x17, 0x18, 0x1a, 0x1b, 0x1c, 0x1d,
];
const NULLARY = [
  0x30, 0x32, 0x33, 0x34, 0x36, 0x38, 0x3a, 0x3d, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x4a, 0x58, 0x59,
  0x5a,
];
const OF_ADDRESS = [0x31, 0x3b, 0x3f];
const CALLS = [0xf1, 0xf1, 0xf2, 0xf4, 0xfa];

/** Writes one contract's code, statement by statement; each leaves the stack as it found it, but for what is left on purpose. */
class ProgramWriter {
  readonly #random: Random;
  readonly #around: Surroundings;
  readonly #code: number[] = [];
  readonly #tail: { readonly at: number; readonly bytes: readonly number[] }[] = [];
  #budget: number;

  constructor(random: Random, around: Surroundings, budget: number) {
    this.#random = random;
    this.#around = around;
    this.#budget = budget;
  }

  write(): Uint8Array {
    while (this.#budget > 0) this.#statement(3);
    this.#end();
    for (const { at, bytes } of this.#tail) {
      const place = this.#code.length;
      this.#code[at] = place >> 8;
      this.#code[at + 1] = place & 255;
      this.#code.push(...bytes);
    }
    return Uint8Array.from(this.#code);
  }

  #op(...bytes: number[]): void {
    this.#code.push(...bytes);
  }

  /** One of those that the fork has. */
  #pick(from: readonly number[]): number {
    return this.#random.pick(from.filter(this.#around.has));
  }

  #push(bytes: readonly number[]): void {
    this.#op(0x5f + Math.max(1, bytes.length), ...(bytes.length === 0 ? [0] : bytes));
  }

  #small(limit: number): void {
    this.#push([this.#random.below(limit)]);
  }

  #word(): void {
    const random = this.#random;
    const kind = random.below(8);
    if (kind < 3) this.#small(kind === 0 ? 3 : 256);
    else if (kind === 3) this.#push(random.bytes(32));
    else if (kind === 4) this.#push(Array.from({ length: 32 }, () => 255));
    else if (kind === 5) this.#push([128, ...Array.from({ length: 31 }, () => 0)]);
    else if (kind === 6) this.#push(random.bytes(1 + random.below(31)));
    else this.#value();
  }

  /** Something that the program reads. */
  #value(): void {
    const random = this.#random;
    const kind = random.below(7);
    if (kind === 0) this.#op(this.#pick(NULLARY));
    else if (kind === 1) {
      this.#small(96);
      this.#op(0x51);
    } else if (kind === 2) {
      this.#small(6);
      this.#op(this.#pick([0x54, 0x54, 0x5c]));
    } else if (kind === 3) {
      this.#small(70);
      this.#op(0x35);
    } else if (kind === 4) {
      this.#address();
      this.#op(this.#pick(OF_ADDRESS));
    } else if (kind === 5) {
      this.#small(64);
      this.#small(64);
      this.#op(0x20);
    } else {
      this.#small(5);
      this.#op(this.#pick([0x40, 0x49, 0x15, 0x19, 0x1e]));
    }
  }

  #address(): void {
    this.#push(this.#random.pick(this.#around.addresses));
  }

  #expression(): void {
    const random = this.#random;
    this.#word();
    for (let more = random.below(4); more > 0; more--) {
      this.#word();
      if (random.chance(0.15)) {
        this.#word();
        this.#op(random.pick([8, 9]));
      } else this.#op(this.#pick(BINARY));
    }
    if (random.chance(0.2)) this.#op(0x15);
  }

  #statement(depth: number): void {
    this.#budget--;
    const random = this.#random;
    const kind = random.below(22);
    if (kind < 3) this.#store();
    else if (kind < 6) this.#sstore();
    else if (kind < 10 && depth > 0) this.#nested(kind, depth);
    else if (kind < 12) this.#piece(kind);
    else if (kind < 15) this.#call();
    else if (kind < 17) this.#rare(kind, depth);
    else this.#odd(kind);
  }

  #nested(kind: number, depth: number): void {
    if (kind < 8) this.#branch(depth);
    else this.#loop(depth);
  }

  #piece(kind: number): void {
    if (kind === 10) this.#log();
    else this.#copy();
  }

  #rare(kind: number, depth: number): void {
    if (kind === 15) this.#create();
    else this.#subroutine(depth);
  }

  #odd(kind: number): void {
    const random = this.#random;
    if (kind === 17) this.#shuffle();
    else if (kind === 18 && random.chance(0.1)) this.#end();
    else if (kind === 19 && random.chance(0.03)) this.#op(random.below(256));
    else this.#store();
  }

  #store(): void {
    this.#expression();
    if (this.#random.chance(0.02)) this.#word();
    else this.#small(96);
    this.#op(this.#random.pick([0x52, 0x52, 0x52, 0x53]));
  }

  #sstore(): void {
    if (this.#random.chance(0.5)) this.#small(2);
    else this.#expression();
    this.#small(6);
    this.#op(this.#pick([0x55, 0x55, 0x55, 0x5d]));
  }

  #placeholder(): number {
    this.#op(0x61, 0, 0);
    return this.#code.length - 2;
  }

  #land(at: number): void {
    const here = this.#code.length;
    this.#code[at] = here >> 8;
    this.#code[at + 1] = here & 255;
    this.#op(0x5b);
  }

  #branch(depth: number): void {
    this.#expression();
    if (this.#random.chance(0.3)) this.#op(0x15);
    const over = this.#placeholder();
    this.#op(0x57);
    for (let n = this.#random.below(3); n >= 0; n--) this.#statement(depth - 1);
    this.#land(over);
  }

  /** Counts down on the stack. */
  #loop(depth: number): void {
    this.#push([1 + this.#random.below(this.#random.chance(0.1) ? 60 : 8)]);
    const start = this.#code.length;
    this.#op(0x5b);
    for (let n = this.#random.below(3); n >= 0; n--) this.#statement(depth - 1);
    // [i] → [i - 1], again while it is not zero.
    this.#op(0x60, 1, 0x90, 0x03, 0x80, 0x61, start >> 8, start & 255, 0x57, 0x50);
  }

  #log(): void {
    const topics = this.#random.below(5);
    for (let i = 0; i < topics; i++) this.#word();
    this.#small(64);
    this.#small(64);
    this.#op(0xa0 + topics);
  }

  #copy(): void {
    const op = this.#pick([0x37, 0x39, 0x3e, 0x5e, 0x3c]);
    this.#small(op === 0x3e && !this.#random.chance(0.1) ? 1 : 48);
    if (this.#random.chance(0.05)) this.#word();
    else this.#small(op === 0x3e ? 1 : 64);
    this.#small(64);
    if (op === 0x3c) this.#address();
    this.#op(op);
  }

  #call(): void {
    const random = this.#random;
    const op = this.#pick(CALLS);
    this.#small(64);
    this.#small(64);
    this.#small(64);
    this.#small(64);
    if (op === 0xf1 || op === 0xf2) {
      if (random.chance(0.6)) this.#push([0]);
      else if (random.chance(0.9)) this.#small(3);
      else this.#word();
    }
    this.#address();
    const gas = random.below(4);
    if (gas < 2) this.#op(0x5a);
    else if (gas === 2) this.#push([random.below(4), random.below(256), random.below(256)]);
    else this.#word();
    this.#op(op);
    this.#keep();
  }

  /** A result that matters or does not. */
  #keep(): void {
    if (this.#random.chance(0.4)) {
      this.#op(0x50);
      return;
    }
    this.#small(96);
    this.#op(0x52);
  }

  #initcode(): readonly number[] {
    const random = this.#random;
    const kind = random.below(6);
    if (kind === 0) return random.bytes(random.below(20));
    if (kind === 1) return [0x60, 0xef, 0x60, 0, 0x53, 0x60, 1, 0x60, 0, 0xf3];
    if (kind === 2) return [0x60, 1, 0x60, 2, 0x55, 0x60, 0, 0x60, 0, 0xfd];
    const inner = new ProgramWriter(random, this.#around, 2).write();
    const head = [0x61, inner.length >> 8, inner.length & 255, 0x80, 0x60, 12, 0x60, 0, 0x39, 0x60, 0, 0xf3];
    if (kind === 3) return [...inner];
    return [...head, ...inner];
  }

  #create(): void {
    const bytes = this.#initcode();
    const salted = this.#around.has(0xf5) && this.#random.chance(0.5);
    // codecopy(0, place, length)
    this.#push([bytes.length >> 8, bytes.length & 255]);
    this.#tail.push({ at: this.#placeholder(), bytes });
    this.#push([0]);
    this.#op(0x39);
    if (salted) this.#small(3);
    this.#push([bytes.length >> 8, bytes.length & 255]);
    this.#push([0]);
    this.#small(2);
    this.#op(salted ? 0xf5 : 0xf0);
    this.#keep();
  }

  /** A jump whose way back lies on the stack. */
  #subroutine(depth: number): void {
    const back = this.#placeholder();
    this.#op(this.#random.chance(0.5) ? 0x5b : 0x80, ...(this.#code.at(-1) === 0x80 ? [0x50] : []));
    if (depth > 0) this.#statement(depth - 1);
    this.#op(0x56);
    this.#land(back);
  }

  #shuffle(): void {
    const random = this.#random;
    const words = 1 + random.below(6);
    for (let i = 0; i < words; i++) this.#word();
    for (let n = random.below(4); n > 0 && words > 1; n--) {
      this.#op(random.chance(0.5) ? 0x90 + random.below(words - 1) : 0x80 + random.below(words), 0x50);
      this.#word();
    }
    for (let i = 0; i < words; i++) {
      if (random.chance(0.3)) this.#op(0x15);
      this.#op(0x50);
    }
  }

  #end(): void {
    const random = this.#random;
    const kind = random.below(20);
    if (kind === 0) this.#op(0xfe);
    else if (kind === 1) {
      this.#address();
      this.#op(0xff);
    } else if (kind < 4 && this.#around.has(0xfd)) {
      this.#small(64);
      this.#small(64);
      this.#op(0xfd);
    } else if (kind < 7) this.#op(0x00);
    else {
      this.#small(128);
      this.#small(64);
      this.#op(0xf3);
    }
  }
}

/** A program of about so many statements. */
export function createProgram(random: Random, around: Surroundings, statements: number): Uint8Array {
  return new ProgramWriter(random, around, statements).write();
}
