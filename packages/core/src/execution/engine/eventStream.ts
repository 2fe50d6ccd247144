import { bytesToHex } from '@ethereumjs/util';
import type { ObservedEnd, ObservedMessage, TraceObserver, TraceState, TraceStep } from '../traceObserver.ts';

interface Event {
  readonly text: string;
  /** Of a step; EthereumJS calls every opcode that the fork does not have INVALID. */
  readonly opcode?: number;
}

const INVALID = 0xfe;
const STOP = 0;
const SSTORE = 0x55;
const isSameOpcode = (theirs: Event, ours: Event): boolean =>
  theirs.opcode === ours.opcode || theirs.opcode === INVALID;

/** Writes down what an engine tells an observer, and passes it on. */
export class EventStream implements TraceObserver {
  readonly step: ((step: TraceStep) => void) | undefined;
  readonly #target: TraceObserver | undefined;
  #events: Event[] = [];
  /** What the observer itself has thrown. */
  failure: unknown;

  /** @param target that it passes events on to. @param watchesSteps whether opcodes are told of. */
  constructor(target: TraceObserver | undefined, watchesSteps: boolean) {
    this.#target = target;
    this.step = watchesSteps ? (step) => this.#step(step) : undefined;
  }

  begin(state: TraceState): void {
    this.#events = [];
    this.#pass(() => this.#target?.begin?.(state));
  }

  enter(message: ObservedMessage): void {
    const { kind, depth, to, codeAddress, value, gas, input, callerGas } = message;
    // What is left to the caller is known only where opcodes are looked at.
    const left = this.step === undefined ? '' : ` of ${callerGas}`;
    const parties = `${bytesToHex(to)} ${kind.startsWith('CREATE') ? '' : bytesToHex(codeAddress)}`;
    this.#note({ text: `${kind} ${depth} ${parties} ${value} ${gas}${left} ${bytesToHex(input)}` });
    this.#pass(() => this.#target?.enter?.(message));
  }

  exit(end: ObservedEnd): void {
    const { status, gasLeft, output } = end;
    const how = status === 'success' || status === 'revert' ? `${status} ${bytesToHex(output)}` : 'halt';
    this.#note({ text: `${how} ${gasLeft}` });
    this.#pass(() => this.#target?.exit?.(end));
  }

  selfDestruct(account: Uint8Array, beneficiary: Uint8Array, balance: bigint): void {
    this.#note({ text: `${bytesToHex(account)} leaves ${balance} to ${bytesToHex(beneficiary)}` });
    this.#pass(() => this.#target?.selfDestruct?.(account, beneficiary, balance));
  }

  /** The first event that another engine's stream has otherwise: theirs and ours; undefined when there is none. */
  differenceFrom(theirs: EventStream): readonly [theirs: string, ours: string] | undefined {
    const expected = theirs.#events;
    let place = 0;
    for (const found of this.#events) {
      const event = expected[place];
      if (event?.text === found.text && isSameOpcode(event, found)) place++;
      // EthereumJS does not tell of the STOP behind the end of code.
      else if (found.opcode !== STOP || event === undefined || event.opcode !== undefined)
        return [textOf(event), textOf(found)];
    }
    return place === expected.length ? undefined : [textOf(expected[place]), textOf(undefined)];
  }

  #step(step: TraceStep): void {
    const { pc, opcode, gas, depth, refund, memorySize } = step;
    const stack = step.stack().map((word) => word.toString(16));
    // EthereumJS counts a write's refund with its price, before it runs.
    const back = opcode === SSTORE ? '' : refund;
    this.#note({ text: `${depth} ${pc} ${gas} ${back} ${memorySize} [${stack.join(' ')}]`, opcode });
    this.#pass(() => this.#target?.step?.(step));
  }

  #note(event: Event): void {
    this.#events.push(event);
  }

  #pass(tell: () => void): void {
    try {
      tell();
    } catch (error) {
      this.failure = error;
      throw error;
    }
  }
}

const textOf = (event: Event | undefined): string =>
  event === undefined ? 'nothing' : `${event.text}${event.opcode === undefined ? '' : ` (opcode ${event.opcode})`}`;
