import type { Quantity } from '../hex.ts';
import type { RpcReceipt } from './receipt.ts';
import type { RpcTransaction } from './transaction.ts';
import type { RpcAddress, RpcHash } from './values.ts';

/** How a contract came to be. */
export interface RpcContractCreator {
  readonly hash: RpcHash;
  readonly creator: RpcAddress;
}

/** Transactions in which an address took part, the newest first, with their receipts in the same order. */
export interface RpcTransactionPage {
  readonly txs: readonly RpcTransaction[];
  readonly receipts: readonly (RpcReceipt & { readonly timestamp: Quantity })[];
  /** Whether there are none newer. */
  readonly firstPage: boolean;
  /** Whether there are none older. */
  readonly lastPage: boolean;
}

/** Otterscan's `ots` namespace, as far as it asks the node's indexes. */
export interface OtsSchema {
  ots_getTransactionBySenderAndNonce: {
    params: [sender: RpcAddress, nonce: number | Quantity];
    result: RpcHash | null;
  };
  /** Null for an account without code, and for a contract of the genesis. */
  ots_getContractCreator: { params: [address: RpcAddress]; result: RpcContractCreator | null };
  /** In blocks before that one; 0: from the newest. Whole blocks, until the page is full. */
  ots_searchTransactionsBefore: {
    params: [address: RpcAddress, blockNumber: number | Quantity, pageSize: number | Quantity];
    result: RpcTransactionPage;
  };
  /** In blocks after that one; 0: from the oldest. Whole blocks, until the page is full. */
  ots_searchTransactionsAfter: {
    params: [address: RpcAddress, blockNumber: number | Quantity, pageSize: number | Quantity];
    result: RpcTransactionPage;
  };
}
