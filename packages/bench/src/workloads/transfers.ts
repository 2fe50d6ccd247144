import type { Connection } from '../connection.ts';
import { nonceOf, receiptOf, sendRaw } from '../receipts.ts';
import { medianOf } from '../report.ts';
import { richAccount, senders, signTransfers } from '../signTransfers.ts';
import type { Metric, Session, Workload } from '../workload.ts';

const SEQUENTIAL: Metric = { name: 'sequential raw transfers with receipt', unit: '/s', better: 'higher' };
const LATENCY: Metric = { name: 'raw transfer to receipt, median', unit: 'ms', better: 'lower' };
const PARALLEL: Metric = { name: '16-way raw transfers with receipt', unit: '/s', better: 'higher' };

export const sequentialTransfers: Workload = {
  name: 'sequential',
  async run({ connection, chainId, sizes }) {
    const firstNonce = await nonceOf(connection, richAccount.address);
    const transfers = await signTransfers({ chainId, from: richAccount, firstNonce, count: sizes.sequential });
    const times: number[] = [];
    const began = performance.now();
    for (const raw of transfers) {
      const sent = performance.now();
      await receiptOf(connection, await sendRaw(connection, raw));
      times.push(performance.now() - sent);
    }
    const seconds = (performance.now() - began) / 1000;
    return [
      { metric: SEQUENTIAL, value: transfers.length / seconds },
      { metric: LATENCY, value: medianOf(times) as number },
    ];
  },
};

/** Signs `perSender` transfers for each of the sixteen senders, from the nonce each has now. */
export async function signForAll({ connection, chainId }: Session, perSender: number): Promise<`0x${string}`[][]> {
  const plans: `0x${string}`[][] = [];
  for (const from of senders) {
    const firstNonce = await nonceOf(connection, from.address);
    plans.push(await signTransfers({ chainId, from, firstNonce, count: perSender }));
  }
  return plans;
}

/** Gives every sender of ours ether, once per node. */
export async function fundSenders({ connection, chainId }: Session): Promise<void> {
  for (const { address } of senders) {
    if (BigInt(await connection.call<string>('eth_getBalance', [address, 'latest'])) > 10n ** 18n) continue;
    const firstNonce = await nonceOf(connection, richAccount.address);
    const plan = { chainId, from: richAccount, to: address, value: 100n * 10n ** 18n, firstNonce, count: 1 };
    const [raw] = await signTransfers(plan);
    await receiptOf(connection, await sendRaw(connection, raw as string));
  }
}

/** Each connection works through the list of its own sender. */
export async function onEachConnection<T>(
  parallel: readonly Connection[],
  lists: readonly (readonly T[])[],
  work: (connection: Connection, item: T) => Promise<unknown>,
): Promise<void> {
  await Promise.all(
    lists.map(async (list, index) => {
      const connection = parallel[index % parallel.length] as Connection;
      for (const item of list) await work(connection, item);
    }),
  );
}

export const parallelTransfers: Workload = {
  name: 'parallel',
  async run(session) {
    await fundSenders(session);
    const lists = await signForAll(session, session.sizes.perSender);
    const began = performance.now();
    await onEachConnection(session.parallel, lists, async (connection, raw) =>
      receiptOf(connection, await sendRaw(connection, raw)),
    );
    const seconds = (performance.now() - began) / 1000;
    return [{ metric: PARALLEL, value: lists.flat().length / seconds }];
  },
};
