import { setAutomine } from '../dialect.ts';
import { nonceOf, receiptOf } from '../receipts.ts';
import { medianOf } from '../report.ts';
import { richAccount, signTransfers } from '../signTransfers.ts';
import type { Metric, Session, Workload } from '../workload.ts';
import { openToken, shoutOf } from './token.ts';

const ALL: Metric = { name: 'eth_getLogs, all', unit: 'ms', better: 'lower' };
const RARE: Metric = { name: 'eth_getLogs, rare topic', unit: 'ms', better: 'lower' };
const FULL: Metric = { name: 'full block with transactions', unit: 'ms', better: 'lower' };
const RECEIPTS: Metric = { name: 'receipts of a full block', unit: 'ms', better: 'lower' };

const LOGS_A_BLOCK = 5;
const MARK_EVERY = 100;
const MARKED = `0x${'77'.repeat(20)}`;
const OTHER = `0x${'66'.repeat(20)}`;

async function medianMs(count: number, run: () => Promise<unknown>): Promise<number> {
  await run();
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const began = performance.now();
    await run();
    times.push(performance.now() - began);
  }
  return medianOf(times) as number;
}

function expectCount(list: readonly unknown[], count: number): void {
  if (list.length !== count) throw new Error(`expected ${count} of them, got ${list.length}`);
}

/** Logs of many blocks: all of them, and the few that have a topic. */
export const logQueries: Workload = {
  name: 'logs',
  isolated: true,
  once: true,
  limitMs: 180_000,
  async run(session) {
    const { connection, sizes } = session;
    const address = await openToken(session);
    const blocks = sizes.logs / LOGS_A_BLOCK;
    for (let i = 0; i < blocks; i++) {
      const data = shoutOf(LOGS_A_BLOCK, i % MARK_EVERY === 0 ? MARKED : OTHER);
      const call = { from: richAccount.address, to: address, data, gas: '0x30d40' };
      await receiptOf(connection, await connection.call<string>('eth_sendTransaction', [call]));
    }
    const range = { fromBlock: '0x0', toBlock: 'latest', address };
    const topics = [null, null, `0x${MARKED.slice(2).padStart(64, '0')}`];
    const logs = (filter: object) => connection.call<unknown[]>('eth_getLogs', [filter]);
    return [
      {
        metric: ALL,
        value: await medianMs(sizes.kernelCalls, async () => expectCount(await logs(range), sizes.logs)),
      },
      {
        metric: RARE,
        value: await medianMs(sizes.kernelCalls, async () =>
          expectCount(await logs({ ...range, topics }), Math.ceil(blocks / MARK_EVERY)),
        ),
      },
    ];
  },
};

/** A block full of transfers: with its transactions, and their receipts. */
export const fullBlocks: Workload = {
  name: 'block',
  async run({ connection, chainId, sizes }: Session) {
    const firstNonce = await nonceOf(connection, richAccount.address);
    const count = sizes.blockTransactions;
    const raws = await signTransfers({ chainId, from: richAccount, firstNonce, count });
    await setAutomine(connection, false);
    try {
      for (const raw of raws) await connection.call('eth_sendRawTransaction', [raw]);
      await connection.call('evm_mine');
    } finally {
      await setAutomine(connection, true);
    }
    const { number, transactions } = await connection.call<{ number: string; transactions: unknown[] }>(
      'eth_getBlockByNumber',
      ['latest', true],
    );
    expectCount(transactions, count);
    const read = (method: string, params: unknown[]) =>
      medianMs(sizes.kernelCalls, () => connection.call(method, params));
    return [
      { metric: FULL, value: await read('eth_getBlockByNumber', [number, true]) },
      { metric: RECEIPTS, value: await read('eth_getBlockReceipts', [number]) },
    ];
  },
};
