import type { Data } from '../hex.ts';
import type { RpcBlockTrace, RpcTrace, RpcTraceCallOptions, RpcTraceOptions } from './trace.ts';
import type { RpcTransactionRequest } from './transaction.ts';
import type { BlockNumberOrTag, BlockParameter, NumberLike, RpcAddress, RpcHash } from './values.ts';

/** Slots of a contract by the hash of their keys. */
export interface RpcStorageRange {
  readonly storage: Readonly<Record<string, { readonly key: RpcHash; readonly value: RpcHash }>>;
  readonly nextKey: RpcHash | null;
}

/** Accounts by address, as geth dumps them; balances are decimal, `next` is base64. */
export interface RpcAccountRange {
  readonly root: string;
  readonly accounts: Readonly<
    Record<
      string,
      {
        readonly balance: string;
        readonly nonce: number;
        readonly root: RpcHash;
        readonly codeHash: RpcHash;
        readonly code?: Data;
        readonly storage?: Readonly<Record<string, string>>;
        readonly address: RpcAddress;
        readonly key: RpcHash;
      }
    >
  >;
  readonly next?: string;
}

/** The `debug` namespace, as geth has it. */
export interface DebugSchema {
  debug_traceTransaction: { params: [transactionHash: RpcHash, options?: RpcTraceOptions]; result: RpcTrace };
  debug_traceCall: {
    params: [transaction: RpcTransactionRequest, block?: BlockParameter, options?: RpcTraceCallOptions];
    result: RpcTrace;
  };
  debug_traceBlockByNumber: { params: [block: BlockNumberOrTag, options?: RpcTraceOptions]; result: RpcBlockTrace };
  debug_traceBlockByHash: { params: [blockHash: RpcHash, options?: RpcTraceOptions]; result: RpcBlockTrace };
  debug_traceBlock: { params: [rlp: Data, options?: RpcTraceOptions]; result: RpcBlockTrace };
  debug_getRawHeader: { params: [block: BlockParameter]; result: Data };
  debug_getRawBlock: { params: [block: BlockParameter]; result: Data };
  debug_getRawReceipts: { params: [block: BlockParameter]; result: readonly Data[] };
  debug_getRawTransaction: { params: [transactionHash: RpcHash]; result: Data | null };
  debug_storageRangeAt: {
    params: [
      blockHash: RpcHash,
      transactionIndex: NumberLike,
      address: RpcAddress,
      startKey: Data,
      maxResults: NumberLike,
    ];
    result: RpcStorageRange;
  };
  debug_accountRange: {
    params: [
      block: BlockParameter,
      start: Data,
      maxResults: NumberLike,
      noCode?: boolean,
      noStorage?: boolean,
      incompletes?: boolean,
    ];
    result: RpcAccountRange;
  };
  debug_getModifiedAccountsByNumber: {
    params: [startNumber: NumberLike, endNumber?: NumberLike];
    result: readonly RpcAddress[];
  };
  debug_getModifiedAccountsByHash: { params: [startHash: RpcHash, endHash?: RpcHash]; result: readonly RpcAddress[] };
  debug_getRawTransactions: { params: [block: BlockParameter]; result: readonly Data[] };
  debug_getRawBlockAccessList: { params: [block: BlockParameter]; result: never };
}
