import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { repositoryRoot } from '../support/fixtures.ts';
import { type RunningNode, startMinichain } from '../support/nodeProcess.ts';

interface Header {
  readonly number: string;
  readonly hash: string;
  readonly parentHash: string;
  readonly stateRoot: string;
  readonly timestamp: string;
}

const MINICHAIN = join(repositoryRoot, 'bin/minichain.js');
const BLOCKS = 60_000;
const INTERVAL = 12;
const OWNER = '0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266';

let path: string;
const nodes: RunningNode[] = [];
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'minichain-ahead-'));
});
afterEach(async () => {
  for (const node of nodes.splice(0)) await node.close();
  rmSync(path, { recursive: true, force: true });
});

async function start(...flags: string[]): Promise<RunningNode> {
  const node = await startMinichain(['--timestamp', '1800000000', ...flags]);
  nodes.push(node);
  return node;
}

const call = <T>(node: RunningNode, method: string, ...params: unknown[]): Promise<T> =>
  node.rpc.call<T>(method, params);
const block = (node: RunningNode, number: number): Promise<Header> =>
  call(node, 'eth_getBlockByNumber', `0x${number.toString(16)}`, false);

it.each(['always', 'block', 'off'])(
  'has mined what it answered, though it was killed before that was worked out (fsync %s)',
  async (fsync) => {
    const flags = ['--datadir', join(path, 'data'), '--fsync', fsync];
    const first = await start(...flags);
    await call(first, 'evm_setNextBlockTimestamp', 1_900_000_000);
    await call(first, 'hardhat_mine', `0x${BLOCKS.toString(16)}`, `0x${INTERVAL.toString(16)}`);
    await call(first, 'hardhat_mine', '0x40', '0x7');
    const tip = BLOCKS + 64;
    expect(Number(await call(first, 'eth_blockNumber'))).toBe(tip);
    const balance = await call(first, 'eth_getBalance', OWNER, 'latest');
    process.kill(first.pid as number, 'SIGKILL');
    await first.close();

    const { stdout } = spawnSync(
      process.execPath,
      [MINICHAIN, 'db', 'stat', '--quick', '--datadir', join(path, 'data')],
      {
        encoding: 'utf8',
      },
    );
    expect(stdout).toMatch(/^mined ahead +60063 blocks, worked out at the next start$/m);

    const node = await start(...flags);
    expect(Number(await call(node, 'eth_blockNumber'))).toBe(tip);
    expect(await call(node, 'eth_getBalance', OWNER, 'latest')).toBe(balance);
    const last = await block(node, tip);
    const before = await block(node, tip - 1);
    expect(last.parentHash).toBe(before.hash);
    for (const number of [1, 2, 9_999, 30_000, BLOCKS]) {
      const one = await block(node, number);
      expect(Number(one.timestamp)).toBe(1_900_000_000 + (number - 1) * INTERVAL);
      expect(one.parentHash).toBe((await block(node, number - 1)).hash);
      expect(await call(node, 'eth_getBlockByHash', one.hash, false)).toEqual(one);
    }
    // Another that was never ended has the same blocks.
    const other = await start();
    await call(other, 'evm_setNextBlockTimestamp', 1_900_000_000);
    await call(other, 'hardhat_mine', `0x${BLOCKS.toString(16)}`, `0x${INTERVAL.toString(16)}`);
    expect(await block(other, BLOCKS)).toEqual(await block(node, BLOCKS));
    await call(node, 'evm_mine');
    expect(Number((await call<Header>(node, 'eth_getBlockByNumber', 'latest', false)).number)).toBe(tip + 1);
  },
);
