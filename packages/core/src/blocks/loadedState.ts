import type { DumpedAccount } from '../state/dump.ts';
import type { DumpedBlock } from './dumpedBlock.ts';

/** A state of the past, of a dump. */
export interface HistoricalState {
  readonly blockHash: Uint8Array;
  /** Every account of it; read when it is asked for. */
  accounts(): readonly DumpedAccount[];
}

/** What is taken in of a dump. */
export interface LoadedState {
  /** Height that the chain reaches. */
  readonly number: bigint;
  /** Of the block at that height, seconds. */
  readonly timestamp?: bigint;
  /** Of the state after it. */
  readonly accounts: Iterable<DumpedAccount>;
  /** The chain up to it; none in dumps of old versions. In any order. */
  readonly blocks: Iterable<DumpedBlock>;
  readonly history: readonly HistoricalState[];
  /** Of the node that wrote it, 32 bytes; it goes on as that one. */
  readonly instanceId?: Uint8Array;
}
