import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runSoak } from '@minichain/bench';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { repositoryRoot } from '../support/fixtures.ts';
import { type RunningNode, startMinichain } from '../support/nodeProcess.ts';

const BUNDLE = join(repositoryRoot, 'packages/cli/dist/minichain.js');
const TO = '0x00000000000000000000000000000000000000aa';

let folder: string;
let data: string;
const running = new Set<RunningNode>();
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'minichain-restart-'));
  data = join(folder, 'data');
});
afterEach(async () => {
  for (const node of running) await node.close();
  running.clear();
  rmSync(folder, { recursive: true, force: true });
});

async function start(...flags: string[]): Promise<RunningNode> {
  const node = await startMinichain(['--datadir', data, ...flags]);
  running.add(node);
  return node;
}

/** The end that nobody can prepare for. */
async function kill(node: RunningNode): Promise<void> {
  process.kill(node.pid, 'SIGKILL');
  await node.close();
  running.delete(node);
}

async function stop(node: RunningNode): Promise<void> {
  await node.close();
  running.delete(node);
}

const send = async (node: RunningNode, fields: object = {}): Promise<string> => {
  const [from] = await node.rpc.call<string[]>('eth_accounts');
  return node.rpc.call('eth_sendTransaction', [{ from, to: TO, value: '0x1', ...fields }]);
};

/** A start that must not succeed. */
async function refusal(...flags: string[]): Promise<{ code: number | null; stderr: string }> {
  const child = spawn(process.execPath, [BUNDLE, 'node', '--port', '0', '--datadir', data, ...flags], {
    env: { ...process.env, NO_COLOR: '1' },
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString('utf8');
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stderr };
}

/** Everything that can be asked about a chain that stands still. */
async function answers(node: RunningNode): Promise<unknown> {
  const { rpc } = node;
  const head = Number(await rpc.call<string>('eth_blockNumber'));
  const blocks = [];
  for (let number = 0; number <= head; number++) {
    const at = `0x${number.toString(16)}`;
    blocks.push({
      block: await rpc.call('eth_getBlockByNumber', [at, true]),
      receipts: await rpc.call('eth_getBlockReceipts', [at]),
      balance: await rpc.call('eth_getBalance', [TO, at]),
      proof: await rpc.call('eth_getProof', [TO, ['0x0'], at]),
      traces: number === 0 ? [] : await rpc.call('debug_traceBlockByNumber', [at, { tracer: 'callTracer' }]),
    });
  }
  const info = await rpc.call<{ environment: object; hardFork: string }>('anvil_nodeInfo');
  const { instanceId } = await rpc.call<{ instanceId: string }>('hardhat_metadata');
  return {
    blocks,
    logs: await rpc.call('eth_getLogs', [{ fromBlock: 'earliest', toBlock: 'latest' }]),
    pool: await rpc.call('txpool_content'),
    accounts: await rpc.call('eth_accounts'),
    automine: await rpc.call('anvil_getAutomine'),
    checkpoints: await rpc.call('minichain_listCheckpoints'),
    pendingFee: (await rpc.call<{ baseFeePerGas: string }>('eth_getBlockByNumber', ['pending', false])).baseFeePerGas,
    hardFork: info.hardFork,
    instanceId,
  };
}

describe('a node that is killed', () => {
  it.each(['always', 'block', 'off'])('has all that it answered, with --fsync %s', async (fsync) => {
    const first = await start('--fsync', fsync);
    const hashes: string[] = [];
    for (let i = 0; i < 5; i++) hashes.push(await send(first));
    await first.rpc.call('anvil_setBalance', ['0x00000000000000000000000000000000000000bb', '0x77']);
    await first.rpc.call('evm_setAutomine', [false]);
    const waiting = await send(first);
    await kill(first);
    const second = await start('--fsync', fsync);
    for (const hash of hashes)
      expect(await second.rpc.call('eth_getTransactionReceipt', [hash])).toMatchObject({ status: '0x1' });
    expect(await second.rpc.call('eth_getBalance', ['0x00000000000000000000000000000000000000bb'])).toBe('0x77');
    expect(await second.rpc.call('eth_getTransactionByHash', [waiting])).toMatchObject({
      hash: waiting,
      blockHash: null,
    });
    expect(await second.rpc.call('eth_getBalance', [TO])).toBe('0x5');
  });

  it('answers everything as before', async () => {
    const first = await start();
    const { rpc } = first;
    await send(first);
    await rpc.call('anvil_setCode', ['0x00000000000000000000000000000000000000cc', '0x60015f5fa1']);
    await send(first, { to: '0x00000000000000000000000000000000000000cc' });
    await rpc.call('minichain_saveCheckpoint', ['here']);
    const snapshot = await rpc.call('evm_snapshot');
    await send(first);
    await rpc.call('anvil_impersonateAccount', [TO]);
    await rpc.call('evm_increaseTime', [1000]);
    await rpc.call('evm_setAutomine', [false]);
    await send(first);
    await send(first, { nonce: '0x20' });
    await rpc.call('anvil_setNextBlockBaseFeePerGas', ['0x77777777']);
    const filter = await rpc.call('eth_newBlockFilter');
    const before = await answers(first);
    await kill(first);
    const second = await start();
    expect(await answers(second)).toEqual(before);
    await second.rpc.call('evm_mine');
    expect(await second.rpc.call('eth_getFilterChanges', [filter])).toHaveLength(1);
    expect(await second.rpc.call('evm_revert', [snapshot])).toBe(true);
    expect(await second.rpc.call('eth_blockNumber')).toBe('0x2');
    await kill(second);
    const third = await start();
    expect(await third.rpc.call('eth_blockNumber')).toBe('0x2');
    expect(await third.rpc.call('minichain_restoreCheckpoint', ['here'])).toBe(true);
  });

  it('loses nothing under load, whenever that happens', async () => {
    const result = await runSoak({
      command: [process.execPath, BUNDLE, 'node', '--port', '0', '--quiet', '--datadir', data],
      readyFile: join(folder, 'ready.json'),
      seconds: 15,
      seed: 1,
      longestLifeMs: 1000,
    });
    expect(result.kills).toBeGreaterThan(1);
    expect(result.acknowledged).toBeGreaterThan(50);
  });
});

describe('a node that is told to end', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('ends in order by %s, with all that was under way', async (signal) => {
    const first = await start('--block-time', '0.2');
    const sent = Array.from({ length: 20 }, () => send(first).catch(() => undefined));
    const known = await send(first);
    process.kill(first.pid, signal);
    const hashes = (await Promise.all(sent)).filter((hash) => hash !== undefined);
    await stop(first);
    const second = await start('--no-mining');
    for (const hash of [known, ...hashes])
      expect(await second.rpc.call('eth_getTransactionByHash', [hash])).not.toBeNull();
    expect(readdirSync(data)).toContain('minichain.json');
  });
});

describe('a directory that is in use', () => {
  it('is refused to a second node, which is told who has it; the first goes on', async () => {
    const first = await start();
    const { code, stderr } = await refusal();
    expect(code).toBe(1);
    expect(stderr).toMatch(new RegExp(`in use by process ${first.pid} \\(minichain node on ${first.url}`));
    await send(first);
  });
});

describe('a directory that is not one of ours', () => {
  const untouched = async (make: () => void, message: RegExp): Promise<void> => {
    make();
    const names = readdirSync(data, { recursive: true });
    const { code, stderr } = await refusal();
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(readdirSync(data, { recursive: true })).toEqual(names);
  };

  it('is refused untouched when other things are in it', () =>
    untouched(() => {
      mkdirSync(data);
      writeFileSync(join(data, 'thesis.txt'), 'two years of work');
    }, /is not a minichain data directory/));

  it('is refused untouched when a newer minichain made it', async () => {
    await stop(await start());
    const file = join(data, 'minichain.json');
    await untouched(() => {
      writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), schema: 99 }));
    }, /newer minichain \(schema 99/);
  });

  it('is refused when it is a file', async () => {
    writeFileSync(data, 'no folder');
    expect(await refusal()).toMatchObject({ code: 1, stderr: expect.stringMatching(/it is a file, not a folder/) });
  });

  it('is refused when it holds another chain than the flags say', async () => {
    await stop(await start('--chain-id', '7'));
    expect(await refusal('--chain-id', '8')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/chainId is 7, not 8/),
    });
    const again = await start();
    expect(await again.rpc.call('eth_chainId')).toBe('0x7');
  });
});

describe('a damaged directory', () => {
  it('is refused, or opened at an earlier head that is whole, whichever file was cut short', async () => {
    const first = await start();
    for (let i = 0; i < 30; i++) await send(first);
    const hashes = new Map<string, unknown>();
    for (let i = 0; i <= 30; i++) {
      const at = `0x${i.toString(16)}`;
      hashes.set(at, (await first.rpc.call<{ hash: string }>('eth_getBlockByNumber', [at, false])).hash);
    }
    await kill(first);
    const whole = join(folder, 'whole');
    cpSync(data, whole, { recursive: true });
    const files = readdirSync(join(data, 'db')).filter((name) => !/^(LOCK|LOG.*)$/.test(name));
    for (const name of files) {
      for (const part of [0, 0.5]) {
        rmSync(data, { recursive: true });
        cpSync(whole, data, { recursive: true });
        const file = join(data, 'db', name);
        truncateSync(file, Math.floor(readFileSync(file).length * part));
        const node = await start().catch((error: Error) => error);
        if (node instanceof Error) {
          expect(node.message, name).toMatch(/is damaged|cannot open the data directory/);
          expect(node.message, name).not.toMatch(/^\s+at .*minichain\.js/m);
          continue;
        }
        const head = await node.rpc.call<string>('eth_blockNumber');
        const { hash } = await node.rpc.call<{ hash: string }>('eth_getBlockByNumber', [head, true]);
        expect(hash, `${name} cut to ${part}`).toBe(hashes.get(head) ?? hash);
        expect(await node.rpc.call('eth_getBalance', [TO]), name).toBe(head);
        await send(node);
        await stop(node);
      }
    }
  });
});

describe('a node in memory', () => {
  it('leaves nothing on disk, however it ends', async () => {
    const place = join(folder, 'place');
    for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
      mkdirSync(place);
      const child = spawn(process.execPath, [BUNDLE, 'node', '--port', '0'], {
        cwd: place,
        env: { ...process.env, HOME: place, TMPDIR: place, XDG_CACHE_HOME: place, NO_COLOR: '1' },
      });
      const [, url] = await new Promise<RegExpExecArray>((resolve) => {
        let text = '';
        child.stdout.on('data', (chunk: Buffer) => {
          text += chunk.toString('utf8');
          const found = /Listening on (\S+)/.exec(text);
          if (found !== null) resolve(found);
        });
      });
      await fetch(`http://${url}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'evm_mine', params: [] }),
      });
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
      expect(readdirSync(place), signal).toEqual([]);
      rmSync(place, { recursive: true });
    }
  });
});
