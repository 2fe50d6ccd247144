import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type RunningNode, startMinichain } from '../support/nodeProcess.ts';

/** Of the list of `anvil.test.ts`: what a process prints, takes, and leaves behind. */

const ALICE = '0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266';
const BOB = '0x70997970c51812dc3a010c7d01b50e0d17dc79c8';
const CODE_AT = '0x00000000000000000000000000000000000e0001';
/** Hands its input to the console of Hardhat. */
const CONSOLE_CODE = '0x365f5f375f5f365f73000000000000000000636f6e736f6c652e6c6f675afa00';
/** `console.log("once upon a block")` */
const CONSOLE_LINE = `0x41304fac${'20'.padStart(64, '0')}${'11'.padStart(64, '0')}${Buffer.from('once upon a block').toString('hex').padEnd(64, '0')}`;
/** Stores its first word in slot 0. */
const STORE_CODE = '0x5f355f5500';

let folder: string;
const running: RunningNode[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'minichain-acceptance-'));
});
afterEach(async () => {
  for (const node of running.splice(0)) await node.close();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

async function start(...flags: string[]): Promise<RunningNode> {
  const node = await startMinichain(flags);
  running.push(node);
  return node;
}

const word = (value: number): string => `0x${value.toString(16).padStart(64, '0')}`;
const sizeOf = (path: string): number =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);

async function mineOneByOne({ rpc }: RunningNode, blocks: number): Promise<void> {
  for (let left = blocks; left > 0; left -= 500) {
    const some = Array.from({ length: Math.min(left, 500) }, (_, id) => ({ jsonrpc: '2.0', id, method: 'evm_mine' }));
    const replies = JSON.parse((await rpc.post(JSON.stringify(some))).text) as { result?: string }[];
    expect(replies.every(({ result }) => result === '0')).toBe(true);
  }
}

it('A6: a line of console.log is printed once for each transaction', async () => {
  const { rpc, output } = await start();
  await rpc.call('anvil_setCode', [CODE_AT, CONSOLE_CODE]);
  const lines = (): number => output().split('once upon a block').length - 1;
  for (let sent = 1; sent <= 3; sent++) {
    // Without gas, so that it is estimated, and runs more than once.
    const hash = await rpc.call('eth_sendTransaction', [{ from: ALICE, to: CODE_AT, data: CONSOLE_LINE }]);
    expect(await rpc.call('eth_getTransactionReceipt', [hash])).toMatchObject({ status: '0x1' });
    await expect.poll(lines).toBe(sent);
  }
  await rpc.send('eth_nothing');
  await expect.poll(output).toContain('eth_nothing');
  expect(lines()).toBe(3);
});

it('A9: after a kill the head, old states, traces and reorganisations are there', async () => {
  const data = join(folder, 'data');
  const first = await start('--datadir', data);
  await first.rpc.call('anvil_setCode', [CODE_AT, STORE_CODE]);
  const hashes: string[] = [];
  for (const value of [7, 8, 9]) {
    const fields = { from: ALICE, to: CODE_AT, data: word(value), value: '0x0' };
    hashes.push(await first.rpc.call('eth_sendTransaction', [fields]));
  }
  const all = (node: RunningNode) =>
    Promise.all([
      node.rpc.call('eth_getBlockByNumber', ['latest', true]),
      ...['0x1', '0x2', '0x3'].map((at) => node.rpc.call('eth_getStorageAt', [CODE_AT, '0x0', at])),
      ...['0x0', '0x1', '0x2'].map((at) => node.rpc.call('eth_getBalance', [ALICE, at])),
      ...hashes.map((hash) => node.rpc.call('debug_traceTransaction', [hash])),
      ...hashes.map((hash) => node.rpc.call('eth_getTransactionReceipt', [hash])),
    ]);
  const before = await all(first);
  expect(before.slice(1, 4)).toEqual([7, 8, 9].map(word));
  process.kill(first.pid, 'SIGKILL');
  await first.close();
  const second = await start('--datadir', data);
  expect(await all(second)).toEqual(before);
  await second.rpc.call('anvil_reorg', [2, []]);
  expect(await second.rpc.call('eth_getStorageAt', [CODE_AT, '0x0', 'latest'])).toBe(word(7));
  await second.rpc.call('evm_mine');
  // What the reorganisation gave back to the pool.
  expect(await second.rpc.call('eth_getStorageAt', [CODE_AT, '0x0', 'latest'])).toBe(word(9));
});

it('A10: a hundred thousand slots make empty blocks neither slow nor large', async () => {
  const node = await start('--max-body', '64mb');
  const { rpc } = node;
  const fastest = async (): Promise<number> => {
    const times: number[] = [];
    for (let i = 0; i < 20; i++) {
      const began = performance.now();
      await rpc.call('evm_mine');
      times.push(performance.now() - began);
    }
    return Math.min(...times);
  };
  const resident = async () =>
    (await rpc.call<{ memory: { residentBytes: number } }>('minichain_status')).memory.residentBytes;
  const empty = await fastest();
  const storage = Object.fromEntries(Array.from({ length: 100_000 }, (_, slot) => [word(slot), word(slot + 1)]));
  const dump = { accounts: { [CODE_AT]: { nonce: 0, balance: '0x0', code: '0x00', storage } } };
  await rpc.call('anvil_loadState', [`0x${Buffer.from(JSON.stringify(dump)).toString('hex')}`]);
  expect(await rpc.call('eth_getStorageAt', [CODE_AT, word(99_999), 'latest'])).toBe(word(100_000));
  await mineOneByOne(node, 20);
  // Anvil's is a thousand times as slow: each of its blocks works out the whole state.
  expect(await fastest()).toBeLessThan(empty * 20 + 10);
  const before = await resident();
  await mineOneByOne(node, 300);
  expect((await resident()) - before).toBeLessThan(50_000_000);
});

it('A11: five thousand blocks: the first can be read, the disk holds little, and nothing stays where none was asked for', async () => {
  const data = join(folder, 'data');
  const [home, temporary] = [mkdtempSync(join(folder, 'home-')), mkdtempSync(join(folder, 'tmp-'))];
  vi.stubEnv('HOME', home);
  vi.stubEnv('TMPDIR', temporary);
  const [kept, ephemeral] = [await start('--datadir', data), await start()];
  for (const node of [kept, ephemeral]) {
    await node.rpc.call('eth_sendTransaction', [{ from: ALICE, to: BOB, value: '0x1' }]);
    await mineOneByOne(node, 5000);
    expect(await node.rpc.call('eth_blockNumber')).toBe('0x1389');
    const paid = await node.rpc.call<string>('eth_getBalance', [BOB, '0x1']);
    expect(BigInt(paid) - BigInt(await node.rpc.call<string>('eth_getBalance', [BOB, '0x0']))).toBe(1n);
    await node.close();
  }
  expect(sizeOf(data)).toBeLessThan(100_000_000);
  expect([readdirSync(home), readdirSync(temporary)]).toEqual([[], []]);
});
