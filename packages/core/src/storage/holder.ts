import { readFile, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { replaceFile } from './atomicFile.ts';

const HOLDER = 'holder.json';
/** How long whoever has just taken the lock may need to say who it is. */
const PATIENCE_MS = 1000;
const POLL_MS = 50;

/** What `holder.json` says of the process that has a directory open. */
export interface Holder {
  readonly pid: number;
  /** When it started, in the system's clock ticks: tells it from a later process with its number. Linux only. */
  readonly ticks?: number;
  readonly host: string;
  /** ISO 8601. */
  readonly started: string;
  /** @example minichain node on http://127.0.0.1:8545 */
  readonly what: string;
  /** Where it answers JSON-RPC; left out where it does not. */
  readonly url?: string;
}

/** Says in the directory that this process has it open, and as what. To be called under the database's lock. */
export async function noteHolder(path: string, what: string, url?: string): Promise<void> {
  const started = new Date(Date.now() - process.uptime() * 1000).toISOString();
  const ticks = await startTicks(process.pid);
  const holder: Holder = {
    ...{ pid: process.pid, host: hostname(), started, what },
    ...(ticks === undefined ? {} : { ticks }),
    ...(url === undefined ? {} : { url }),
  };
  await replaceFile(join(path, HOLDER), `${JSON.stringify(holder, undefined, 2)}\n`);
}

export async function forgetHolder(path: string): Promise<void> {
  await rm(join(path, HOLDER), { force: true });
}

async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(join(path, HOLDER), 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

/** A process of another user is alive as well, and may not be signalled. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** @returns undefined when there is no such process, when it is dead and only not buried, and where the system does not say. */
async function startTicks(pid: number): Promise<number | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The name before it may hold spaces and parentheses.
  const [state, ...rest] = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(rest[18]);
  return state === undefined || 'ZX'.includes(state) || !Number.isSafeInteger(ticks) ? undefined : ticks;
}

/** Of another host only the file is known. */
async function mayHold({ pid, host, ticks }: Holder): Promise<boolean> {
  if (host !== hostname()) return true;
  return isAlive(pid) && (ticks === undefined || (await startTicks(pid)) === ticks);
}

/**
 * Another process of this host that has the directory open without any doubt: the lock would not tell when its file was
 * deleted. Undefined when there is none, and where that cannot be known.
 */
export async function certainHolder(path: string): Promise<string | undefined> {
  const holder = await readHolder(path);
  if (holder?.ticks === undefined || holder.pid === process.pid || holder.host !== hostname()) return undefined;
  return (await mayHold(holder)) ? textOf(holder) : undefined;
}

function textOf({ pid, host, what, started }: Holder): string {
  return `process ${pid}${host === hostname() ? '' : ` on ${host}`} (${what}, since ${started})`;
}

/**
 * What a directory says of the process that has it open. A file that a dead process has left is not believed; where the
 * system does not tell when a process started, one whose number another has got since is.
 */
export async function notedHolder(path: string): Promise<Holder | undefined> {
  const holder = await readHolder(path);
  return holder !== undefined && (await mayHold(holder)) ? holder : undefined;
}

/** Where a node of this host answers that a directory says it is in use by; undefined when it names none. */
export async function notedUrl(path: string): Promise<string | undefined> {
  const holder = await notedHolder(path);
  return holder?.host === hostname() ? holder.url : undefined;
}

/** Who has a locked directory open, in words; undefined when it does not say: the one that has the lock writes it soon. */
export async function findHolder(path: string): Promise<string | undefined> {
  for (const until = performance.now() + PATIENCE_MS; performance.now() < until; ) {
    const holder = await notedHolder(path);
    if (holder !== undefined) return textOf(holder);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return undefined;
}
