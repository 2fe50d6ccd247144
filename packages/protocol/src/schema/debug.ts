import type { Data } from '../hex.ts';
import type { RpcBlockTrace, RpcTrace, RpcTraceCallOptions, RpcTraceOptions } from './trace.ts';
import type { RpcTransactionRequest } from './transaction.ts';
import type { BlockNumberOrTag, BlockParameter, RpcHash } from './values.ts';

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
  debug_getBadBlocks: { params: []; result: readonly never[] };
  debug_getRawBlockAccessList: { params: [block: BlockParameter]; result: never };
}
