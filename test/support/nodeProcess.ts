import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from './fixtures.ts';
import { createJsonRpc, type JsonRpc } from './jsonRpc.ts';

/** A node that runs as a process of its own, as users start it. */
export interface RunningNode {
  readonly url: string;
  readonly wsUrl: string;
  readonly pid: number;
  readonly rpc: JsonRpc;
  /** Everything it printed so far, for the message of a failing test. */
  output(): string;
  /** Ends it and waits until it is gone. */
  close(): Promise<void>;
}

const bundle = join(repositoryRoot, 'packages/cli/dist/minichain.js');
const READY =
  /(?:Listening on (?:https?:\/\/)?|"event":"listening".*"url":"http:\/\/)((?:\d+\.){3}\d+|\[[^\]]+\]|localhost):(\d+)/;
const START_LIMIT_MS = 60_000;
/** Nodes that run; none outlives the tests, not even those of a test that never came to its end. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Anvil itself; the package's command is a script that starts it, and would be what is stopped in its place. */
function anvilBinary(): string {
  const launcher = realpathSync(join(repositoryRoot, 'node_modules/@foundry-rs/anvil/package.json'));
  const platform = `${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
  return createRequire(launcher).resolve(`@foundry-rs/anvil-${platform}/bin/anvil`);
}

/** Waits for the line that every node of this kind prints last; a node that ends or stays silent is an error with its output. */
function addressOf(child: ChildProcess, output: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`${why}\n${output()}`));
    const timer = setTimeout(() => fail(`node did not listen within ${START_LIMIT_MS} ms`), START_LIMIT_MS);
    const settle = () => clearTimeout(timer);
    child.once('error', (error) => {
      settle();
      fail(error.message);
    });
    child.once('exit', (code, signal) => {
      settle();
      fail(`node ended before it listened (${code ?? signal})`);
    });
    child.stdout?.on('data', () => {
      const match = READY.exec(output());
      if (match === null) return;
      settle();
      resolve(`${match[1]}:${match[2]}`);
    });
  });
}

async function startProcess(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<RunningNode> {
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  child.once('exit', () => running.delete(child));
  let printed = '';
  // Only the beginning and the end matter; a busy node prints megabytes.
  const keep = (chunk: Buffer) => {
    printed = printed.length > 200_000 ? printed.slice(0, 20_000) + printed.slice(-100_000) : printed;
    printed += chunk.toString('utf8');
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    const hard = setTimeout(() => child.kill('SIGKILL'), 5_000);
    await gone;
    clearTimeout(hard);
  };
  try {
    const address = await addressOf(child, () => printed);
    const rpc = createJsonRpc(`http://${address}`);
    return {
      url: `http://${address}`,
      wsUrl: `ws://${address}`,
      pid: child.pid as number,
      rpc,
      output: () => printed,
      close: async () => {
        rpc.close();
        await kill();
      },
    };
  } catch (error) {
    await kill();
    throw error;
  }
}

/**
 * Starts the built command line on a free port.
 * @param limits `openFiles` is how many descriptors the process may have.
 * @example const node = await startMinichain(['--chain-id', '1']); await node.close()
 */
export function startMinichain(
  args: readonly string[] = [],
  limits: { readonly openFiles?: number } = {},
): Promise<RunningNode> {
  if (!existsSync(bundle)) throw new Error(`${bundle} is missing: build first (npm test does)`);
  const command = [process.execPath, bundle, 'node', '--port', '0', ...args];
  const limited =
    limits.openFiles === undefined
      ? command
      : ['sh', '-c', `ulimit -n ${limits.openFiles}; exec "$@"`, 'sh', ...command];
  return startProcess(limited[0] as string, limited.slice(1), { ...process.env, NO_COLOR: '1' });
}

/** Starts Anvil on a free port, with a home of its own: it keeps gigabytes of old states there. */
export async function startAnvil(args: readonly string[] = []): Promise<RunningNode> {
  const home = mkdtempSync(join(tmpdir(), 'anvil-home-'));
  const discard = () => rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  try {
    const node = await startProcess(anvilBinary(), ['--port', '0', ...args], { ...process.env, HOME: home });
    const close = async () => {
      await node.close();
      discard();
    };
    return { ...node, close };
  } catch (error) {
    discard();
    throw error;
  }
}
