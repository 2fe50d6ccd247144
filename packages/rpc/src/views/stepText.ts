import type { StepFacts, StepSink, TraceOptions, TraceStep } from '@minichain/core';
import { hexFromBytes as hex } from '@minichain/protocol';

/** A step that waits for its cost. */
interface OpenStep {
  readonly pc: number;
  readonly op: string;
  readonly gas: number;
  readonly depth: number;
  /** Stack, memory, storage and returned data. */
  readonly rest: string;
  gasCost: number;
  refund: number;
  error: string;
}

/** What is kept of the last step at a depth, since the next in its message has most of it again. */
interface Seen {
  /** The stack as text up to each of its words. */
  readonly stacks: string[];
  memory: string;
}

/** Steps that are joined at a time: text made of many small texts takes several times its size. */
const JOINED = 256;
const WORD = 32;
/** Characters of a step without its name and what it finds. */
const BARE = 60;

/** The step list of a struct trace as JSON, written while the steps happen. */
export class StepText implements StepSink {
  readonly #options: TraceOptions;
  readonly #pieces: string[] = [];
  readonly #seen: Seen[] = [];
  #lines: string[] = [];
  #open: OpenStep | undefined;

  constructor(options: TraceOptions) {
    this.#options = options;
  }

  add(step: TraceStep, facts: StepFacts): number {
    this.#close();
    const { pc, gas, depth } = step;
    const { op, storage, returnData } = facts;
    const { disableStack, enableMemory } = this.#options;
    let rest = '';
    if (disableStack !== true || enableMemory === true) rest = this.#found(step, facts);
    if (storage !== undefined) rest += storageText(storage);
    if (returnData !== undefined) rest += `,"returnData":"${hex(returnData)}"`;
    this.#open = { pc, op, gas, depth, rest, gasCost: 0, refund: 0, error: '' };
    return BARE + op.length + rest.length;
  }

  settle(gasCost: number, refund: number): void {
    if (this.#open === undefined) return;
    this.#open.gasCost = gasCost;
    this.#open.refund = refund;
  }

  fail(error: string): void {
    if (this.#open !== undefined) this.#open.error = `,"error":${JSON.stringify(error)}`;
  }

  /** The list, in pieces. */
  pieces(): readonly string[] {
    this.#close();
    this.#join();
    return ['[', ...this.#pieces, ']'];
  }

  #found(step: TraceStep, { keptWords, isMemoryKept }: StepFacts): string {
    const { disableStack, enableMemory } = this.#options;
    const seen = this.#seenAt(step.depth);
    const stack = disableStack === true ? '' : stackText(step, keptWords, seen.stacks);
    if (enableMemory !== true) return stack;
    if (!isMemoryKept) seen.memory = memoryText(step.memory());
    return stack + seen.memory;
  }

  #seenAt(depth: number): Seen {
    const known = this.#seen[depth];
    if (known !== undefined) return known;
    const seen: Seen = { stacks: [], memory: '' };
    this.#seen[depth] = seen;
    return seen;
  }

  #close(): void {
    const open = this.#open;
    if (open === undefined) return;
    this.#open = undefined;
    const refund = open.refund === 0 ? '' : `,"refund":${open.refund}`;
    const { pc, op, gas, gasCost, depth, error, rest } = open;
    this.#lines.push(
      `{"pc":${pc},"op":"${op}","gas":${gas},"gasCost":${gasCost},"depth":${depth + 1}${error}${rest}${refund}}`,
    );
    if (this.#lines.length === JOINED) this.#join();
  }

  #join(): void {
    if (this.#lines.length === 0) return;
    const text = this.#lines.join(',');
    this.#pieces.push(this.#pieces.length === 0 ? text : `,${text}`);
    this.#lines = [];
  }
}

function stackText(step: TraceStep, kept: number, texts: string[]): string {
  const size = step.stackSize;
  if (texts.length > kept) texts.length = kept;
  for (let i = texts.length; i < size; i++) {
    const word = `"0x${step.word(size - 1 - i).toString(16)}"`;
    texts.push(i === 0 ? `,"stack":[${word}` : `${texts[i - 1]},${word}`);
  }
  return size === 0 ? ',"stack":[]' : `${texts[size - 1]}]`;
}

function memoryText(memory: Uint8Array): string {
  const words: string[] = [];
  for (let at = 0; at < memory.length; at += WORD) words.push(`"${hex(memory.subarray(at, at + WORD))}"`);
  return `,"memory":[${words.join(',')}]`;
}

function storageText(storage: NonNullable<StepFacts['storage']>): string {
  return `,"storage":{${storage.map(([slot, value]) => `"${hex(slot)}":"${hex(value)}"`).join(',')}}`;
}
