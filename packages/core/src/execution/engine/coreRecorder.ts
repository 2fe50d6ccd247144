import type { Core, ObservedEnd, ObservedMessage } from '@minichain/evm';
import { consoleLineFromCall } from '../consoleLog.ts';
import { evmFailure } from '../failure.ts';
import type { MessageTrace } from '../messageTrace.ts';
import type { TraceObserver } from '../traceObserver.ts';
import { haltFromStatus } from './haltWords.ts';
import type { MessageRecord, Recording } from './machine.ts';

interface OpenMessage extends MessageTrace {
  gasUsed: bigint;
  output: Uint8Array;
  error?: string;
  readonly calls: OpenMessage[];
}

/** What a core tells of the messages of its transactions. */
export class CoreRecorder {
  readonly #core: Core;
  #recording: Recording = 'nothing';
  #observer: TraceObserver | undefined;
  #lines: string[] = [];
  #top: OpenMessage | undefined;
  #stack: OpenMessage[] = [];
  readonly #console: TraceObserver = {
    console: (data) => {
      const line = consoleLineFromCall(data);
      if (line !== undefined) this.#lines.push(line);
    },
  };
  readonly #tree: TraceObserver = {
    ...this.#console,
    enter: (message) => this.#enter(message),
    exit: (end) => this.#exit(end),
  };

  constructor(core: Core) {
    this.#core = core;
  }

  /** Whether somebody is told of every opcode, or of every message: code takes longer then. */
  get watches(): 'steps' | 'messages' | 'nothing' {
    if (this.#observer?.step !== undefined) return 'steps';
    return this.#observer?.enter === undefined ? 'nothing' : 'messages';
  }

  /** A transaction begins. @param other is told what it does instead. */
  start(recording: Recording, other?: TraceObserver): void {
    this.#lines = [];
    this.#top = undefined;
    this.#stack = [];
    this.#recording = other === undefined ? recording : 'nothing';
    const observer = other ?? this.#observerFor(recording);
    observer?.begin?.(this.#core);
    if (observer === this.#observer) return;
    this.#observer = observer;
    this.#core.observer = observer;
    this.#core.stepObserver = observer?.step === undefined ? undefined : (step) => observer.step?.(step);
  }

  /** The core has another instance, which observes nothing. */
  forget(): void {
    this.#observer = undefined;
  }

  #observerFor(recording: Recording): TraceObserver | undefined {
    if (recording === 'nothing') return undefined;
    return recording === 'tree' ? this.#tree : this.#console;
  }

  /** The transaction has ended. */
  take(): MessageRecord | undefined {
    if (this.#recording === 'nothing') return undefined;
    const trace = this.#top;
    return {
      ...(this.#recording === 'console' ? {} : { activity: this.#core.participants() }),
      consoleLines: this.#lines,
      ...(trace === undefined ? {} : { trace }),
    };
  }

  #enter({ kind, caller, to, value, gas, input }: ObservedMessage): void {
    const opened: OpenMessage = {
      ...{ kind, from: caller, to, value, gas, input },
      ...{ gasUsed: 0n, output: new Uint8Array(), calls: [] },
    };
    this.#stack.at(-1)?.calls.push(opened);
    this.#top ??= opened;
    this.#stack.push(opened);
  }

  #exit({ status, gasLeft, output }: ObservedEnd): void {
    const closed = this.#stack.pop();
    if (closed === undefined) return;
    closed.gasUsed = closed.gas - gasLeft;
    closed.output = output;
    const failure = evmFailure({ halt: haltFromStatus(status), output });
    if (failure !== undefined) closed.error = failure.message;
  }
}
