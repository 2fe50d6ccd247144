import { setTimeout as delay } from 'node:timers/promises';
import { receiptOf } from '../receipts.ts';
import { medianOf } from '../report.ts';
import type { Metric, Session, Workload } from '../workload.ts';
import { fillState, prepareFiller } from './filler.ts';

const PAIR: Metric = { name: 'snapshot, 2 transactions, revert in a large state', unit: 'ms', better: 'lower' };
const AFTER_REVERT_MS = 3;

async function pair({ connection }: Session, from: string, to: string): Promise<number> {
  const began = performance.now();
  const id = await connection.call<string>('evm_snapshot');
  for (let i = 0; i < 2; i++) {
    await receiptOf(connection, await connection.call<string>('eth_sendTransaction', [{ from, to, value: '0x1' }]));
  }
  await connection.call('evm_revert', [id]);
  const took = performance.now() - began;
  await delay(AFTER_REVERT_MS);
  return took;
}

/** What undoing costs when there are many accounts and slots. */
export const snapshots: Workload = {
  name: 'snapshots',
  isolated: true,
  once: true,
  limitMs: 300_000,
  async run(session) {
    const { connection, sizes } = session;
    const [from, to] = await connection.call<[string, string]>('eth_accounts');
    await prepareFiller(connection);
    await fillState(session, from, 0, sizes.stateSize);
    await pair(session, from, to);
    const times: number[] = [];
    for (let i = 0; i < sizes.loops; i++) times.push(await pair(session, from, to));
    return [{ metric: PAIR, value: medianOf(times) as number }];
  },
};
