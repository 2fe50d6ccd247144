import { setTimeout as delay } from 'node:timers/promises';
import type { Connection } from '../connection.ts';
import { receiptOf } from '../receipts.ts';
import { medianOf } from '../report.ts';
import type { Metric, Workload } from '../workload.ts';
import { openToken, transferOf } from './token.ts';

const SEQUENTIAL: Metric = { name: 'eth_call, sequential', unit: '/s', better: 'higher' };
const PARALLEL: Metric = { name: 'eth_call, 16-way', unit: '/s', better: 'higher' };
const ESTIMATE_TRANSFER: Metric = { name: 'eth_estimateGas, transfer', unit: '/s', better: 'higher' };
const ESTIMATE_CALL: Metric = { name: 'eth_estimateGas, contract call', unit: '/s', better: 'higher' };
const ESTIMATE_TOKEN: Metric = { name: 'eth_estimateGas, ERC-20 transfer', unit: '/s', better: 'higher' };
const ESTIMATE_DEPLOY: Metric = { name: 'eth_estimateGas, deploy of 22 KB', unit: '/s', better: 'higher' };
const LOOP: Metric = { name: 'test fixture loop', unit: 'ms', better: 'lower' };

/** `balanceOf` as tokens have it: hash an address and a slot number, read that slot, return the word. */
const BALANCE_OF = '600435600052600060205260406000205460005260206000f3';
/** A counter: with input it stores the first word in slot 0, without it returns slot 0. */
const CELL = '36600f5760005460005260206000f35b60003560005500';

/** Init code that returns the runtime code behind it. */
const initCode = (runtime: string): string => `0x60${(runtime.length / 2).toString(16)}80600b6000396000f3${runtime}`;

/** Init code that returns 22 KB of it. */
const LARGE = `0x61580080600a5f395ff3${'5b'.repeat(0x5800)}`;

async function deploy(connection: Connection, from: string, runtime: string): Promise<string> {
  const transaction = { from, data: initCode(runtime), gas: '0x186a0' };
  const hash = await connection.call<string>('eth_sendTransaction', [transaction]);
  return (await receiptOf(connection, hash)).contractAddress as string;
}

/** Calls per second, one after the other, after a tenth as many to warm up. */
async function rateOf(count: number, call: () => Promise<unknown>): Promise<number> {
  for (let i = 0; i < count / 10; i += 1) await call();
  const began = performance.now();
  for (let i = 0; i < count; i += 1) await call();
  return (count * 1000) / (performance.now() - began);
}

export const calls: Workload = {
  name: 'calls',
  async run({ connection, parallel, sizes }) {
    const [from] = await connection.call<string[]>('eth_accounts');
    const to = await deploy(connection, from as string, BALANCE_OF);
    const request = [{ to, data: `0x70a08231${(from as string).slice(2).padStart(64, '0')}` }, 'latest'];
    const call = (one: Connection) => one.call('eth_call', request);
    const sequential = await rateOf(sizes.calls, () => call(connection));
    const began = performance.now();
    await Promise.all(
      parallel.map(async (one) => {
        for (let i = 0; i < sizes.calls / parallel.length; i += 1) await call(one);
      }),
    );
    const ended = performance.now();
    const inParallel = Math.ceil(sizes.calls / parallel.length) * parallel.length;
    return [
      { metric: SEQUENTIAL, value: sequential },
      { metric: PARALLEL, value: (inParallel * 1000) / (ended - began) },
    ];
  },
};

export const estimates: Workload = {
  name: 'estimates',
  async run(session) {
    const { connection, sizes } = session;
    const [from, to] = await connection.call<string[]>('eth_accounts');
    const cell = await deploy(connection, from as string, CELL);
    const count = sizes.calls / 4;
    const token = [{ from, to: await openToken(session), data: transferOf(to as string, 1) }];
    const deployment = [{ from, data: LARGE }];
    const transfer = [{ from, to, value: '0x1' }];
    const write = [{ from, to: cell, data: `0x${'1'.padStart(64, '0')}` }];
    return [
      { metric: ESTIMATE_TRANSFER, value: await rateOf(count, () => connection.call('eth_estimateGas', transfer)) },
      { metric: ESTIMATE_CALL, value: await rateOf(count, () => connection.call('eth_estimateGas', write)) },
      { metric: ESTIMATE_TOKEN, value: await rateOf(count, () => connection.call('eth_estimateGas', token)) },
      {
        metric: ESTIMATE_DEPLOY,
        value: await rateOf(count / 10, () => connection.call('eth_estimateGas', deployment)),
      },
    ];
  },
};

/** Anvil loses a transaction that arrives while it still tidies up after a revert; not part of any figure. */
const AFTER_REVERT_MS = 3;

/** What a test with a fixture does: snapshot, deploy, five writes with their receipts, five reads, revert. In ms. */
async function fixture(connection: Connection, from: string): Promise<number> {
  const began = performance.now();
  const snapshot = await connection.call<string>('evm_snapshot');
  const to = await deploy(connection, from, CELL);
  for (let value = 1; value <= 5; value += 1) {
    const data = `0x${value.toString(16).padStart(64, '0')}`;
    const hash = await connection.call<string>('eth_sendTransaction', [{ from, to, data, gas: '0xea60' }]);
    await receiptOf(connection, hash);
    await connection.call('eth_call', [{ to }, 'latest']);
  }
  await connection.call('evm_revert', [snapshot]);
  const took = performance.now() - began;
  await delay(AFTER_REVERT_MS);
  return took;
}

export const fixtureLoop: Workload = {
  name: 'fixture',
  async run({ connection, sizes }) {
    const [from] = await connection.call<string[]>('eth_accounts');
    await fixture(connection, from as string);
    const times: number[] = [];
    for (let i = 0; i < sizes.loops; i += 1) times.push(await fixture(connection, from as string));
    return [{ metric: LOOP, value: medianOf(times) as number }];
  },
};
