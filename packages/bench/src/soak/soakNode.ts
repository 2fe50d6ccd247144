import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { BenchError } from '../errors.ts';

const START_LIMIT_MS = 60_000;
const POLL_MS = 20;

/** What a node answered with instead of a result. */
export class Refused extends Error {}

/** A node that is started, ended in every way, and started again on the same directory. */
export class SoakNode {
  readonly #command: readonly string[];
  readonly #readyFile: string;
  #child: ChildProcess | undefined;
  #url = '';
  #output = '';

  /** @param command program and arguments, without the ready file. */
  constructor(command: readonly string[], readyFile: string) {
    this.#command = command;
    this.#readyFile = readyFile;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Resident memory, bytes; undefined where the system does not say. */
  get residentBytes(): number | undefined {
    try {
      const found = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${this.pid}/status`, 'utf8'));
      return found === null ? undefined : Number(found[1]) * 1024;
    } catch {
      return undefined;
    }
  }

  async start(): Promise<void> {
    rmSync(this.#readyFile, { force: true });
    const [program, ...args] = this.#command;
    const child = spawn(program as string, [...args, '--ready-file', this.#readyFile], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#child = child;
    this.#output = '';
    child.stderr.on('data', (chunk: Buffer) => {
      this.#output = (this.#output + chunk.toString('utf8')).slice(-4000);
    });
    for (const until = performance.now() + START_LIMIT_MS; performance.now() < until; await delay(POLL_MS)) {
      if (child.exitCode !== null) break;
      const url = this.#readyUrl();
      if (url === undefined) continue;
      this.#url = url;
      return;
    }
    throw new BenchError(`the node did not start on its directory: ${this.#output}`);
  }

  /** Ends it. @returns its exit code, null when it was killed. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null) return child?.exitCode ?? null;
    const gone = once(child, 'exit');
    child.kill(signal);
    const [code] = (await gone) as [number | null];
    return code;
  }

  /** @throws Refused with what the node says; another error when there is no node to answer. */
  async call<T = unknown>(method: string, params: readonly unknown[] = []): Promise<T> {
    const reply = await fetch(this.#url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    });
    const { result, error } = (await reply.json()) as { result: T; error?: { code: number; message: string } };
    if (error !== undefined) throw new Refused(`${method}: ${error.message} (${error.code})`);
    return result;
  }

  #readyUrl(): string | undefined {
    try {
      return (JSON.parse(readFileSync(this.#readyFile, 'utf8')) as { url: string }).url;
    } catch {
      return undefined;
    }
  }
}
