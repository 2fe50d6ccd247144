import type { Block, BlockHeader } from '@ethereumjs/block';
import type { Address } from '@ethereumjs/util';
import type { BlockRef } from './blocks/blockTag.ts';
import type { ExecutedBlock, Log, TransactionLocation } from './blocks/executedBlock.ts';
import type { DropRecord, PooledTransaction } from './pool/pooledTransaction.ts';
import type { PruneLimits, PruneResult } from './pruning/pruneTypes.ts';
import type { DumpedAccount } from './state/dump.ts';
import type { StateView } from './state/stateView.ts';
import type { StorageStats } from './storage/database.ts';
import type { KeptPart, KeptTexts } from './storage/keptState.ts';

export interface LogQuery {
  readonly from: bigint;
  readonly to: bigint;
  /** Any of; undefined = every address. */
  readonly addresses?: readonly Uint8Array[];
  /** By position; null matches anything, a list matches any of its members. */
  readonly topics?: readonly (readonly Uint8Array[] | null)[];
  /** No further block is searched once so many are found; the last one is searched to its end. */
  readonly enough?: number;
}

/** A log with its place in the chain. `logIndex` counts within the block. */
export interface LocatedLog {
  readonly log: Log;
  readonly block: ExecutedBlock;
  readonly transactionIndex: number;
  readonly logIndex: number;
}

/** Where a mined transaction's sender, and every address that took part, can be looked up. */
export interface AddressIndex {
  /** Hash of the mined transaction that a sender's nonce went to. */
  bySenderNonce(sender: Address, nonce: bigint): Uint8Array | undefined;
  /** How a contract came to be; undefined for one of the genesis, and for what is none. */
  creation(contract: Address): { readonly transactionHash: Uint8Array; readonly creator: Uint8Array } | undefined;
  /** Heights of the blocks with a transaction in which the address took part; looked up as they are asked for. */
  heightsWithActivity(
    address: Address,
    range: { readonly from: bigint; readonly to: bigint; readonly reverse?: boolean },
  ): Iterable<bigint>;
}

/** What is known of the last block even before it is worked out. */
export type TipHeader = Pick<
  BlockHeader,
  | 'number'
  | 'timestamp'
  | 'baseFeePerGas'
  | 'gasLimit'
  | 'gasUsed'
  | 'excessBlobGas'
  | 'calcNextBaseFee'
  | 'calcNextBlobGasPrice'
>;

export interface ChainReader {
  /** The last block that is worked out: the last one of all, unless {@link settled} says otherwise. */
  readonly head: ExecutedBlock;
  /** Of the last block of all: after `miner.record` it may be yet to be worked out. */
  readonly tip: TipHeader;
  /** While blocks are being worked out: when that is done; undefined nearly always. Fails when they cannot be, for now. */
  settled(): Promise<void> | undefined;
  readonly safe: ExecutedBlock;
  readonly finalized: ExecutedBlock;
  readonly genesis: ExecutedBlock;
  /** Height of the oldest block that is kept besides the genesis; 0 when none was taken away. */
  readonly oldest: bigint;
  readonly addresses: AddressIndex;
  /** Undefined when there is no such block. `pending` is built from the pool. */
  get(ref: BlockRef): Promise<ExecutedBlock | undefined>;
  /** @throws BlockError BLOCK_NOT_FOUND, or NOT_CANONICAL for EIP-1898's requireCanonical. */
  require(ref: BlockRef): Promise<ExecutedBlock>;
  isCanonical(block: ExecutedBlock): Promise<boolean>;
  /** Mined, on the canonical chain. */
  transaction(hash: Uint8Array): Promise<TransactionLocation | undefined>;
  logs(query: LogQuery): Promise<LocatedLog[]>;
  /** Logs of one block, canonical or not. */
  logsOf(block: ExecutedBlock, query: Pick<LogQuery, 'addresses' | 'topics'>): LocatedLog[];
  /** Verifies, executes and stores a block whose parent is known, then makes it the head. */
  importBlock(block: Block): Promise<ExecutedBlock>;
  /** Fork choice: makes a known block the head. */
  setHead(hash: Uint8Array): Promise<void>;
  /** Fork choice: declares a canonical block final, and with it safe. Others become so by their distance from the head. */
  finalize(hash: Uint8Array): Promise<void>;
}

export interface StateReader {
  /** @throws BlockError as {@link ChainReader.require}. */
  at(ref: BlockRef): Promise<StateView>;
  /**
   * The state that a block's header names: what proofs lead to. A setter (`hardhat_setBalance`) changes what is read at the head
   * without changing its header; the pending block, and the next, have both.
   * @throws BlockError as {@link ChainReader.require}.
   */
  sealed(ref: BlockRef): Promise<StateView>;
  of(block: ExecutedBlock): StateView;
  /** As {@link dump}, account by account as they are asked for: what is large need not be in memory at once. */
  accounts(ref: BlockRef): Promise<AsyncIterable<DumpedAccount>>;
  /** Everything in the state after a block, in order of address. @throws BlockError as {@link ChainReader.require}. */
  dump(ref: BlockRef): Promise<DumpedAccount[]>;
  /** Whether the state after a block is kept. */
  isKept(block: ExecutedBlock): boolean;
  /** Contract code by its hash, of whatever state. */
  code(hash: Uint8Array): Uint8Array | undefined;
  /** A trie node by its hash, RLP. */
  node(hash: Uint8Array): Uint8Array | undefined;
  /** The address or slot that a key of the tries is the hash of. */
  preimage(hash: Uint8Array): Uint8Array | undefined;
}

export interface PoolReader {
  /** Arrival number that the next transaction gets; grows with each. */
  readonly arrivals: number;
  readonly ready: readonly PooledTransaction[];
  readonly queued: readonly PooledTransaction[];
  get(hash: Uint8Array): PooledTransaction | undefined;
  /** Nonce after every ready transaction of the sender (`pending` count). */
  nextNonce(address: Address): Promise<bigint>;
  dropReason(hash: Uint8Array): DropRecord | undefined;
}

/** Where the chain is kept. */
export interface StorageReader {
  /** False for a chain in memory, which is gone with the process. */
  readonly isPersistent: boolean;
  /** The directory; undefined in memory. */
  readonly path: string | undefined;
  stats(): StorageStats;
  /** What it takes on disk, or in memory. */
  sizeBytes(): Promise<number>;
  /**
   * Takes away now what is older than the limits say, and gives the space back. Snapshots and checkpoints hold what they need.
   * @param limits default: those that the chain was started with.
   */
  prune(limits?: PruneLimits): Promise<PruneResult>;
  /** Gives back the space of what was deleted and overwritten, beside the chain. */
  compact(): Promise<void>;
  /**
   * Has a part's settings kept across restarts: plain data (bigints, bytes and addresses allowed). What was kept the last
   * time is given back at once.
   */
  keep(name: string, part: KeptPart): void;
  /** What the settings are now, to be handed to {@link saved} later. */
  settings(): KeptTexts;
  /**
   * Once this is done everything that was set until now would survive the process.
   * @param before {@link settings} as they were before it was set: only what differs from them is waited for.
   * @throws StorageError WRITE_FAILED; then what was set is taken back.
   */
  saved(before?: KeptTexts): Promise<void>;
  /** Why writes are refused now, until that ends by itself (a full disk); reads are answered. */
  refusal(): string | undefined;
  /**
   * Says to others who find the directory in use what holds it, and where it answers JSON-RPC.
   * @example describeHolder('minichain node on http://127.0.0.1:8545', 'http://127.0.0.1:8545')
   */
  describeHolder(what: string, url?: string): Promise<void>;
  /** While the database is being opened again after a failed write: when that is done. */
  ready(): Promise<void> | undefined;
}
