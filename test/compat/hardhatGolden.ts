import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { createJsonRpc, type JsonRpc, type RpcErrorBody } from '../support/jsonRpc.ts';
import type { NpmProject } from '../support/npmProject.ts';
import { failures, MINED, SETUP } from './hardhatFailures.ts';

/** What each request of `hardhatFailures.ts` was answered with. */
export type Answers = Readonly<Record<string, RpcErrorBody>>;

/** What a Hardhat said, and when it was asked. */
export interface Recording {
  readonly version: string;
  readonly recorded: string;
  readonly answers: Answers;
}

const file = new URL('hardhatErrors.json', import.meta.url);
export type Recorded = 'hardhat' | 'hardhat2';

export const readGolden = (): Readonly<Record<Recorded, Recording>> => JSON.parse(readFileSync(file, 'utf8'));

/** Takes what a Hardhat says now for what it says. */
export function record(name: Recorded, version: string, answers: Answers): void {
  let golden: Partial<Record<Recorded, Recording>> = {};
  try {
    golden = readGolden();
  } catch {
    // The first of them.
  }
  const recorded = new Date().toISOString().slice(0, 10);
  writeFileSync(file, `${JSON.stringify({ ...golden, [name]: { version, recorded, answers } }, undefined, 2)}\n`);
}

/** Asks a node everything; each request finds the same chain. */
export async function answersOf(rpc: JsonRpc): Promise<Answers> {
  let mined: unknown;
  for (const [method, params] of SETUP) mined = await rpc.call(method, params);
  const answers: Record<string, RpcErrorBody> = {};
  for (const { name, before, request } of await failures()) {
    const snapshot = await rpc.call('evm_snapshot');
    for (const [method, params] of before) await rpc.call(method, params);
    const [method, params] = request;
    const { error, result } = await rpc.send(
      method,
      params.map((value) => (value === MINED ? mined : value)),
    );
    // Nobody is to fail here unnoticed.
    answers[name] = error ?? { code: 0, message: `no error: ${JSON.stringify(result)}` };
    await rpc.call('evm_revert', [snapshot]);
    await rpc.call('evm_setAutomine', [true]);
  }
  return answers;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** What the `hardhat node` of a project says to everything. */
export async function answersOfHardhat({ folder, env }: NpmProject): Promise<{ version: string; answers: Answers }> {
  const port = await freePort();
  const args = ['node', '--hostname', '127.0.0.1', '--port', String(port)];
  const child = spawn('hardhat', args, { cwd: folder, env: { ...process.env, ...env } });
  const rpc = createJsonRpc(`http://127.0.0.1:${port}`);
  try {
    let printed = '';
    await new Promise<void>((resolve, reject) => {
      const read = (chunk: Buffer): void => {
        printed += String(chunk);
        if (printed.includes('Started HTTP and WebSocket')) resolve();
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.once('exit', () => reject(new Error(`hardhat node ended: ${printed}`)));
    });
    const version = await rpc.call<string>('web3_clientVersion');
    return { version, answers: await answersOf(rpc) };
  } finally {
    rpc.close();
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }
}
