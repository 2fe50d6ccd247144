import { nonceOf, receiptOf } from '../receipts.ts';
import { richAccount, signTransfers } from '../signTransfers.ts';
import type { Metric, Workload } from '../workload.ts';

const SENT: Metric = { name: 'batch of raw transfers, to the last receipt', unit: '/s', better: 'higher' };

/** As many raw transfers as one batch holds, until the last has its receipt. */
export const batchedTransfers: Workload = {
  name: 'batch',
  async run({ connection, chainId, sizes }) {
    const firstNonce = await nonceOf(connection, richAccount.address);
    const raws = await signTransfers({ chainId, from: richAccount, firstNonce, count: sizes.batch });
    const requests = raws.map((raw, id) => ({ jsonrpc: '2.0', id, method: 'eth_sendRawTransaction', params: [raw] }));
    const body = JSON.stringify(requests);
    const began = performance.now();
    const replies = JSON.parse(await connection.post(body)) as { id: number; result?: string; error?: unknown }[];
    const refused = replies.find(({ error }) => error !== undefined);
    if (refused !== undefined) throw new Error(`a transfer of the batch was refused: ${JSON.stringify(refused.error)}`);
    await receiptOf(connection, replies.find(({ id }) => id === raws.length - 1)?.result as string);
    return [{ metric: SENT, value: (raws.length * 1000) / (performance.now() - began) }];
  },
};
