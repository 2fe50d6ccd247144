import type { PooledTransaction } from '@minichain/core';
import { quantityFromBigInt as quantity, type RpcBySender } from '@minichain/protocol';
import { address, hash } from '../codecs/scalars.ts';
import { method, required, type Serve } from '../method.ts';
import { transactionView } from '../views/transaction.ts';

type Pooled = readonly PooledTransaction[];

function bySender<T>(pooled: Pooled, write: (one: PooledTransaction) => T): RpcBySender<T> {
  const out: Record<string, Record<string, T>> = {};
  for (const one of pooled) {
    const sender = one.sender.toString();
    const theirs = out[sender] ?? {};
    theirs[one.tx.nonce.toString()] = write(one);
    out[sender] = theirs;
  }
  return out;
}

function summary({ tx }: PooledTransaction): string {
  const price = 'maxFeePerGas' in tx ? tx.maxFeePerGas : tx.gasPrice;
  return `${tx.to?.toString() ?? 'contract creation'}: ${tx.value} wei + ${tx.gasLimit} gas × ${price} wei`;
}

/** The pool as geth shows it: `pending` can be mined now, `queued` waits for a nonce. */
export const txpool = {
  txpool_status: method({
    params: [],
    run: ({ chain }) => ({ pending: chain.pool.ready.length, queued: chain.pool.queued.length }),
    result: ({ pending, queued }) => ({ pending: quantity(pending), queued: quantity(queued) }),
  }),
  txpool_content: method({
    params: [],
    run: ({ chain }) => chain.pool,
    result: ({ ready, queued }) => ({
      pending: bySender(ready, transactionView),
      queued: bySender(queued, transactionView),
    }),
  }),
  txpool_contentFrom: method({
    params: [required('address', address)],
    run: ({ chain }, who) => {
      const of = (pooled: Pooled) => pooled.filter(({ sender }) => sender.equals(who));
      return { ready: of(chain.pool.ready), queued: of(chain.pool.queued) };
    },
    result: ({ ready, queued }) => ({
      pending: Object.values(bySender(ready, transactionView))[0] ?? {},
      queued: Object.values(bySender(queued, transactionView))[0] ?? {},
    }),
  }),
  /** Null for one that waits, was mined, or was never heard of. */
  minichain_getDropReason: method({
    params: [required('transactionHash', hash)],
    // One that left the chain may have come back with it.
    run: async ({ chain }, of) =>
      (await chain.chain.transaction(of)) === undefined ? chain.pool.dropReason(of) : undefined,
    result: (drop) => (drop === undefined ? null : { reason: drop.reason, detail: drop.detail }),
  }),
  txpool_inspect: method({
    params: [],
    run: ({ chain }) => chain.pool,
    result: ({ ready, queued }) => ({ pending: bySender(ready, summary), queued: bySender(queued, summary) }),
  }),
} satisfies Partial<Serve>;
