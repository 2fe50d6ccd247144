import type { EVMOpts } from '@ethereumjs/evm';
import { executionError } from './faults.ts';

/** How many jump destinations go by between two looks at the clock: copying 64 kB between two of them takes milliseconds. */
const STRIDE = 16;
/** How long code may run before everybody else gets a turn. */
const BREATH_MS = 20;

type Resume = () => void;

/** Runs that stopped for breath; those of blocks go on first, or a crowd of calls would keep blocks from being made. */
const blocks: Resume[] = [];
const calls: Resume[] = [];

/** One run in each round of the event loop, so that requests are read after every single turn, however many runs wait. */
function goOn(): void {
  (blocks.shift() ?? calls.shift())?.();
  if (blocks.length + calls.length > 0) setImmediate(goOn);
}

function nextTurn(queue: Resume[]): Promise<void> {
  if (blocks.length + calls.length === 0) setImmediate(goOn);
  return new Promise((resolve) => queue.push(resolve));
}

/**
 * How long code has run, and when it has to let others. The interpreter awaits promises that are already settled, so that
 * code which runs for seconds would keep every other request, and even SIGINT, waiting for its end.
 */
export class Pace {
  readonly #limitMs: number;
  #steps = 0;
  #turnStarted = performance.now();
  #ranMs = 0;

  /** @param limitMs how long it may run, without the turns of others; 0 is for ever, as blocks do. */
  constructor(limitMs = 0) {
    this.#limitMs = limitMs;
  }

  /** After a cheap step. @returns nothing nearly always; else a promise of the next turn. @throws ExecutionError TIMED_OUT. */
  step(): Promise<void> | undefined {
    if (++this.#steps < STRIDE) return undefined;
    this.#steps = 0;
    return this.breathe();
  }

  /** After a step that may be dear. @returns nothing, or a promise of the next turn. @throws ExecutionError TIMED_OUT. */
  breathe(): Promise<void> | undefined {
    const turnMs = performance.now() - this.#turnStarted;
    if (turnMs < BREATH_MS) return undefined;
    this.#ranMs += turnMs;
    if (this.#limitMs > 0 && this.#ranMs >= this.#limitMs) {
      throw executionError({ code: 'TIMED_OUT', limitMs: this.#limitMs });
    }
    return this.#rest();
  }

  async #rest(): Promise<void> {
    await nextTurn(this.#limitMs === 0 ? blocks : calls);
    this.#turnStarted = performance.now();
  }
}

export interface Paced {
  readonly pace: Pace;
}

/**
 * JUMPDEST that keeps pace: no loop gets by without a jump destination. Recursion does, and so the EVM keeps pace with every
 * message, too.
 */
export const PACED_OPCODES: NonNullable<EVMOpts['customOpcodes']> = [
  {
    opcode: 0x5b,
    opcodeName: 'JUMPDEST',
    baseFee: 1,
    logicFunction: (runState) => (runState.interpreter._evm as unknown as Paced).pace.step(),
  },
];
