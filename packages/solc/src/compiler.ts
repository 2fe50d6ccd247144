import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { compileError } from './compileFaults.ts';
import type { InstalledSolc } from './solcVersions.ts';

/** A compiler's answer: Standard JSON output as text, and its full version, `0.8.37+commit.f401782d.Emscripten.clang`. */
export interface SolcAnswer {
  readonly longVersion: string;
  readonly output: string;
}

/** Compilers, each in a thread of its own that starts at the first use and stays warm. */
export interface Compilers {
  /**
   * Compiles Standard JSON text. Errors in the sources are part of the output.
   * @throws CompileError SOLC_UNUSABLE when the package cannot be loaded or the compiler crashes.
   */
  compile(solc: InstalledSolc, input: string): Promise<SolcAnswer>;
  /** Ends all threads. */
  close(): Promise<void>;
}

type Message =
  | { readonly longVersion: string }
  | { readonly id: number; readonly output: string }
  | { readonly id: number; readonly failure: string };

interface Waiting {
  readonly resolve: (answer: SolcAnswer) => void;
  readonly reject: (error: Error) => void;
}

const WORKER = new URL('./solcWorker.mjs', import.meta.url);

class CompilerThread {
  readonly #solc: InstalledSolc;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #longVersion = '';
  #nextId = 0;
  #ended: Error | undefined;

  constructor(solc: InstalledSolc) {
    this.#solc = solc;
    const wrapper = createRequire(import.meta.url).resolve('solc/wrapper.js');
    // V8 warns about the asm.js of old releases.
    this.#worker = new Worker(WORKER, {
      workerData: { directory: solc.directory, wrapper },
      execArgv: ['--no-warnings'],
    });
    this.#worker.on('message', (message: Message) => this.#receive(message));
    this.#worker.on('error', (error) => this.#end(error.message, error));
    this.#worker.on('exit', (code) => this.#end(`its thread ended with code ${code}`));
    // A forgotten close must not keep the process alive; work in progress does.
    this.#worker.unref();
  }

  compile(input: string): Promise<SolcAnswer> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.ref();
      this.#worker.postMessage({ id, input });
    });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #receive(message: Message): void {
    if ('longVersion' in message) {
      this.#longVersion = message.longVersion;
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (this.#waiting.size === 0) this.#worker.unref();
    if ('output' in message) waiting?.resolve({ longVersion: this.#longVersion, output: message.output });
    else waiting?.reject(this.#failure(message.failure));
  }

  #end(detail: string, cause?: Error): void {
    this.#ended ??= this.#failure(detail, cause);
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }

  #failure(detail: string, cause?: Error): Error {
    const { version, directory } = this.#solc;
    return compileError({ code: 'SOLC_UNUSABLE', version, directory, detail }, { cause });
  }
}

/**
 * Opens compilers; none starts before it is used.
 * @example const compilers = openCompilers(); try { await compilers.compile(solc, text) } finally { await compilers.close() }
 */
export function openCompilers(): Compilers {
  const threads = new Map<string, CompilerThread>();
  return {
    compile: (solc, input) => {
      const thread = threads.get(solc.directory) ?? new CompilerThread(solc);
      threads.set(solc.directory, thread);
      return thread.compile(input);
    },
    close: async () => {
      await Promise.all([...threads.values()].map((thread) => thread.close()));
      threads.clear();
    },
  };
}
