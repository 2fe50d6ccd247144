import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { OpenTarget } from './connection.ts';
import { BenchError } from './errors.ts';
import { HttpConnection } from './httpConnection.ts';

/** A node to measure: one that runs already, or a command that starts one. */
export type Target =
  | { readonly name: string; readonly url: string }
  /** `{port}` and `{tmp}` in the command stand for a free port and a folder that is deleted afterwards. */
  | { readonly name: string; readonly command: string }
  /** A minichain in the process that measures, asked without a transport. */
  | { readonly name: string; readonly inProcess: true };

const START_LIMIT_MS = 60_000;
const ENOUGH_TIME_TO_STOP_MS = 5_000;

/**
 * Reads `name=URL`, `name=cmd:COMMAND` or `name=inprocess`.
 * @throws BenchError saying what was expected.
 * @example parseTarget('anvil=cmd:anvil --port {port}') // { name: 'anvil', command: 'anvil --port {port}' }
 */
export function parseTarget(text: string): Target {
  const [, name, value] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    throw new BenchError(`--target "${text}": expected name=URL, name=cmd:COMMAND or name=inprocess`);
  }
  if (value === 'inprocess') return { name, inProcess: true };
  if (!value.startsWith('cmd:')) {
    if (!URL.canParse(value) || new URL(value).protocol !== 'http:') {
      throw new BenchError(`--target ${name}: expected an http:// URL or cmd:COMMAND, got "${value}"`);
    }
    return { name, url: value };
  }
  const command = value.slice('cmd:'.length);
  if (!command.includes('{port}')) throw new BenchError(`--target ${name}: the command must contain {port}`);
  return { name, command };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new BenchError('no free port');
  return address.port;
}

/** Asks until the node answers. The gap keeps the asking from taking the processor from a node that starts. */
async function firstAnswer(url: string, child: ChildProcess, output: () => string): Promise<void> {
  const deadline = performance.now() + START_LIMIT_MS;
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new BenchError(`the command ended with code ${child.exitCode}:\n${output()}`);
    try {
      const connection = await HttpConnection.open(url);
      try {
        await connection.call('eth_chainId');
        return;
      } finally {
        connection.close();
      }
    } catch {
      await delay(2);
    }
  }
  throw new BenchError(`no answer from ${url} within ${START_LIMIT_MS} ms:\n${output()}`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const hard = setTimeout(() => child.kill('SIGKILL'), ENOUGH_TIME_TO_STOP_MS);
  await gone;
  clearTimeout(hard);
}

/** Linux tells without a process of its own; elsewhere `ps` does. */
function residentMb(pid: number | undefined): number | undefined {
  if (pid === undefined) return undefined;
  const kib = existsSync(`/proc/${pid}/status`)
    ? /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    : execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
  return Number(kib) / 1024;
}

const TICK_MS = 10;

/** From /proc, where the system has it. */
function cpuMs(pid: number | undefined): number | undefined {
  const file = `/proc/${pid}/stat`;
  if (pid === undefined || !existsSync(file)) return undefined;
  // After the name, which may hold spaces: user and system time are fields 14 and 15 of all.
  const fields = readFileSync(file, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

async function startCommand(command: string): Promise<OpenTarget> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const discard = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  const port = await freePort();
  const line = command.replaceAll('{port}', String(port)).replaceAll('{tmp}', folder);
  const began = performance.now();
  // `exec`: the process that is measured and stopped is the node, not a shell around it.
  const child = spawn('/bin/sh', ['-c', `exec ${line}`], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const keep = (chunk: Buffer) => {
    if (output.length < 10_000) output += chunk.toString('utf8');
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const close = async () => {
    await stop(child);
    discard();
  };
  const url = `http://127.0.0.1:${port}`;
  try {
    await firstAnswer(url, child, () => output);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    connect: () => HttpConnection.open(url),
    startMs: performance.now() - began,
    residentMb: () => residentMb(child.pid),
    cpuMs: () => cpuMs(child.pid),
    close,
  };
}

/** @throws BenchError when the command ends or stays silent. */
export async function openTarget(target: Target): Promise<OpenTarget> {
  if ('command' in target) return startCommand(target.command);
  if ('inProcess' in target) return (await import('./inProcess.ts')).openInProcess();
  const none = () => undefined;
  const connect = () => HttpConnection.open(target.url);
  return { connect, startMs: undefined, residentMb: none, cpuMs: none, close: async () => {} };
}
