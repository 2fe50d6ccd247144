import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { type RunningCommand, startCommandLine } from '../support/commandLine.ts';
import { createJsonRpc, type JsonRpc } from '../support/jsonRpc.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'minichain-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Started {
  readonly command: RunningCommand;
  readonly rpc: JsonRpc;
  readonly url: string;
  readonly readyFile: string;
}

const readJson = (file: string): Record<string, unknown> => JSON.parse(readFileSync(file, 'utf8'));

/** Starts a node on a free port and waits until its ready file says that it listens. */
async function start(args: readonly string[] = [], env: Record<string, string> = {}): Promise<Started> {
  const readyFile = join(folder, 'ready.json');
  const command = startCommandLine(['node', '--port', '0', '--ready-file', readyFile, ...args], env);
  onTestFinished(() => command.kill());
  const early = command.ended.then((how) => {
    throw new Error(`ended with ${how}: ${command.stderr()}`);
  });
  early.catch(() => {});
  const isReady = () => existsSync(readyFile) && readJson(readyFile)['pid'] === command.child.pid;
  await Promise.race([expect.poll(isReady, { timeout: 60_000 }).toBe(true), early]);
  const url = String(readJson(readyFile)['url']);
  const rpc = createJsonRpc(url);
  onTestFinished(() => rpc.close());
  return { command, rpc, url, readyFile };
}

describe('files', () => {
  it('the ready file tells where it is, and goes when the node goes', async () => {
    const { command, url, readyFile } = await start();
    const { port } = new URL(url);
    expect(readJson(readyFile)).toEqual({ url, host: '127.0.0.1', port: Number(port), pid: command.child.pid });
    command.child.kill('SIGTERM');
    expect(await command.ended).toBe(0);
    expect(existsSync(readyFile)).toBe(false);
  });

  it('a ready file that was left behind is not taken for the new one', async () => {
    writeFileSync(join(folder, 'ready.json'), '{"url":"http://127.0.0.1:1"}');
    const command = startCommandLine(['node', '--port', 'x', '--ready-file', join(folder, 'ready.json')]);
    expect(await command.ended).toBe(2);
    // A mistake on the command line changes nothing yet.
    expect(existsSync(join(folder, 'ready.json'))).toBe(true);
    const { url } = await start();
    expect(url).not.toBe('http://127.0.0.1:1');
  });

  it('--config-out has the accounts, the keys and where to find the node', async () => {
    const file = join(folder, 'config.json');
    const { url } = await start(['--config-out', file, '--accounts', '2', '--chain-id', '7']);
    expect(readJson(file)).toMatchObject({
      chain_id: 7,
      url,
      available_accounts: [{}, {}].map(() => expect.any(String)),
    });
    expect(statSync(file).isFile()).toBe(true);
  });
});

describe('output', () => {
  it('ends its banner with the line that tools wait for', async () => {
    const { command, url } = await start();
    await command.until(/Listening on/);
    expect(command.stdout()).toMatch(/^minichain \d/);
    expect(command.stdout().endsWith(`\n\nListening on ${url.slice('http://'.length)}\n`)).toBe(true);
    expect(command.stdout()).not.toContain('\u001b');
    expect(command.stderr()).toBe('');
  });

  it.each(['--quiet', '-q', '--silent'])('is nothing at all with %s', async (flag) => {
    const { command, rpc } = await start([flag]);
    await rpc.call('evm_mine');
    await rpc.send('eth_nonsense');
    command.child.kill('SIGINT');
    expect(await command.ended).toBe(0);
    expect([command.stdout(), command.stderr()]).toEqual(['', '']);
  });

  it('is an object a line with --json-logs, and keeps the keys to itself', async () => {
    const { command, rpc, url } = await start(['--json-logs']);
    await rpc.call('evm_mine');
    command.child.kill('SIGINT');
    await command.ended;
    const events = command
      .stdout()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events).toMatchObject([
      { event: 'listening', url, chain_id: 31337 },
      { event: 'head', number: '1' },
      { event: 'request', method: 'evm_mine' },
    ]);
    expect(command.stdout()).not.toContain('ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80');
  });

  it('has colours in a pipe only when forced', async () => {
    const { command, rpc } = await start([], { FORCE_COLOR: '1' });
    await rpc.send('eth_nonsense');
    await command.until(/eth_nonsense/);
    expect(command.stdout()).toContain('\u001b[31meth_nonsense\u001b[39m');
  });

  it('tells of a session', async () => {
    const { command, rpc } = await start();
    const [from, to] = await rpc.call<string[]>('eth_accounts');
    await rpc.call('eth_sendTransaction', [{ from, to, value: '0x1' }]);
    await command.until(/eth_accounts, eth_sendTransaction\n\n {4}Transaction: 0x[0-9a-f]{64}\n(.+\n){5}/);
  });

  it('may lose its reader', async () => {
    const { command, rpc } = await start();
    await command.until(/Listening on/);
    command.child.stdout?.destroy();
    command.child.stderr?.destroy();
    for (let i = 0; i < 20; i++) await rpc.send('eth_nonsense', [i]);
    command.child.kill('SIGTERM');
    expect(await command.ended).toBe(0);
  });
});

describe('flags', () => {
  it('come from the environment too, and win over it', async () => {
    const { rpc } = await start(['--chain-id', '8'], { MINICHAIN_CHAIN_ID: '7', MINICHAIN_GAS_LIMIT: '5000000' });
    expect(await rpc.call('eth_chainId')).toBe('0x8');
    expect(await rpc.call('eth_getBlockByNumber', ['latest', false])).toMatchObject({ gasLimit: '0x4c4b40' });
  });

  it("take Anvil's other names", async () => {
    const { rpc } = await start([
      ...['--block-base-fee-per-gas', '7', '--disable-default-create2-deployer', '--no-mine', '--steps-tracing'],
      ...['--enable-tx-gas-limit', '--mnemonic-seed-unsafe', '42', '--disable-min-priority-fee'],
    ]);
    expect(await rpc.call('eth_getBlockByNumber', ['0x0', false])).toMatchObject({ baseFeePerGas: '0x7' });
    expect(await rpc.call('eth_getCode', ['0x4e59b44847b379578588920ca78fbf26c0b4956c', 'latest'])).toBe('0x');
    expect(await rpc.call('evm_getAutomine').catch(() => false)).toBe(false);
    expect(await rpc.call('eth_maxPriorityFeePerGas')).toBe('0x0');
  });

  it('--block-time makes blocks', async () => {
    const { rpc } = await start(['--block-time', '0.05']);
    await expect.poll(async () => Number(await rpc.call('eth_blockNumber')), { timeout: 30_000 }).toBeGreaterThan(2);
  });

  it('--host warns of an address that others can reach', async () => {
    const { command } = await start(['--host', '0.0.0.0']);
    await command.until(/WARNING: 0\.0\.0\.0 is not a loopback address.*\n\nListening on 0\.0\.0\.0:\d+\n$/);
  });
});

describe('the end', () => {
  const CLEAN_END_MS = 5_000;

  /** A call that never ends by itself within the test, seen to be running. */
  async function occupy(rpc: JsonRpc): Promise<void> {
    // JUMPDEST PUSH0 JUMP
    rpc.send('eth_call', [{ data: '0x5b5f56', gas: '0x40000000' }, 'latest']).catch(() => {});
    await rpc.call('eth_chainId');
  }

  it.each(['SIGINT', 'SIGTERM'] as const)('comes with %s whatever is connected or running', async (signal) => {
    const { command, rpc, url, readyFile } = await start();
    const socket = new WebSocket(url.replace('http', 'ws')).on('error', () => {});
    await once(socket, 'open');
    const idle = createConnection(Number(new URL(url).port), '127.0.0.1').on('error', () => {});
    await once(idle, 'connect');
    await occupy(rpc);
    const asked = performance.now();
    command.child.kill(signal);
    expect(await command.ended).toBe(0);
    // A second on a machine that has nothing else to do.
    expect(performance.now() - asked).toBeLessThan(CLEAN_END_MS);
    expect(existsSync(readyFile)).toBe(false);
    expect(command.stderr()).toBe('');
  });

  it('comes at once with a second signal', async () => {
    const { command, rpc } = await start(['--disable-tx-gas-cap', '--gas-limit', '0x7fffffff']);
    const [from] = await rpc.call<string[]>('eth_accounts');
    // The lane waits for a transaction that runs on and on.
    rpc.send('eth_sendTransaction', [{ from, data: '0x5b5f56', gas: '0x70000000' }]).catch(() => {});
    await rpc.call('eth_chainId');
    command.child.kill('SIGINT');
    const again = setInterval(() => command.child.kill('SIGINT'), 150);
    expect([0, 130]).toContain(await command.ended);
    clearInterval(again);
  });

  it('takes the signal that npm passes on for the same wish', async () => {
    const { command } = await start();
    command.child.kill('SIGINT');
    command.child.kill('SIGINT');
    expect(await command.ended).toBe(0);
  });

  it('is what a hangup means to any program', async () => {
    const { command } = await start();
    command.child.kill('SIGHUP');
    expect(await command.ended).toBe('SIGHUP');
  });
});
