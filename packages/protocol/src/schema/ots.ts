import type { Data, Quantity } from '../hex.ts';
import type { RpcBlock } from './block.ts';
import type { RpcReceipt } from './receipt.ts';
import type { RpcTransaction } from './transaction.ts';
import type { BlockNumberOrTag, BlockParameter, NumberLike, RpcAddress, RpcHash } from './values.ts';

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

type Slim<B> = Omit<B, 'transactions'> & { readonly transactionCount: number };

/** A block without its transactions, and what it paid. Amounts in wei. */
export interface RpcBlockDetails {
  readonly block: Slim<RpcBlock>;
  /** Zero: nobody is paid for a block itself since the Merge. */
  readonly issuance: { readonly blockReward: Quantity; readonly uncleReward: Quantity; readonly issuance: Quantity };
  /** What all senders paid for gas. */
  readonly totalFees: Quantity;
}

/** A page of a block's transactions, of whose input only the selector is there. */
export interface RpcBlockPage {
  readonly fullblock: Omit<RpcBlock, 'transactions'> & {
    readonly transactions: readonly RpcTransaction[];
    /** Of the whole block. */
    readonly transactionCount: number;
  };
  readonly receipts: readonly (Omit<RpcReceipt, 'logs' | 'logsBloom'> & {
    readonly logs: null;
    readonly logsBloom: null;
    readonly timestamp: Quantity;
  })[];
}

/** One message of a transaction, in the order in which they were sent. */
export interface RpcOtsTrace {
  readonly type: string;
  /** 0: the transaction itself. */
  readonly depth: number;
  readonly from: RpcAddress;
  readonly to: RpcAddress;
  /** Null where a message cannot carry any. */
  readonly value: Quantity | null;
  readonly input: Data;
  readonly output: Data;
}

/** Ether that moved inside a transaction. */
export interface RpcInternalOperation {
  /** 0: transfer, 1: SELFDESTRUCT, 2: CREATE, 3: CREATE2. */
  readonly type: 0 | 1 | 2 | 3;
  readonly from: RpcAddress;
  readonly to: RpcAddress;
  readonly value: Quantity;
}

/** Otterscan's `ots` namespace, API level 8. */
export interface OtsSchema {
  ots_getApiLevel: { params: []; result: 8 };
  ots_hasCode: { params: [address: RpcAddress, block?: BlockParameter | number]; result: boolean };
  /** What a transaction reverted with; empty for one that did not. */
  ots_getTransactionError: { params: [transactionHash: RpcHash]; result: Data };
  ots_getBlockDetails: { params: [block: BlockNumberOrTag | number]; result: RpcBlockDetails | null };
  ots_getBlockDetailsByHash: { params: [blockHash: RpcHash]; result: RpcBlockDetails | null };
  /** Pages count from 0, which has the block's first transactions. */
  ots_getBlockTransactions: {
    params: [block: BlockNumberOrTag | number, pageNumber: NumberLike, pageSize: NumberLike];
    result: RpcBlockPage | null;
  };
  ots_traceTransaction: { params: [transactionHash: RpcHash]; result: readonly RpcOtsTrace[] };
  ots_getInternalOperations: { params: [transactionHash: RpcHash]; result: readonly RpcInternalOperation[] };
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
