import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { keccak256 } from '../../../crypto/keccak.ts';
import { executionError } from '../../faults.ts';

/** What a tracer asks of the state: kind, address, slot; hex both ways. */
export type Answer = (kind: string, address: string, slot: string) => Promise<string>;

/** Facts about the chain that do not change while a tracer runs. */
export interface ScriptFacts {
  readonly opcodes: readonly string[];
  readonly kinds: readonly string[];
  readonly failures: readonly (string | null)[];
  /** In hex. */
  readonly precompiles: readonly string[];
}

export interface Script {
  readonly code: string;
  /** JSON of the tracer's own settings. */
  readonly config: string;
  readonly facts: ScriptFacts;
  readonly timeoutMs: number;
}

type Message =
  | { readonly listening: true }
  | { readonly ready: string }
  | { readonly result: string }
  | { readonly failure: string }
  | { readonly ask: readonly [kind: string, address: string, slot: string] }
  | { readonly keccak: string };

const WORKER = new URL('./scriptWorker.mjs', import.meta.url);
/** What a tracer's values may take, all together. */
const MEMORY_BYTES = 128 * 1024 * 1024;
/** The thread besides: QuickJS itself is a few megabytes, and the records of what is traced pass through it. */
const THREAD_MEGABYTES = 192;
/** How much longer than its time a thread gets to say that its time is up. */
const GRACE_MS = 1000;
/** Starting the thread is not the tracer's work. */
const START_MS = 30_000;

/** How long a thread that has nothing to do stays: starting one takes longer than most tracers. */
const IDLE_MS = 10_000;
/** So many stay. */
const MOST_IDLE = 2;

const idle: ScriptThread[] = [];

const failed = (detail: string): Error => executionError({ code: 'TRACER_FAILED', detail });

/** A thread that runs one tracer at a time. One that has failed, or whose time was up, is ended. */
export class ScriptThread {
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #lock: Int32Array;
  #settle: { readonly resolve: (text: string) => void; readonly reject: (error: Error) => void } | undefined;
  #isStarted = false;
  #idleTimer: NodeJS.Timeout | undefined;
  /** Answers what is asked while the tracer runs. */
  answer: Answer = async () => '';

  /** One that has nothing to do, or a new one. */
  static take(): ScriptThread {
    const thread = idle.pop() ?? new ScriptThread();
    clearTimeout(thread.#idleTimer);
    thread.#worker.ref();
    return thread;
  }

  private constructor() {
    const { port1, port2 } = new MessageChannel();
    const signal = new SharedArrayBuffer(4);
    this.#port = port1;
    this.#lock = new Int32Array(signal);
    this.#worker = new Worker(WORKER, {
      workerData: { answers: port2, signal },
      transferList: [port2],
      // Nothing of this process: no variables, no flags.
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: THREAD_MEGABYTES, maxYoungGenerationSizeMb: 32 },
    });
    this.#worker.on('message', (message: Message) => this.#receive(message));
    this.#worker.on('error', (error) => this.#settle?.reject(failed(`the tracer's thread failed: ${error.message}`)));
    this.#worker.on('exit', () => {
      this.#forget();
      this.#settle?.reject(failed("the tracer's thread ended"));
    });
  }

  /** @returns what the tracer has: `s` where it wants steps, `f` where it wants messages. @throws ExecutionError TRACER_FAILED. */
  async start(script: Script): Promise<string> {
    if (!this.#isStarted) await this.#within(START_MS, () => {});
    this.#isStarted = true;
    return this.#within(script.timeoutMs + GRACE_MS, () => {
      this.#worker.postMessage({ start: { ...script, memoryBytes: MEMORY_BYTES } });
    });
  }

  /** @param chunks records, which are gone here then. @returns JSON. @throws ExecutionError TRACER_FAILED. */
  run(chunks: readonly ArrayBuffer[], context: string, timeoutMs: number): Promise<string> {
    return this.#within(timeoutMs + GRACE_MS, () => {
      this.#worker.postMessage({ run: { chunks, context } }, [...chunks]);
    });
  }

  /** It has done its work and waits for more, which keeps nothing alive. */
  release(): void {
    this.answer = async () => '';
    if (idle.length >= MOST_IDLE) {
      void this.close();
      return;
    }
    idle.push(this);
    this.#worker.unref();
    this.#idleTimer = setTimeout(() => void this.close(), IDLE_MS);
    this.#idleTimer.unref();
  }

  #forget(): void {
    clearTimeout(this.#idleTimer);
    const place = idle.indexOf(this);
    if (place >= 0) idle.splice(place, 1);
  }

  async close(): Promise<void> {
    this.#forget();
    this.#settle = undefined;
    this.#port.close();
    await this.#worker.terminate();
  }

  async #within(ms: number, begin: () => void): Promise<string> {
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<string>((resolve, reject) => {
        this.#settle = { resolve, reject };
        timer = setTimeout(() => reject(failed('execution timeout')), ms);
        begin();
      });
    } finally {
      clearTimeout(timer);
      this.#settle = undefined;
    }
  }

  #receive(message: Message): void {
    if ('ask' in message) void this.#reply(this.answer(...message.ask));
    else if ('keccak' in message) {
      void this.#reply(Promise.resolve(Buffer.from(keccak256(Buffer.from(message.keccak, 'hex'))).toString('hex')));
    } else if ('failure' in message) this.#settle?.reject(failed(message.failure));
    else this.#settle?.resolve('ready' in message ? message.ready : 'result' in message ? message.result : '');
  }

  async #reply(work: Promise<string>): Promise<void> {
    const text = await work.catch((error: Error) => {
      this.#settle?.reject(error);
      return '';
    });
    this.#port.postMessage(text);
    Atomics.store(this.#lock, 0, 1);
    Atomics.notify(this.#lock, 0);
  }
}
