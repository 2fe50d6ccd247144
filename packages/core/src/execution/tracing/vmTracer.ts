import { wordsTaken } from '@minichain/evm';
import type { ObservedEnd, ObservedMessage, TraceState, TraceStep } from '../traceObserver.ts';
import type { TraceBudget } from './traceBudget.ts';

/** What an opcode left behind. */
export interface VmEffects {
  /** Gas after it. */
  readonly used: number;
  /** What it put on the stack, its top last. */
  readonly push: readonly bigint[];
  readonly memory?: { readonly offset: number; readonly data: Uint8Array };
  readonly store?: { readonly key: bigint; readonly value: bigint };
}

export interface VmOp {
  readonly pc: number;
  cost: number;
  /** Left out where it failed. */
  effects?: VmEffects;
  /** The call that it made. */
  sub?: VmTrace;
}

/** OpenEthereum's `vmTrace`: a message's code and what each of its opcodes did. */
export interface VmTrace {
  readonly code: Uint8Array;
  readonly ops: VmOp[];
}

interface OpenOp {
  readonly op: VmOp;
  readonly gas: number;
  readonly cost: number | undefined;
  readonly opcode: number;
  readonly wordsBelow: number;
  readonly written: { readonly offset: number; readonly size: number } | undefined;
  readonly store: VmEffects['store'];
}

/** About how many bytes of JSON an opcode is. */
const OP_BYTES = 150;
const SSTORE = 0x55;
const WORD = 32;
/** Where an opcode's output in memory is described on its stack: offset and size, or a size that is always the same. */
const WRITES: Readonly<Record<number, { readonly offset: number; readonly size: number; readonly isFixed?: boolean }>> =
  {
    55: { offset: 0, size: 2 },
    57: { offset: 0, size: 2 },
    60: { offset: 1, size: 3 },
    62: { offset: 0, size: 2 },
    81: { offset: 0, size: WORD, isFixed: true },
    82: { offset: 0, size: WORD, isFixed: true },
    83: { offset: 0, size: 1, isFixed: true },
    94: { offset: 0, size: 2 },
    241: { offset: 5, size: 6 },
    242: { offset: 5, size: 6 },
    244: { offset: 4, size: 5 },
    250: { offset: 4, size: 5 },
  };

/** A piece of memory that the opcode writes, as far as it can be paid for. */
export function writtenBy(step: TraceStep): OpenOp['written'] {
  const place = WRITES[step.opcode];
  if (place === undefined || step.stackSize < wordsTaken(step.opcode)) return undefined;
  const size = place.isFixed ? place.size : Number(step.word(place.size));
  return size === 0 || size > WORD * step.gas ? undefined : { offset: Number(step.word(place.offset)), size };
}

/** Words below those that the opcode puts: DUPn and SWAPn count as putting all that they look at. */
const belowOf = ({ opcode, stackSize }: TraceStep): number => Math.max(0, stackSize - wordsTaken(opcode));

/** Builds a `vmTrace` while the code runs. */
export class VmTracer {
  readonly #budget: TraceBudget;
  #state: TraceState | undefined;
  #open: { readonly trace: VmTrace; last: OpenOp | undefined }[] = [];
  #top: VmTrace | undefined;

  constructor(budget: TraceBudget) {
    this.#budget = budget;
  }

  get trace(): VmTrace {
    return this.#top ?? { code: new Uint8Array(), ops: [] };
  }

  begin(state: TraceState): void {
    this.#state = state;
    this.#open = [];
    this.#top = undefined;
  }

  enter({ kind, input, codeAddress, callerGas }: ObservedMessage): void {
    const code = kind.startsWith('CREATE') ? input : (this.#state as TraceState).code(codeAddress);
    this.#budget.spend(2 * code.length);
    const trace: VmTrace = { code, ops: [] };
    this.#top ??= trace;
    const last = this.#open.at(-1)?.last;
    if (last !== undefined) {
      last.op.cost = last.gas - callerGas;
      if (code.length > 0) last.op.sub = trace;
    }
    this.#open.push({ trace, last: undefined });
  }

  exit({ status, endGas }: ObservedEnd): void {
    const last = this.#open.pop()?.last;
    if (last === undefined) return;
    const used = last.cost === undefined ? endGas : last.gas - last.cost;
    last.op.cost = last.gas - used;
    if (status === 'success' || status === 'revert') last.op.effects = { used, push: [] };
  }

  step(step: TraceStep): void {
    const open = this.#open.at(-1);
    if (open === undefined) return;
    if (open.last !== undefined) this.#settle(open.last, step);
    this.#budget.spend(OP_BYTES);
    const { pc, gas, opcode, stackSize } = step;
    const op: VmOp = { pc, cost: -1 };
    open.trace.ops.push(op);
    const isStore = opcode === SSTORE && stackSize > 1;
    open.last = {
      ...{ op, gas, opcode, cost: step.cost },
      wordsBelow: belowOf(step),
      written: writtenBy(step),
      store: isStore ? { key: step.word(0), value: step.word(1) } : undefined,
    };
  }

  #settle({ op, gas, wordsBelow, written, store }: OpenOp, next: TraceStep): void {
    if (op.cost < 0) op.cost = gas - next.gas;
    const push: bigint[] = [];
    for (let i = next.stackSize - wordsBelow - 1; i >= 0; i--) push.push(next.word(i));
    if (written !== undefined) this.#budget.spend(2 * written.size);
    op.effects = {
      used: next.gas,
      push,
      ...(written === undefined
        ? {}
        : { memory: { offset: written.offset, data: next.memory(written.offset, written.size) } }),
      ...(store === undefined ? {} : { store }),
    };
  }
}
