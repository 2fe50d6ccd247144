import type { Address } from '@ethereumjs/util';
import type { BlockRef } from './blocks/blockTag.ts';
import type { ExecutedBlock } from './blocks/executedBlock.ts';
import type { BundleResult, CallBundle, CallManyOptions, CallOutcome, SignedBundle } from './execution/bundleTypes.ts';
import type { AccessListEntry, CallRequest, Overrides } from './execution/request.ts';
import type { SimulatedBlock, SimulatePayload } from './execution/simulate/simulateTypes.ts';
import type {
  AccountWithin,
  ExecutionWitness,
  ParityCall,
  ParityWanted,
  PlaceWithin,
  TraceCallOptions,
  TraceOptions,
  TraceResult,
} from './execution/tracing/traceTypes.ts';

export interface CallResult {
  readonly returnData: Uint8Array;
  readonly gasUsed: bigint;
  readonly consoleLines: readonly string[];
}

export interface Execution {
  /** @throws ExecutionError, BlockError. */
  call(request: CallRequest, at: BlockRef, overrides?: Overrides): Promise<CallResult>;
  /** @returns gas. @throws ExecutionError, BlockError. */
  estimateGas(request: CallRequest, at: BlockRef, overrides?: Overrides): Promise<bigint>;
  /** geth's shape: a failing call is reported in `error`. */
  createAccessList(
    request: CallRequest,
    at: BlockRef,
    overrides?: Overrides,
  ): Promise<{ accessList: readonly AccessListEntry[]; gasUsed: bigint; error?: string }>;
  /** `eth_simulateV1`. @throws ExecutionError SIMULATION_REFUSED, OVERRIDE_INVALID. */
  simulate(payload: SimulatePayload, at: BlockRef): Promise<readonly SimulatedBlock[]>;
  /** @throws BlockError TRANSACTION_NOT_FOUND, ExecutionError. */
  traceTransaction(hash: Uint8Array, options?: TraceOptions): Promise<TraceResult>;
  /** Slots of a contract after some of a block's transactions, 32 bytes each with their values; none of them zero. */
  storageAt(place: {
    readonly executed: ExecutedBlock;
    readonly index: number;
    readonly address: Address;
  }): Promise<readonly (readonly [slot: Uint8Array, value: Uint8Array])[]>;
  /** `trace_callMany`: each call sees what those before it did. @throws ExecutionError, BlockError. */
  traceCalls(calls: readonly ParityCall[], at: BlockRef): Promise<readonly TraceResult[]>;
  /** `trace_rawTransaction`: without a word to the pool. @throws TransactionError, ExecutionError. */
  traceRaw(raw: Uint8Array, options: { readonly wanted: ParityWanted; readonly at: BlockRef }): Promise<TraceResult>;
  /** A block as it is encoded, to be traced. @throws BlockError BLOCK_INVALID. */
  decodeTracedBlock(rlp: Uint8Array): Promise<Pick<ExecutedBlock, 'block' | 'senders' | 'hash'>>;
  traceCall(request: CallRequest, at: BlockRef, options?: TraceCallOptions): Promise<TraceResult>;
  traceBlock(
    block: Pick<ExecutedBlock, 'block' | 'senders' | 'hash'>,
    options?: TraceOptions,
  ): Promise<readonly { hash: Uint8Array; result: TraceResult }[]>;
  /** `eth_callMany`: each call sees what those before it did. @throws BlockError; ExecutionError. */
  callMany(bundles: readonly CallBundle[], options: CallManyOptions): Promise<readonly (readonly CallOutcome[])[]>;
  /** `eth_callBundle`: without a word to the pool. @throws BlockError; TransactionError; ExecutionError. */
  callBundle(bundle: SignedBundle): Promise<BundleResult>;
  /** An account after some of a block's transactions. @throws ExecutionError CALL_INVALID for a place that is not there. */
  accountWithin(place: PlaceWithin, address: Address): Promise<AccountWithin>;
  /** Root of the state after each of a block's transactions. */
  intermediateRoots(executed: ExecutedBlock): Promise<readonly Uint8Array[]>;
  /** What is needed to execute a block without the state before it. @throws ExecutionError CALL_INVALID. */
  witness(executed: ExecutedBlock): Promise<ExecutionWitness>;
}
