import type { BlockHeader } from '@ethereumjs/block';
import type { TypedTransaction } from '@ethereumjs/tx';
import type { Address } from '@ethereumjs/util';
import type { StateView } from '../../state/stateView.ts';
import type { TransactionResult } from '../engine/machine.ts';
import type { TraceObserver } from '../traceObserver.ts';
import type { TraceBudget } from './traceBudget.ts';
import type { TraceResult } from './traceTypes.ts';

/** What every tracer traces. */
export interface TraceSubject {
  readonly tx: () => TypedTransaction;
  readonly gasLimit: bigint;
  readonly sender: Address;
  readonly coinbase: Address;
  readonly header: Pick<BlockHeader, 'number' | 'baseFeePerGas'>;
  /** Of a transaction that was mined. */
  readonly place?: { readonly hash: Uint8Array; readonly blockHash: Uint8Array; readonly index: number };
  readonly isPrecompile: (address: Uint8Array) => boolean;
  /** Of all that one request traces. */
  readonly budget: TraceBudget;
  /** The state as it is now, readable while the machine goes on. */
  readonly view: () => Promise<StateView>;
}

/** Watches one transaction and says afterwards what it saw. */
export interface Tracer extends TraceObserver {
  /** @returns undefined where the engine cannot tell what EthereumJS tells. */
  finish(result: TransactionResult): TraceResult | undefined | Promise<TraceResult | undefined>;
  /** It is not finished, and never will be. */
  close?(): Promise<void>;
}
