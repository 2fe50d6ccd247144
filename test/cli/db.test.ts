import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { minichain } from '../support/commandLine.ts';
import { DEV_ACCOUNTS } from '../support/devAccounts.ts';
import { type RunningNode, startMinichain } from '../support/nodeProcess.ts';

const [sender, receiver] = DEV_ACCOUNTS.map(({ address }) => address) as [string, string];
const RICH = '0x00000000000000000000000000000000000000aa';

let folder: string;
let directory: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'minichain-db-'));
  directory = join(folder, 'chain');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function start(datadir: string): Promise<RunningNode> {
  const node = await startMinichain(['--datadir', datadir]);
  onTestFinished(() => node.close());
  return node;
}

const transfer = (node: RunningNode): Promise<string> =>
  node.rpc.call<string>('eth_sendTransaction', [{ from: sender, to: receiver, value: '0x1' }]);

/** What a chain answers with, in short. */
async function answers(node: RunningNode): Promise<unknown> {
  const head = await node.rpc.call<{ number: string }>('eth_getBlockByNumber', ['latest', true]);
  const balances = [];
  for (const address of [sender, receiver, RICH]) {
    balances.push(await node.rpc.call('eth_getBalance', [address, 'latest']));
    balances.push(await node.rpc.call('eth_getBalance', [address, '0x1']));
  }
  return { head, first: await node.rpc.call('eth_getBlockByNumber', ['0x1', true]), balances };
}

/** Runs a subcommand that is to succeed. @returns its result. */
async function db<T = Record<string, unknown>>(...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await minichain(['db', ...args, '--json']);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return JSON.parse(stdout) as T;
}

/** Runs a subcommand that is to be refused. @returns exit code and the one line. */
async function mistake(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await minichain(['db', ...args]);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^error: [^\n]+\n$/);
  return `${code}: ${stderr.slice('error: '.length, -1)}`;
}

describe('stat', () => {
  it('says what is in a directory, whether a node runs on it or not', async () => {
    const node = await start(directory);
    await transfer(node);
    const running = await db('stat', '--datadir', directory);
    const { hash } = await node.rpc.call<{ hash: string }>('eth_getBlockByNumber', ['latest', false]);
    expect(running).toMatchObject({
      holder: expect.stringContaining(`process ${node.pid} (minichain node on ${node.url}`),
      chainId: 31337,
      head: { number: 1, hash },
      pool: 0,
      kinds: { block: { keys: 2 }, transaction: { keys: 1 } },
    });
    await node.close();
    const stopped = await db('stat', '--datadir', directory);
    expect(stopped).toMatchObject({ holder: null, head: { number: 1, hash }, kinds: { block: { keys: 2 } } });
    expect(await db('stat', '--quick', '--datadir', directory)).toMatchObject({ head: { number: 1 }, kinds: null });
    // Nothing is left beside what was there.
    expect(readdirSync(directory).sort()).toEqual(['closed.json', 'db', 'minichain.json']);
    const { stdout } = await minichain(['db', 'stat'], { MINICHAIN_DATADIR: directory });
    expect(stdout).toMatch(/^head +1 0x/m);
  });

  it('makes no directory where there is none, and asks for one that is not named', async () => {
    const missing = join(folder, 'nothing');
    expect(await mistake('stat', '--datadir', missing)).toBe(
      `1: cannot open the data directory ${missing}: there is no chain in it`,
    );
    expect(existsSync(missing)).toBe(false);
    expect(await mistake('stat')).toMatch(/^2: which data directory\?/);
  });
});

describe('backup and restore', () => {
  it('gives back what was there, from a node that runs and goes on', async () => {
    const node = await start(directory);
    await transfer(node);
    await node.rpc.call('hardhat_setBalance', [RICH, '0x5']);
    await transfer(node);
    const expected = await answers(node);
    const backup = join(folder, 'backup');
    expect(await db('backup', backup, '--datadir', directory)).toMatchObject({ number: 1 });
    await transfer(node);
    const restored = join(folder, 'restored');
    await db('restore', backup, '--datadir', restored);
    const second = await start(restored);
    expect(await answers(second)).toEqual(expected);
    expect(await transfer(second)).toMatch(/^0x/);
    expect(await node.rpc.call('eth_blockNumber')).toBe('0x3');
  });

  it('copies only what is new to a folder with a backup', async () => {
    const node = await start(directory);
    await transfer(node);
    await node.close();
    // Opening it makes a table of what was in the log.
    await db('stat', '--datadir', directory);
    const backup = join(folder, 'backup');
    await db('backup', backup, '--datadir', directory);
    const { copiedBytes, bytes } = await db<{ copiedBytes: number; bytes: number }>(
      'backup',
      backup,
      '--datadir',
      directory,
    );
    expect(copiedBytes).toBeLessThan(bytes);
  });

  it('refuses a directory with something in it, and a backup that was changed', async () => {
    const node = await start(directory);
    await node.close();
    const backup = join(folder, 'backup');
    await db('backup', backup, '--datadir', directory);
    expect(await mistake('restore', backup, '--datadir', directory)).toMatch(/^1: .* only to an empty folder/);
    const { files } = JSON.parse(readFileSync(join(backup, 'backup.json'), 'utf8')) as {
      files: { path: string; size: number }[];
    };
    const { path } = files.find(({ size }) => size > 1000) as { path: string };
    const bytes = readFileSync(join(backup, path));
    bytes[500] = (bytes[500] as number) ^ 1;
    writeFileSync(join(backup, path), bytes);
    const restored = join(folder, 'restored');
    expect(await mistake('restore', backup, '--datadir', restored)).toMatch(/^1: .* its SHA-256 differs/);
    expect(existsSync(restored)).toBe(false);
  });
});
