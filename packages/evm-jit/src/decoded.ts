import type { CoreMemory } from '@minichain/evm';

/* What `assembly/instructions.ts` and `assembly/codes.ts` of the core lay down. */
export const OPERATION = {
  block: 256,
  pushWord: 257,
  pushSmall: 258,
  jumpTo: 259,
  jumpIf: 260,
  jumpUnless: 261,
  swapPop: 262,
  addSmall: 263,
  andSmall: 264,
  jumpIfLt: 266,
  jumpIfGt: 267,
  jumpIfEq: 268,
  jumpUnlessLt: 269,
  jumpUnlessGt: 270,
  jumpUnlessEq: 271,
  mloadAt: 272,
  mstoreAt: 273,
  shlBy: 274,
  shrBy: 275,
  log: 276,
  pushFrom: 279,
  countedBlock: 280,
  unitBlock: 281,
} as const;

export const BLOCK = { gas: 4, taken: 8, growth: 10, count: 12, size: 16 } as const;
const CODE = { length: 32, targets: 36, instructions: 40 } as const;
const HASH_SIZE = 32;
const INSTRUCTION_SIZE = 8;
const PUSH_WORD_SIZE = 40;

export interface Instruction {
  /** Its offset from the code's first. */
  readonly at: number;
  readonly operation: number;
  /** Of a jump an offset as well. */
  readonly argument: number;
  /** That PUSH_WORD pushes. */
  readonly word: bigint;
}

export interface BlockFields {
  readonly at: number;
  readonly operation: number;
  readonly gas: number;
  readonly taken: number;
  readonly growth: number;
  /** Entries left, or its place in the table. */
  readonly count: number;
}

export const isBlock = (operation: number): boolean =>
  operation === OPERATION.block || operation === OPERATION.countedBlock || operation === OPERATION.unitBlock;

export const isConditional = (operation: number): boolean =>
  operation === OPERATION.jumpIf ||
  operation === OPERATION.jumpUnless ||
  (operation >= OPERATION.jumpIfLt && operation <= OPERATION.jumpUnlessEq);

/** A code as the core has decoded it, by offsets that are the same in every instance. */
export class DecodedCode {
  readonly #memory: CoreMemory;
  readonly #record: number;
  readonly start: number;

  constructor(memory: CoreMemory, record: number) {
    this.#memory = memory;
    this.#record = record;
    this.start = memory.u32(record + CODE.instructions);
  }

  get hash(): string {
    return Buffer.from(this.#memory.bytes.buffer, this.#record, HASH_SIZE).toString('latin1');
  }

  get length(): number {
    return this.#memory.u32(this.#record + CODE.length);
  }

  block(at: number): BlockFields {
    const memory = this.#memory;
    const place = this.start + at;
    return {
      at,
      operation: memory.u32(place),
      gas: memory.u32(place + BLOCK.gas),
      taken: memory.view.getUint16(place + BLOCK.taken, true),
      growth: memory.view.getUint16(place + BLOCK.growth, true),
      count: memory.u32(place + BLOCK.count),
    };
  }

  /** Makes a block of another kind. */
  turn(at: number, operation: number, count: number): void {
    this.#memory.setU32(this.start + at, operation);
    this.#memory.setU32(this.start + at + BLOCK.count, count);
  }

  instruction(at: number): Instruction {
    const place = this.start + at;
    const operation = this.#memory.u32(place);
    const argument = this.#memory.u32(place + 4);
    const isJump = operation === OPERATION.jumpTo || isConditional(operation);
    const word = operation === OPERATION.pushWord ? this.#memory.word(place + INSTRUCTION_SIZE) : 0n;
    return { at, operation, argument: isJump ? argument - this.start : argument, word };
  }

  /** The offset behind an instruction. */
  next({ at, operation }: Pick<Instruction, 'at' | 'operation'>): number {
    if (isBlock(operation)) return at + BLOCK.size;
    return at + (operation === OPERATION.pushWord ? PUSH_WORD_SIZE : INSTRUCTION_SIZE);
  }

  /** The block of a JUMPDEST; undefined where none is. */
  target(pc: number): number | undefined {
    if (pc >= this.length) return undefined;
    const found = this.#memory.u32(this.#memory.u32(this.#record + CODE.targets) + 4 * pc);
    return found === 0 ? undefined : found - this.start;
  }
}
