import type { Address, Chain, ExecutedBlock, TransactionLocation, TypedTransaction } from '@minichain/core';
import { type Data, hexFromBytes as hex, type RpcReceipt, type RpcTransaction } from '@minichain/protocol';
import { blockNumberOrTag } from '../../codecs/blockRef.ts';
import { address, count, hash, looseQuantity } from '../../codecs/scalars.ts';
import { method, required, type Serve } from '../../method.ts';
import { receiptView } from '../../views/receipt.ts';
import { transactionView } from '../../views/transaction.ts';

interface Found {
  readonly tx: TypedTransaction;
  readonly sender: Address | undefined;
  readonly place?: { readonly executed: ExecutedBlock; readonly index: number };
}

const inBlock = (executed: ExecutedBlock | undefined, index: number): Found | undefined => {
  const tx = executed?.block.transactions[index];
  if (executed === undefined || tx === undefined) return undefined;
  return { tx, sender: executed.senders[index], place: { executed, index } };
};

/** Mined first, then the pool. */
async function find(chain: Chain, of: Uint8Array): Promise<Found | undefined> {
  const place = await chain.chain.transaction(of);
  if (place !== undefined) return inBlock(place.block, place.index);
  const pooled = chain.pool.get(of);
  return pooled === undefined ? undefined : { tx: pooled.tx, sender: pooled.sender };
}

/** Mined or waiting. */
async function findBySender(chain: Chain, who: Address, nonce: bigint): Promise<Found | undefined> {
  const mined = chain.chain.addresses.bySenderNonce(who, nonce);
  if (mined !== undefined) return find(chain, mined);
  const waiting = [...chain.pool.ready, ...chain.pool.queued].find(
    ({ tx, sender }) => sender.equals(who) && tx.nonce === nonce,
  );
  return waiting === undefined ? undefined : { tx: waiting.tx, sender: waiting.sender };
}

const view = (found: Found | undefined): RpcTransaction | null => (found === undefined ? null : transactionView(found));
const raw = (found: Found | undefined): Data | null => (found === undefined ? null : hex(found.tx.serialize()));
const receipt = (found: TransactionLocation | undefined): RpcReceipt | null =>
  // A block that came with a dump need not have any.
  found?.block.receipts[found.index] === undefined ? null : receiptView(found.block, found.index);

const byHash = required('transactionHash', hash);
const place = [required('blockHash', hash), required('transactionIndex', count)] as const;
const numberPlace = [required('block', blockNumberOrTag), required('transactionIndex', count)] as const;

/** Transactions and receipts (execution-apis `transaction.yaml`). */
export const transaction = {
  eth_getTransactionByHash: method({ params: [byHash], run: (c, of) => find(c.chain, of), result: view }),
  eth_getTransactionByBlockHashAndIndex: method({
    params: [...place],
    run: async (c, of, index) => inBlock(await c.chain.chain.get({ hash: of }), index),
    result: view,
  }),
  eth_getTransactionByBlockNumberAndIndex: method({
    params: [...numberPlace],
    run: async (c, ref, index) => inBlock(await c.chain.chain.get(ref), index),
    result: view,
  }),
  eth_getTransactionBySenderAndNonce: method({
    params: [required('sender', address), required('nonce', looseQuantity)],
    run: (c, who, nonce) => findBySender(c.chain, who, nonce),
    result: view,
  }),
  eth_getRawTransactionByHash: method({ params: [byHash], run: (c, of) => find(c.chain, of), result: raw }),
  eth_getRawTransactionByBlockHashAndIndex: method({
    params: [...place],
    run: async (c, of, index) => inBlock(await c.chain.chain.get({ hash: of }), index),
    result: raw,
  }),
  eth_getRawTransactionByBlockNumberAndIndex: method({
    params: [...numberPlace],
    run: async (c, ref, index) => inBlock(await c.chain.chain.get(ref), index),
    result: raw,
  }),
  debug_getRawTransaction: method({ params: [byHash], run: (c, of) => find(c.chain, of), result: raw }),
  eth_getTransactionReceipt: method({
    params: [byHash],
    run: (c, of) => c.chain.chain.transaction(of),
    result: receipt,
  }),
} satisfies Partial<Serve>;
