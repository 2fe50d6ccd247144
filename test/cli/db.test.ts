import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { minichain, startCommandLine } from '../support/commandLine.ts';
import { DEV_ACCOUNTS } from '../support/devAccounts.ts';
import { repositoryRoot } from '../support/fixtures.ts';
import { type RunningNode, startMinichain } from '../support/nodeProcess.ts';

const { version: VERSION } = JSON.parse(readFileSync(join(repositoryRoot, 'packages/cli/package.json'), 'utf8'));
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
      version: VERSION,
      writer: VERSION,
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
    const again = await start(directory);
    expect(await mistake('restore', backup, '--datadir', directory)).toContain(
      `process ${again.pid} (minichain node on ${again.url}) has it open; a backup is restored only to an empty folder: name another one, or end that process (kill ${again.pid})`,
    );
    await again.close();
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

describe('export and import', () => {
  it('make the same chain in another directory, from a node that runs', async () => {
    const node = await start(directory);
    for (let i = 0; i < 3; i++) await transfer(node);
    const expected = await answers(node);
    const { hash } = await node.rpc.call<{ hash: string }>('eth_getBlockByNumber', ['latest', false]);
    const other = join(folder, 'other');
    for (const name of ['chain.rlp', 'chain.rlp.gz']) {
      const file = join(folder, name);
      expect(await db('export', file, '--datadir', directory)).toMatchObject({ from: 0, to: 3, blocks: 4 });
      const head = { number: 3, hash };
      const counts = name === 'chain.rlp' ? { imported: 3, known: 1 } : { imported: 0, known: 4 };
      expect(await db('import', file, '--datadir', other)).toMatchObject({ ...counts, head });
    }
    const second = await start(other);
    expect(await answers(second)).toEqual(expected);
    await transfer(second);
    expect(await second.rpc.call('eth_blockNumber')).toBe('0x4');
  });

  it('take in what stands before the end of a file that was cut off', async () => {
    const node = await start(directory);
    for (let i = 0; i < 3; i++) await transfer(node);
    await node.close();
    const file = join(folder, 'chain.rlp');
    await db('export', file, '--datadir', directory);
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.subarray(0, bytes.length - 10));
    const other = join(folder, 'other');
    expect(await mistake('import', file, '--datadir', other)).toMatch(
      /^2: .*chain\.rlp: the file is cut off: of the block at byte \d+ only \d+ of \d+ bytes are there; the 3 before it are in the chain$/,
    );
    expect(await db('stat', '--quick', '--datadir', other)).toMatchObject({ head: { number: 2 } });
  });

  it('refuse the blocks of another genesis, and make nothing', async () => {
    const node = await start(directory);
    await node.close();
    const file = join(folder, 'chain.rlp');
    await db('export', file, '--datadir', directory);
    const other = join(folder, 'other');
    expect(await mistake('import', file, '--datadir', other, '--balance', '7')).toMatch(/begins with the genesis 0x/);
    expect(existsSync(other)).toBe(false);
    writeFileSync(file, 'not blocks');
    expect(await mistake('import', file, '--datadir', other)).toMatch(/^2: .*chain\.rlp: at byte 0 there is no block/);
    expect(await mistake('import', join(folder, 'none.rlp'), '--datadir', other)).toMatch(
      /^2: cannot read .*none\.rlp/,
    );
  });

  it('say which blocks no other chain can execute', async () => {
    const node = await start(directory);
    await transfer(node);
    await node.rpc.call('hardhat_setBalance', [RICH, '0x5']);
    await transfer(node);
    const { stdout, stderr } = await minichain([
      'db',
      'export',
      join(folder, 'a.rlp'),
      '--datadir',
      directory,
      '--json',
    ]);
    expect(JSON.parse(stdout)).toMatchObject({ notPortable: { first: 2, count: 1 } });
    expect(stderr).toMatch(/^warning: 1 block \(the first is 2\) cannot be executed by another chain/);
    const some = await db('export', join(folder, 'b.rlp'), '--datadir', directory, '--to', '1');
    expect(some).toMatchObject({ blocks: 2, notPortable: null });
    expect(await mistake('export', join(folder, 'c.rlp'), '--datadir', directory, '--to', '9')).toMatch(
      /^1: block not found: number 9; the latest block is 2/,
    );
    expect(existsSync(join(folder, 'c.rlp'))).toBe(false);
  });

  it('carry a state as Anvil writes it', async () => {
    const node = await start(directory);
    await node.rpc.call('hardhat_setBalance', [RICH, '0x5']);
    await node.rpc.call('hardhat_setCode', [receiver, '0x6001']);
    const file = join(folder, 'state.json');
    await db('export', file, '--state', '--datadir', directory);
    const { accounts } = JSON.parse(readFileSync(file, 'utf8')) as { accounts: Record<string, { balance: string }> };
    expect(accounts[RICH]).toMatchObject({ balance: '0x5' });
    const other = join(folder, 'other');
    await db('import', file, '--state', '--datadir', other);
    const second = await start(other);
    expect(await second.rpc.call('eth_getBalance', [RICH, 'latest'])).toBe('0x5');
    expect(await second.rpc.call('eth_getCode', [receiver, 'latest'])).toBe('0x6001');
  });
});

describe('prune and compact', () => {
  it('take away old states, and leave the head whole', async () => {
    const node = await start(directory);
    for (let i = 0; i < 10; i++) await transfer(node);
    await node.close();
    expect(await mistake('prune', '--datadir', directory)).toMatch(/^2: how much is to stay\?/);
    const { nodes } = await db<{ nodes: number }>('prune', '--prune', '2', '--datadir', directory);
    expect(nodes).toBeGreaterThan(10);
    await db('compact', '--datadir', directory);
    const second = await start(directory);
    expect(await second.rpc.call('eth_getBalance', [receiver, 'latest'])).toBe('0x21e19e0c9bab240000a');
    await expect(second.rpc.call('eth_getBalance', [receiver, '0x3'])).rejects.toThrow(/state/);
  });
});

describe('a node that runs', () => {
  it('prunes and compacts when it is asked, and goes on', async () => {
    const node = await start(directory);
    for (let i = 0; i < 10; i++) await transfer(node);
    const report = await db<{ nodes: number }>(
      'prune',
      '--prune',
      '2',
      '--history-blocks',
      '5',
      '--datadir',
      directory,
    );
    expect(report).toMatchObject({ blocks: 4, nodes: expect.any(Number), bytesBefore: expect.any(Number) });
    expect(report.nodes).toBeGreaterThan(10);
    expect(await db('compact', '--datadir', directory)).toMatchObject({ bytesAfter: expect.any(Number) });
    await transfer(node);
    expect(await node.rpc.call('eth_getBalance', [receiver, 'latest'])).toBe('0x21e19e0c9bab240000b');
    await expect(node.rpc.call('eth_getBalance', [receiver, '0x7'])).rejects.toThrow(/state/);
    await expect(node.rpc.call('eth_getBlockByNumber', ['0x2', false])).rejects.toThrow(/pruned history/);
    // What Anvil would dump, and what a tool writes of it, is the head's state.
    expect(await node.rpc.call('anvil_dumpState')).toMatch(/^0x1f8b/);
    const state = join(folder, 'state.json');
    await db('export', state, '--state', '--datadir', directory);
    expect(JSON.parse(readFileSync(state, 'utf8'))).toMatchObject({
      accounts: { [receiver.toLowerCase()]: { balance: '0x21e19e0c9bab240000b' } },
    });
    await node.close();
    expect(await db('check', '--datadir', directory)).toMatchObject({ problems: [] });
  });

  it('takes in blocks, in requests that it takes, and says which is refused as a stopped one would', async () => {
    const source = await start(directory);
    for (let i = 0; i < 5; i++) await transfer(source);
    const expected = await answers(source);
    await source.close();
    const [whole, cut, spoilt] = ['whole', 'cut', 'spoilt'].map((name) => join(folder, `${name}.rlp`)) as [
      string,
      string,
      string,
    ];
    await db('export', whole, '--datadir', directory);
    const bytes = readFileSync(whole);
    writeFileSync(cut, bytes.subarray(0, bytes.length - 10));
    // The last byte of the fourth block's withdrawals: an item where a list is to be.
    const [genesis] = [join(folder, 'genesis.rlp')];
    await db('export', genesis, '--datadir', directory, '--to', '3');
    const damaged = Buffer.from(bytes);
    const fourth = readFileSync(genesis).length;
    damaged[fourth + 60] = (damaged[fourth + 60] as number) ^ 1;
    writeFileSync(spoilt, damaged);

    const other = join(folder, 'other');
    await db('import', genesis, '--datadir', other, '--json');
    const node = await startMinichain(['--datadir', other, '--max-body', '3000', '--rate-limit', '20']);
    onTestFinished(() => node.close());
    const refusal = await mistake('import', spoilt, '--datadir', other);
    expect(refusal).toMatch(
      /^2: .*spoilt\.rlp: block 5 \(at byte \d+\) was refused: .*; the 4 before it are in the chain$/,
    );
    expect(refusal).toContain(`at byte ${fourth})`);
    expect(await mistake('import', cut, '--datadir', other)).toMatch(
      /^2: .*cut\.rlp: the file is cut off: .*; the 5 before it are in the chain$/,
    );
    expect(await node.rpc.call('eth_blockNumber')).toBe('0x4');
    expect(await db('import', whole, '--datadir', other)).toMatchObject({ imported: 1, known: 5, head: { number: 5 } });
    expect(await answers(node)).toEqual(expected);
    await transfer(node);
    expect(await node.rpc.call('eth_blockNumber')).toBe('0x6');
  });

  it('takes in a state', async () => {
    const node = await start(directory);
    await node.rpc.call('hardhat_setBalance', [RICH, '0x5']);
    const file = join(folder, 'state.json');
    await db('export', file, '--state', '--datadir', directory);
    const second = await start(join(folder, 'other'));
    expect(await db('import', file, '--state', '--datadir', join(folder, 'other'))).toMatchObject({
      accounts: expect.any(Number),
      head: { number: 0 },
    });
    expect(await second.rpc.call('eth_getBalance', [RICH, 'latest'])).toBe('0x5');
  });

  it('is not asked when it is not the one that has the directory', async () => {
    const node = await start(directory);
    const second = await start(join(folder, 'other'));
    const file = join(directory, 'holder.json');
    const holder = JSON.parse(readFileSync(file, 'utf8')) as object;
    writeFileSync(file, JSON.stringify({ ...holder, url: second.url }));
    expect(await mistake('compact', '--datadir', directory)).toMatch(/^1: .* is in use by process/);
    writeFileSync(file, JSON.stringify({ ...holder, url: 'http://127.0.0.1:1' }));
    expect(await mistake('compact', '--datadir', directory)).toMatch(/^1: .* is in use by process/);
    await node.close();
  });
});

describe('an interrupted command', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('leaves nothing in the directory of a node: %s', async (signal) => {
    const node = await start(directory);
    await node.rpc.call('hardhat_mine', ['0x7d0']);
    const command = startCommandLine(['db', 'check', '--datadir', directory]);
    onTestFinished(() => command.kill());
    const left = () => readdirSync(directory).filter((name) => name.startsWith('staging-'));
    await expect.poll(left, { timeout: 10_000, interval: 5 }).toHaveLength(1);
    command.child.kill(signal);
    expect(await command.ended).toBe(signal === 'SIGINT' ? 130 : 143);
    expect(left()).toEqual([]);
  });
});

describe('check', () => {
  it('executes the chain again, and says what is wrong with exit code 1', async () => {
    const node = await start(directory);
    for (let i = 0; i < 3; i++) await transfer(node);
    await node.rpc.call('hardhat_setBalance', [RICH, '0x5']);
    await transfer(node);
    const well = { from: 0, to: 4, executed: 4, statesGone: 0, problems: [] };
    expect(await db('check', '--datadir', directory)).toMatchObject(well);
    await node.close();
    expect(await db('check', '--datadir', directory)).toMatchObject(well);
    expect(await db('check', '--datadir', directory, '--from', '2', '--to', '3')).toMatchObject({ executed: 2 });
    expect(await mistake('check', '--datadir', directory, '--from', '3', '--to', '2')).toBe(
      '2: --from 3 is above --to 2',
    );
    expect(await mistake('check', '--datadir', directory, '--from', 'x')).toMatch(/^2: .*number of a block/);
    await db('prune', '--prune', '1', '--datadir', directory);
    const { stdout, code } = await minichain(['db', 'check', '--datadir', directory]);
    expect(stdout).toMatch(/^checked blocks 0 to 4: executed \d blocks? again, \d blocks? not, .* all is well\n$/);
    expect(code).toBe(0);
  });
});
