import type { Data, Quantity } from '../hex.ts';
import type { RpcFlatTrace } from './trace.ts';
import type { RpcTransactionRequest } from './transaction.ts';
import type { BlockParameter, NumberLike, RpcAddress, RpcHash } from './values.ts';

/** What `trace_replay*` and `trace_call*` are asked for. */
export type RpcTraceKind = 'trace' | 'stateDiff' | 'vmTrace';

/** A value that is as it was, is new, is gone, or has changed. */
export type RpcDiff =
  | '='
  | { readonly '+': string }
  | { readonly '-': string }
  | { readonly '*': { readonly from: string; readonly to: string } };

export interface RpcAccountDiff {
  readonly balance: RpcDiff;
  readonly code: RpcDiff;
  readonly nonce: RpcDiff;
  readonly storage: Readonly<Record<string, RpcDiff>>;
}

export interface RpcVmTrace {
  readonly code: Data;
  readonly ops: readonly {
    readonly cost: number;
    readonly ex: {
      readonly mem: { readonly data: Data; readonly off: number } | null;
      readonly push: readonly Quantity[];
      readonly store: { readonly key: Quantity; readonly val: Quantity } | null;
      readonly used: number;
    } | null;
    readonly pc: number;
    readonly sub: RpcVmTrace | null;
  }[];
}

/** What was not asked for is empty or null. */
export interface RpcReplay {
  readonly output: Data;
  readonly stateDiff: Readonly<Record<string, RpcAccountDiff>> | null;
  readonly trace: readonly RpcFlatTrace[];
  readonly vmTrace: RpcVmTrace | null;
  readonly transactionHash?: RpcHash;
}

export interface RpcTraceFilter {
  readonly fromBlock?: BlockParameter | null;
  readonly toBlock?: BlockParameter | null;
  readonly fromAddress?: readonly RpcAddress[] | null;
  readonly toAddress?: readonly RpcAddress[] | null;
  /** How many matches are left out. */
  readonly after?: NumberLike | null;
  readonly count?: NumberLike | null;
}

type Kinds = readonly RpcTraceKind[];

/** The `trace` namespace, as OpenEthereum has it. */
export interface ParitySchema {
  trace_transaction: { params: [transactionHash: RpcHash]; result: readonly RpcFlatTrace[] };
  trace_block: { params: [block: BlockParameter]; result: readonly RpcFlatTrace[] };
  trace_filter: { params: [filter: RpcTraceFilter]; result: readonly RpcFlatTrace[] };
  trace_get: {
    params: [transactionHash: RpcHash, traceAddress: readonly NumberLike[]];
    result: RpcFlatTrace | null;
  };
  trace_replayTransaction: { params: [transactionHash: RpcHash, kinds: Kinds]; result: RpcReplay };
  trace_replayBlockTransactions: { params: [block: BlockParameter, kinds: Kinds]; result: readonly RpcReplay[] };
  trace_call: { params: [transaction: RpcTransactionRequest, kinds: Kinds, block?: BlockParameter]; result: RpcReplay };
  trace_callMany: {
    params: [calls: readonly (readonly [RpcTransactionRequest, Kinds])[], block?: BlockParameter];
    result: readonly RpcReplay[];
  };
  trace_rawTransaction: { params: [transaction: Data, kinds: Kinds, block?: BlockParameter]; result: RpcReplay };
}
