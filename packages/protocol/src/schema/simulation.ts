import type { Data, Quantity } from '../hex.ts';
import type { RpcBlock } from './block.ts';
import type { RpcLog } from './receipt.ts';
import type { RpcBlockOverrides, RpcStateOverrides } from './state.ts';
import type { RpcTransactionRequest } from './transaction.ts';

/** What `eth_simulateV1` is to run: blocks on top of a real one, each with its overrides and calls. */
export interface RpcSimulateRequest {
  readonly blockStateCalls: readonly {
    readonly blockOverrides?: RpcBlockOverrides | null;
    readonly stateOverrides?: RpcStateOverrides | null;
    readonly calls?: readonly RpcTransactionRequest[] | null;
  }[];
  /** Transfers of ether as logs, in the form of ERC-20's `Transfer`. */
  readonly traceTransfers?: boolean | null;
  /** Nonces and base fees bind as in a real block. */
  readonly validation?: boolean | null;
  readonly returnFullTransactions?: boolean | null;
}

export interface RpcSimulatedCall {
  readonly returnData: Data;
  readonly logs: readonly RpcLog[];
  readonly gasUsed: Quantity;
  /** Before refunds. */
  readonly maxUsedGas: Quantity;
  readonly status: Quantity;
  readonly error?: { readonly code: number; readonly message: string; readonly data?: Data };
}

export interface RpcSimulatedBlock extends RpcBlock {
  readonly calls: readonly RpcSimulatedCall[];
}
