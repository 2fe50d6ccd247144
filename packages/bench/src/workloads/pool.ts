import type { Connection } from '../connection.ts';
import { setAutomine } from '../dialect.ts';
import { BenchError } from '../errors.ts';
import { sendRaw } from '../receipts.ts';
import { senders } from '../signTransfers.ts';
import type { Metric, Workload } from '../workload.ts';
import { fundSenders, onEachConnection, signForAll } from './transfers.ts';

const INGEST: Metric = { name: 'pooled transfers, ingest', unit: '/s', better: 'higher' };
const MINE: Metric = { name: 'pooled transfers, mine', unit: '/s', better: 'higher' };
const WHOLE: Metric = { name: 'pooled transfers, end to end', unit: '/s', better: 'higher' };

/** Mines until so many transactions are in blocks. */
async function mineAll(connection: Connection, count: number): Promise<void> {
  let mined = 0;
  while (mined < count) {
    await connection.call('evm_mine');
    const inBlock = Number(await connection.call<string>('eth_getBlockTransactionCountByNumber', ['latest']));
    if (inBlock === 0) throw new BenchError(`${count - mined} pooled transactions are never mined`);
    mined += inBlock;
  }
}

export const pooledTransfers: Workload = {
  name: 'pool',
  async run(session) {
    const { connection, parallel, sizes } = session;
    await fundSenders(session);
    const lists = await signForAll(session, Math.ceil(sizes.pooled / senders.length));
    const count = lists.flat().length;
    await setAutomine(connection, false);
    try {
      const began = performance.now();
      await onEachConnection(parallel, lists, sendRaw);
      const ingested = performance.now();
      await mineAll(connection, count);
      const mined = performance.now();
      return [
        { metric: INGEST, value: (count * 1000) / (ingested - began) },
        { metric: MINE, value: (count * 1000) / (mined - ingested) },
        { metric: WHOLE, value: (count * 1000) / (mined - began) },
      ];
    } finally {
      await setAutomine(connection, true);
    }
  },
};
