import type { ExecutedBlock, Log } from '../../blocks/executedBlock.ts';
import type { BlockOverrides, CallRequest, StateOverrides } from '../request.ts';

export interface SimulatedBlockRequest {
  readonly blockOverrides?: BlockOverrides;
  readonly stateOverrides?: StateOverrides;
  readonly calls: readonly CallRequest[];
}

export interface SimulatePayload {
  readonly blockStateCalls: readonly SimulatedBlockRequest[];
  /** Report transfers of ether as logs, in the form of ERC-20's `Transfer`, from 0xeeee…eeee. */
  readonly traceTransfers: boolean;
  /** Nonces and base fees bind as in a real block. */
  readonly validation: boolean;
}

export interface SimulatedLog extends Log {
  /** Place in the block, counted from 0. */
  readonly index: number;
}

export interface SimulatedCall {
  readonly status: 0 | 1;
  readonly returnData: Uint8Array;
  readonly gasUsed: bigint;
  /** Most gas held at any time: before refunds. */
  readonly maxUsedGas: bigint;
  readonly logs: readonly SimulatedLog[];
  readonly error?: { readonly code: number; readonly message: string; readonly data?: Uint8Array };
}

export interface SimulatedBlock {
  /** Carries the block, made-up transactions and senders, so that the block view can render it. */
  readonly block: ExecutedBlock;
  readonly calls: readonly SimulatedCall[];
}
