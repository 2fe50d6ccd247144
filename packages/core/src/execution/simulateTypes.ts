import type { ExecutedBlock, Log } from '../blocks/executedBlock.ts';
import type { BlockOverrides, CallRequest, StateOverrides } from './request.ts';

export interface SimulatedBlockRequest {
  readonly blockOverrides?: BlockOverrides;
  readonly stateOverrides?: StateOverrides;
  readonly calls: readonly CallRequest[];
}

export interface SimulatePayload {
  readonly blockStateCalls: readonly SimulatedBlockRequest[];
  readonly traceTransfers: boolean;
  readonly validation: boolean;
}

export interface SimulatedCall {
  readonly status: 0 | 1;
  readonly returnData: Uint8Array;
  readonly gasUsed: bigint;
  readonly maxUsedGas?: bigint;
  readonly logs: readonly Log[];
  readonly error?: { readonly code: number; readonly message: string; readonly data?: Uint8Array };
}

export interface SimulatedBlock {
  /** Carries the block, made-up transactions and senders, so that the block view can render it. */
  readonly block: ExecutedBlock;
  readonly calls: readonly SimulatedCall[];
}
