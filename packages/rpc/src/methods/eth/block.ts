import type { ExecutedBlock } from '@minichain/core';
import { quantityFromBigInt as quantity, type RpcBlock } from '@minichain/protocol';
import { blockNumberOrTag, blockRef } from '../../codecs/blockRef.ts';
import { boolean, hash, quantity as quantityCodec } from '../../codecs/scalars.ts';
import { method, optional, type Param, required, type Serve } from '../../method.ts';
import { blockView, headerView } from '../../views/block.ts';
import { receiptView } from '../../views/receipt.ts';

interface Found {
  readonly block: ExecutedBlock | undefined;
  readonly full: boolean;
}

/** A pending block reads as what it would be if it were sealed now: the document asks for hash, nonce and miner there too. */
const view = ({ block, full }: Found): RpcBlock | null => (block === undefined ? null : blockView(block, { full }));

const orNull =
  <T, W>(write: (value: T) => W) =>
  (value: T | undefined): W | null =>
    value === undefined ? null : write(value);
const number = required('block', blockNumberOrTag);
const byHash = required('blockHash', hash);

/** No fork of this chain keeps block access lists (EIP-7928). */
const noAccessList = <const P extends readonly Param<unknown>[]>(params: P) =>
  method({ params, run: () => null, result: (none) => none });

/** Blocks and what they hold (execution-apis `block.yaml`). */
export const block = {
  eth_getBlockByNumber: method({
    params: [number, optional('fullTransactions', boolean, false)],
    run: async (c, ref, full): Promise<Found> => ({
      block: await c.chain.chain.get(ref),
      full,
    }),
    result: view,
  }),
  eth_getBlockByHash: method({
    params: [byHash, optional('fullTransactions', boolean, false)],
    run: async (c, of, full): Promise<Found> => ({
      block: await c.chain.chain.get({ hash: of }),
      full,
    }),
    result: view,
  }),
  eth_getHeaderByNumber: method({
    params: [number],
    run: (c, ref) => c.chain.chain.get(ref),
    result: orNull(headerView),
  }),
  eth_getHeaderByHash: method({
    params: [byHash],
    run: (c, of) => c.chain.chain.get({ hash: of }),
    result: orNull(headerView),
  }),
  eth_getBlockTransactionCountByNumber: method({
    params: [number],
    run: async (c, ref) => (await c.chain.chain.get(ref))?.block.transactions.length,
    result: orNull(quantity),
  }),
  eth_getBlockTransactionCountByHash: method({
    params: [byHash],
    run: async (c, of) => (await c.chain.chain.get({ hash: of }))?.block.transactions.length,
    result: orNull(quantity),
  }),
  eth_getUncleCountByBlockNumber: method({
    params: [number],
    run: async (c, ref) => (await c.chain.chain.get(ref))?.block.uncleHeaders.length,
    result: orNull(quantity),
  }),
  eth_getUncleCountByBlockHash: method({
    params: [byHash],
    run: async (c, of) => (await c.chain.chain.get({ hash: of }))?.block.uncleHeaders.length,
    result: orNull(quantity),
  }),
  /** This chain makes no uncles, and an imported block's are not stored whole. */
  eth_getUncleByBlockNumberAndIndex: method({
    params: [number, required('index', quantityCodec)],
    run: () => null,
    result: (value) => value,
  }),
  eth_getUncleByBlockHashAndIndex: method({
    params: [byHash, required('index', quantityCodec)],
    run: () => null,
    result: (value) => value,
  }),
  eth_getBlockReceipts: method({
    params: [required('block', blockRef)],
    run: (c, ref) => c.chain.chain.get(ref),
    result: orNull((found: ExecutedBlock) => found.receipts.map((_, index) => receiptView(found, index))),
  }),
  eth_getBlockAccessList: noAccessList([required('block', blockRef)]),
  eth_getBlockAccessListByBlockHash: noAccessList([byHash]),
  eth_getBlockAccessListByBlockNumber: noAccessList([number]),
  eth_getBlockAccessListRaw: noAccessList([required('block', blockRef)]),
  erigon_getHeaderByNumber: method({
    params: [required('block', blockNumberOrTag)],
    run: (c, ref) => c.chain.chain.get(ref),
    result: orNull(headerView),
  }),
} satisfies Partial<Serve>;
