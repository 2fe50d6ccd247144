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
  const holder: Holder = { pid: process.pid, host: hostname(), started, what, ...(url === undefined ? {} : { url }) };
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

/** Of another host only the file is known. */
const mayHold = ({ pid, host }: Holder): boolean => host !== hostname() || isAlive(pid);

/**
 * What a directory says of the process that has it open. A file that a dead process has left is not believed; one whose
 * number another process has got since is, so what matters must be asked of the process itself.
 */
export async function notedHolder(path: string): Promise<Holder | undefined> {
  const holder = await readHolder(path);
  return holder !== undefined && mayHold(holder) ? holder : undefined;
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
    if (holder !== undefined) {
      const where = holder.host === hostname() ? '' : ` on ${holder.host}`;
      return `process ${holder.pid}${where} (${holder.what}, since ${holder.started})`;
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return undefined;
}
