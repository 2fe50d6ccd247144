import type { Quantity } from '../hex.ts';
import type { RpcAddress, RpcHash } from './values.ts';

/** Prices of past blocks, oldest first; the price arrays reach one block further, into the next. */
export interface RpcFeeHistory {
  readonly oldestBlock: Quantity;
  /** Tips at the wanted percentiles, by block. */
  readonly reward?: readonly (readonly Quantity[])[];
  readonly baseFeePerGas: readonly Quantity[];
  readonly gasUsedRatio: readonly number[];
  readonly baseFeePerBlobGas: readonly Quantity[];
  readonly blobGasUsedRatio: readonly number[];
}

/** One fork's configuration (EIP-7910). */
export interface RpcForkConfig {
  /** Seconds; null for a fork that comes by height, as long as its block is not there. */
  readonly activationTime: number | null;
  /** Only where a fork comes by height. */
  readonly activationBlock?: number;
  readonly blobSchedule: { readonly baseFeeUpdateFraction: number; readonly max: number; readonly target: number };
  readonly chainId: Quantity;
  readonly forkId: string;
  readonly precompiles: Readonly<Record<string, RpcAddress>>;
  readonly systemContracts: Readonly<Record<string, RpcAddress>>;
}

/** EIP-7910; null where there is no such fork, or where it has no blobs. */
export interface RpcConfig {
  readonly current: RpcForkConfig | null;
  readonly next: RpcForkConfig | null;
  readonly last: RpcForkConfig | null;
}

/** What the node keeps of one kind of data. */
export interface RpcResource {
  readonly disabled: boolean;
  readonly oldestBlock: Quantity;
}

/** The head, and how far back each kind of data reaches. */
export interface RpcCapabilities {
  readonly head: { readonly number: Quantity; readonly hash: RpcHash };
  readonly state: RpcResource;
  readonly tx: RpcResource;
  readonly logs: RpcResource;
  readonly receipts: RpcResource;
  readonly blocks: RpcResource;
  readonly stateproofs: RpcResource;
}
