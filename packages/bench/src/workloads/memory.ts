import { sendRaw } from '../receipts.ts';
import { senders } from '../signTransfers.ts';
import type { Metric, Workload } from '../workload.ts';
import { fundSenders, onEachConnection, signForAll } from './transfers.ts';

const GROWTH: Metric = { name: 'memory growth per 1,000 transfers', unit: 'MiB', better: 'lower' };
const AFTER: Metric = { name: 'memory after all transfers', unit: 'MiB', better: 'lower' };
const RATE: Metric = { name: '16-way raw transfers without receipt', unit: '/s', better: 'higher' };

/** Memory of the process after so many transfers, each in a block of its own where the node mines at once. */
export const memoryGrowth: Workload = {
  name: 'memory',
  isolated: true,
  once: true,
  async run(session) {
    const { target, parallel, sizes } = session;
    await fundSenders(session);
    const lists = await signForAll(session, Math.ceil(sizes.memory / senders.length));
    const count = lists.flat().length;
    const before = target.residentMb();
    const began = performance.now();
    await onEachConnection(parallel, lists, sendRaw);
    const seconds = (performance.now() - began) / 1000;
    const after = target.residentMb();
    const rate = { metric: RATE, value: count / seconds };
    if (before === undefined || after === undefined) return [rate];
    const growth = Math.max(0, after - before) / (count / 1000);
    return [{ metric: AFTER, value: after }, { metric: GROWTH, value: growth }, rate];
  },
};
