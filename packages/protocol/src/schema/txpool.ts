import type { Quantity } from '../hex.ts';
import type { RpcBySender, RpcPool, RpcTransaction } from './transaction.ts';
import type { RpcAddress } from './values.ts';

/** The `txpool` namespace, as geth has it. */
export interface TxpoolSchema {
  txpool_status: { params: []; result: RpcPool<Quantity> };
  txpool_content: { params: []; result: RpcPool<RpcBySender<RpcTransaction>> };
  /** By nonce (decimal). */
  txpool_contentFrom: {
    params: [address: RpcAddress];
    result: RpcPool<Readonly<Record<string, RpcTransaction>>>;
  };
  /** One line of text each. */
  txpool_inspect: { params: []; result: RpcPool<RpcBySender<string>> };
}
