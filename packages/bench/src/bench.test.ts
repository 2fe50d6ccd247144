import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { runCommandLine } from './commandLine.ts';
import { HttpConnection } from './httpConnection.ts';
import { anvilBinary, readCommandLine } from './options.ts';
import { markdownFrom, medianOf, summarise } from './report.ts';
import { runBench } from './runBench.ts';
import { openTarget, parseTarget } from './target.ts';
import { type Metric, quickSizes } from './workload.ts';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const servers: Server[] = [];
const METRICS = [
  'cold start to first answer',
  'memory after start',
  'sequential raw transfers with receipt',
  'raw transfer to receipt, median',
  '16-way raw transfers with receipt',
  'eth_call, sequential',
  'eth_call, 16-way',
  'eth_estimateGas, transfer',
  'eth_estimateGas, contract call',
  'test fixture loop',
  'pooled transfers, ingest',
  'pooled transfers, mine',
  'pooled transfers, end to end',
  'sequential ERC-20 transfers with receipt',
  'batch of raw transfers, to the last receipt',
  'swap maths, Solidity',
  '10,000 inner calls',
  'bn254 pairing, 2',
  'P-256 verify',
  'eth_estimateGas, deploy of 22 KB',
  'full block with transactions',
  'trace of every step, lean',
  'callTracer',
  'eth_getLogs, rare topic',
  'snapshot, 2 transactions, revert in a large state',
  'many empty blocks at once',
  'many empty blocks at once, to the hash of the last',
  'memory after all transfers',
  'empty block, 10 slots and accounts',
  'ERC-20 transfer, 300 slots and accounts',
  'empty block, 100 blocks',
];

/** A server that answers each JSON-RPC request with what `reply` makes of it. */
async function serve(reply: (method: string) => unknown, chunked = false): Promise<string> {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { id, method } = JSON.parse(body) as { id: number; method: string };
    const text = JSON.stringify({ jsonrpc: '2.0', id, result: reply(method) });
    if (chunked) {
      response.write(text.slice(0, 10));
      response.end(text.slice(10));
    } else {
      response.setHeader('content-length', Buffer.byteLength(text));
      response.end(text);
    }
  });
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

it('measures the peers that a folder has', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-peers-'));
  try {
    for (const file of ['ganache/dist/node/cli.js', 'hardhat/dist/src/cli.js', 'node/bin/node']) {
      const path = join(folder, 'node_modules', file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, '');
    }
    const { targets } = readCommandLine(['--peers-in', folder, '--target', 'a=http://127.0.0.1:1']);
    expect(targets.map(({ name }) => name)).toEqual(['hardhat', 'ganache', 'a']);
    expect(targets[0]).toMatchObject({ command: expect.stringContaining(join(folder, 'node_modules/node/bin/node')) });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe('HttpConnection', () => {
  it.each([false, true])('reads replies one after the other (chunked: %s)', async (chunked) => {
    const connection = await HttpConnection.open(await serve((method) => `${method} ✓`, chunked));
    expect(await connection.call('first')).toBe('first ✓');
    expect(await connection.call('second')).toBe('second ✓');
    connection.close();
  });

  it('fails the request that waits when the node goes away', async () => {
    const url = await serve(() => '0x1');
    const connection = await HttpConnection.open(url);
    await connection.call('eth_chainId');
    servers[0]?.closeAllConnections();
    await expect(connection.call('eth_chainId')).rejects.toThrow();
  });
});

describe('targets', () => {
  it.each([
    ['a=http://127.0.0.1:8545', { name: 'a', url: 'http://127.0.0.1:8545' }],
    ['a=cmd:node x.js --port {port}', { name: 'a', command: 'node x.js --port {port}' }],
  ])('reads %s', (text, target) => expect(parseTarget(text)).toEqual(target));

  it.each(['a', 'a=', 'a=ftp://x', 'a=cmd:node x.js'])('refuses %s', (text) => {
    expect(() => parseTarget(text)).toThrow(/expected|must contain/);
  });

  it('says what a command that ends printed', async () => {
    const target = { name: 'x', command: 'sh -c "echo no such flag; exit 3" {port}' };
    await expect(openTarget(target)).rejects.toThrow(/code 3[\s\S]*no such flag/);
  });

  it('needs something to measure, under names of its own', () => {
    expect(() => readCommandLine([])).toThrow('nothing to measure');
    const twice = ['--target', 'a=http://127.0.0.1:1', '--target', 'a=http://127.0.0.1:2'];
    expect(() => readCommandLine(twice)).toThrow('two targets');
    expect(() => readCommandLine(['--peers-in', root])).toThrow('neither hardhat nor ganache');
    expect(() => readCommandLine(['--rounds', '0', '--target', 'a=http://127.0.0.1:1'])).toThrow('--rounds');
  });
});

describe('report', () => {
  const rate: Metric = { name: 'rate', unit: '/s', better: 'higher' };
  const time: Metric = { name: 'time', unit: 'ms', better: 'lower' };

  it('takes the median', () => {
    expect([medianOf([5, 1, 3]), medianOf([4, 1, 3, 2]), medianOf([])]).toEqual([3, 2.5, undefined]);
  });

  it('has ratios above 1 where a target is better than the first, whichever way the metric points', () => {
    const rows = summarise(
      new Map([
        [
          'a',
          [
            { metric: rate, value: 100 },
            { metric: time, value: 8 },
          ],
        ],
        [
          'b',
          [
            { metric: rate, value: 300 },
            { metric: time, value: 4 },
          ],
        ],
      ]),
    );
    expect(rows.map(({ targets }) => targets[1]?.ratio)).toEqual([3, 2]);
    expect(markdownFrom(rows)).toContain('| rate | /s | 100 | 300 | 3.00× |');
  });
});

describe('runBench', () => {
  it('asks the targets in turn', async () => {
    const lines: string[] = [];
    const url = await serve(() => '0x1');
    const targets = [
      { name: 'a', url },
      { name: 'b', url },
    ];
    const progress = (line: string) => lines.push(line.replace(/:.*/, ''));
    await runBench({ targets, rounds: 2, sizes: quickSizes, only: ['start'], progress });
    expect(lines).toEqual(['round 1/2 a', 'round 1/2 b', 'round 2/2 a', 'round 2/2 b']);
  });

  it('runs every workload against a real node, from the command line', async () => {
    const args = ['--quick', '--target', `anvil=cmd:env HOME="{tmp}" "${anvilBinary(root)}" --port {port} --silent`];
    const printed: string[] = [];
    await runCommandLine(args, { print: (text) => printed.push(text), progress: () => {} });
    const table = printed.join('\n');
    expect(table).toContain('| metric | unit | anvil |');
    for (const name of METRICS) expect(table).toMatch(new RegExp(`\\| ${name}[^|]*\\| \\S+ \\| [\\d.,]+ \\|`));
    expect(table).toContain('node packages/bench/dist/main.js --quick --target');
  }, 60_000);

  it('has kernels that stay within the gas of a block at full size', async () => {
    const anvil = `anvil=cmd:env HOME="{tmp}" "${anvilBinary(root)}" --port {port} --silent`;
    const printed: string[] = [];
    const args = ['--rounds', '1', '--only', 'solidity,inner', '--target', anvil];
    await runCommandLine(args, { print: (text) => printed.push(text), progress: () => {} });
    expect(printed.join()).not.toContain('FAILED');
    expect(printed.join()).toMatch(/ray tracer, Solidity[\s\S]*300 creations/);
  }, 60_000);

  it('goes on after a workload that a node cannot do, and says so', async () => {
    const printed: string[] = [];
    const url = await serve((method) => (method === 'eth_accounts' ? [] : '0x1'));
    const args = ['--quick', '--only', 'start,calls', '--target', `a=${url}`];
    await runCommandLine(args, { print: (text) => printed.push(text), progress: () => {} });
    expect(printed.join()).toMatch(/FAILED a, calls, round 1: /);
  });

  it('refuses a workload that it does not have', async () => {
    const args = ['--only', 'speed', '--target', 'a=http://127.0.0.1:1'];
    await expect(runCommandLine(args, { print: () => {}, progress: () => {} })).rejects.toThrow('workload "speed"');
  });
});
