import type { Common } from '@ethereumjs/common';
import type { Blob4844Tx, TypedTransaction } from '@ethereumjs/tx';
import type { Address } from '@ethereumjs/util';
import type { BadBlock } from './blocks/badBlocks.ts';
import type { BlockRef } from './blocks/blockTag.ts';
import type { ExecutedBlock } from './blocks/executedBlock.ts';
import type { LoadedState } from './blocks/loadedState.ts';
import type { ChainLimits, ResolvedChainOptions } from './chainOptions.ts';
import type { ChainEvents } from './events.ts';
import type { CallRequest, WithdrawalInput } from './execution/request.ts';
import type { Execution } from './executionContract.ts';
import type { NextBlock } from './mining/minerEnvironment.ts';
import type { MiningMode } from './mining/modes.ts';
import type { PoolOrder } from './pool/order.ts';
import type { ChainReader, PoolReader, StateReader, StorageReader } from './readers.ts';
import type { AccountDifference } from './state/stateDifference.ts';

/** A running chain: a record of owners (no god object). All prices in wei per gas, all times in seconds unless named `…Ms`. */
export interface Chain {
  readonly options: ResolvedChainOptions;
  readonly hardforks: Hardforks;
  readonly chain: ChainReader;
  readonly state: StateReader;
  readonly pool: PoolReader;
  readonly miner: MinerControl;
  readonly clock: ClockControl;
  readonly fees: FeeControl;
  readonly accounts: AccountsControl;
  readonly execution: Execution;
  /** May be changed at any time. */
  readonly limits: ChainLimits;
  readonly snapshots: SnapshotsControl;
  readonly control: Control;
  readonly events: ChainEvents;
  readonly storage: StorageReader;
  /** Random per chain, new after `reset` (hardhat_metadata.instanceId). 32 bytes. */
  readonly instanceId: () => Uint8Array;
  /** The present chain id; `setChainId` can have changed what the chain started with. */
  readonly chainId: () => bigint;
  /** The blocks that were refused last, the last one first. */
  badBlocks(): readonly BadBlock[];
  /**
   * Stops mining, waits for the lane, closes the database.
   * @param last what is still to be done once no block is made any more; the chain is closed whether that succeeds or not.
   */
  close(last?: () => Promise<void> | undefined): Promise<void>;
}

export interface Hardforks {
  /** EthereumJS name of the fork at a height and time (seconds), e.g. `osaka`, `bpo2`. */
  nameAt(number: bigint, timestamp: bigint): string;
  /**
   * The (shared, never mutated) parameters at a height and time.
   * @param chainId of another time, before `setChainId` changed it; default: the present one.
   */
  commonAt(number: bigint, timestamp: bigint, chainId?: bigint): Common;
  /** The same of a fork by its EthereumJS name, whether this chain ever has it or not. */
  commonOf(hardfork: string, chainId: bigint): Common;
  /** The same for calls, which EIP-7825's cap on a transaction's gas does not bind. */
  callCommonAt(number: bigint, timestamp: bigint): Common;
  /** Oldest first; `block` or `timestamp` (seconds) is set. */
  readonly schedule: readonly {
    readonly name: string;
    readonly block: number | null;
    readonly timestamp: number | null;
  }[];
}

export interface MineOptions {
  /** Default 1. */
  readonly blocks?: number;
  /** Seconds between the blocks of one call. */
  readonly interval?: bigint;
  /** Timestamp of the first block. */
  readonly timestamp?: bigint;
  /** Whether the interval also lies between the head and the first block, as Anvil has it; default false, as Hardhat. */
  readonly spaceFirst?: boolean;
}

export interface MinerControl {
  readonly mode: MiningMode;
  setMode(mode: MiningMode): Promise<void>;
  /** @returns the last block mined (undefined when `blocks` is 0). */
  mine(options?: MineOptions): Promise<ExecutedBlock | undefined>;
  /**
   * As {@link mine}, but of many empty blocks it only makes sure that they are there: number, times and environment are
   * settled and written; state roots and hashes are worked out behind, and who asks for them waits.
   * @returns the number of the last block; undefined when `blocks` is 0.
   */
  record(options?: MineOptions): Promise<{ readonly number: bigint } | undefined>;
  readonly gasLimit: bigint;
  readonly coinbase: Address;
  setGasLimit(gas: bigint): void;
  setCoinbase(address: Address): void;
  /** From the next block on. */
  setOrder(order: PoolOrder): void;
  /** Most transactions in a block, from the next on; undefined: as many as fit. */
  setMaxTransactions(count: number | undefined): void;
  /** Whether the `transactionMined` event has call trees, from the next block on. */
  setTraceMined(isTraced: boolean): void;
  /** No block is made but on demand, until {@link unpause}; the mode is remembered. */
  pause(): Promise<void>;
  /** Goes on in the mode that was paused, or in instant mode. */
  unpause(): Promise<void>;
  /** Of the header of every block from the next on; at most 32 bytes. */
  setExtraData(bytes: Uint8Array): void;
  /** Next block only. 32 bytes. */
  setNextPrevRandao(value: Uint8Array): void;
  /** Next block only; what was set before and is not named stays. */
  setNextBlock(fields: NextBlock): void;
}

export interface ClockControl {
  /** Seconds added to the wall clock. */
  readonly offset: bigint;
  /** What the next block would be stamped with. */
  peekNext(): bigint;
  /** @returns total offset in seconds. @throws ClockError for a negative amount. */
  increase(seconds: bigint): bigint;
  /** @throws ClockError TIMESTAMP_NOT_AFTER_HEAD. */
  setNext(timestamp: bigint): void;
  /** Moves the clock to a time (not before the head's). @returns the change in seconds. */
  setTime(timestamp: bigint): bigint;
  /** Every block that many seconds after its parent; undefined switches it off. */
  setInterval(seconds: bigint | undefined): boolean;
}

export interface FeeHistory {
  readonly oldestBlock: bigint;
  readonly baseFeePerGas: readonly bigint[];
  readonly gasUsedRatio: readonly number[];
  readonly baseFeePerBlobGas: readonly bigint[];
  readonly blobGasUsedRatio: readonly number[];
  readonly reward?: readonly (readonly bigint[])[];
}

export interface FeeControl {
  /** Of the next block; undefined before London. */
  nextBaseFee(): bigint | undefined;
  nextBlobBaseFee(): bigint | undefined;
  /** Legacy price: next base fee + tip. */
  gasPrice(): bigint;
  suggestedTip(): bigint;
  setNextBaseFee(value: bigint): void;
  /** EIP-4844, of the next block only. */
  setNextExcessBlobGas(gas: bigint): void;
  /** Sets the least excess at which blob gas costs that much in the next block. @returns what it costs then, wei per gas. */
  setNextBlobBaseFee(wei: bigint): bigint;
  /** The one price that {@link gasPrice} answers from now on; undefined lets it follow the base fee again. */
  setGasPrice(value: bigint | undefined): void;
  setMinGasPrice(value: bigint): void;
  /** @param percentiles ascending, 0–100. @throws BlockError. */
  history(count: number, newest: BlockRef, percentiles?: readonly number[]): Promise<FeeHistory>;
}

export interface AccountsControl {
  /** Dev accounts, then impersonated ones. */
  list(): readonly Address[];
  /** Dev accounts with their keys, for the banner. */
  readonly owned: readonly { readonly address: Address; readonly privateKey: Uint8Array }[];
  /** 65 bytes r ‖ s ‖ v (v = 27 or 28) over a 32-byte digest. @throws AccountError KEY_UNKNOWN. */
  sign(address: Address, digest: Uint8Array): Uint8Array;
  isImpersonated(address: Address): boolean;
  /** Whether a passphrase is needed before it can send or sign. */
  isLocked(address: Address): boolean;
  /** Takes in a key, locked, and writes it into the keystore if there is one. @param privateKey 32 bytes. @throws AccountError KEY_INVALID, ACCOUNT_EXISTS. */
  importKey(privateKey: Uint8Array, passphrase: string): Promise<Address>;
  /** An account without a key, locked; once unlocked it sends as an impersonated one does. @returns whether it is new. */
  add(address: Address, passphrase: string): boolean;
  /** @returns whether it was there. @throws AccountError PASSPHRASE_WRONG. */
  remove(address: Address, passphrase: string): boolean;
  /** Dev accounts have an empty passphrase. @param seconds 0: until it is locked. @throws AccountError KEY_UNKNOWN, PASSPHRASE_WRONG. */
  unlock(address: Address, passphrase: string, seconds: number): void;
  /** @returns whether it is there. */
  lock(address: Address): boolean;
  /** Does something with an account unlocked, and leaves it as it was. @throws AccountError KEY_UNKNOWN, PASSPHRASE_WRONG. */
  withPassphrase<T>(address: Address, passphrase: string, act: () => Promise<T>): Promise<T>;
  impersonate(address: Address): void;
  /** @returns whether it was impersonated. */
  stopImpersonating(address: Address): boolean;
  setAutoImpersonate(enabled: boolean): void;
}

export interface SnapshotsControl {
  /** @returns an id that grows and is never reused. */
  take(): Promise<bigint>;
  /** @returns false for an unknown or used id, and then changes nothing. Later ids die with it. */
  revert(id: bigint): Promise<boolean>;
  /** What can still be reverted to, oldest first: each with the block that was the head. */
  taken(): readonly { readonly id: bigint; readonly head: ExecutedBlock }[];
  /** As {@link take}, under a name; it stays until it is removed, however often it is gone back to. */
  saveCheckpoint(name: string): Promise<void>;
  /** @returns false for an unknown name, and then changes nothing. Other checkpoints and earlier ids stay. */
  restoreCheckpoint(name: string): Promise<boolean>;
  /** @returns whether it was there. */
  removeCheckpoint(name: string): Promise<boolean>;
  checkpoints(): readonly { readonly name: string; readonly head: ExecutedBlock }[];
  /**
   * What is not the same in the states of two checkpoints.
   * @param to left out: in the state as it is now. @throws SnapshotError CHECKPOINT_UNKNOWN.
   */
  difference(from: string, to?: string): Promise<CheckpointDifference>;
}

/** Accounts that differ between two moments, and the blocks that were the heads. */
export interface CheckpointDifference {
  readonly from: ExecutedBlock;
  readonly to: ExecutedBlock;
  /** In order of address. */
  readonly accounts: readonly AccountDifference[];
}

/** What a block is to be built from without becoming part of the chain. */
export interface BuildRequest {
  readonly parentHash: Uint8Array;
  /** Seconds. */
  readonly timestamp: bigint;
  readonly coinbase: Address;
  /** 32 bytes. */
  readonly prevRandao: Uint8Array;
  readonly extraData: Uint8Array;
  readonly parentBeaconBlockRoot?: Uint8Array;
  readonly withdrawals?: readonly WithdrawalInput[];
  /** Raw signed transactions: exactly these, in this order. Left out: the pool's, in its own. */
  readonly transactions?: readonly Uint8Array[];
}

export interface BuiltBlock {
  readonly block: ExecutedBlock;
  /** What the fee recipient earns by tips, wei. */
  readonly value: bigint;
  /** EIP-7685: type byte and data of each request list that is not empty. */
  readonly requests: readonly Uint8Array[];
  /** The block's blob transactions with their sidecars, in order. */
  readonly blobTransactions: readonly Blob4844Tx[];
}

/** A transaction of a chain's new branch. */
export interface ReorgTransaction {
  /** Of its block, counted from the first new one: 0. */
  readonly place: number;
  /** Signed bytes, or what is to be signed: with a key of the node's, or for an impersonated account. */
  readonly transaction: Uint8Array | CallRequest;
}

export interface Control {
  /** Decodes, checks, pools and (in instant mode) mines. @returns its hash. @throws TransactionError, PoolError. */
  submitRaw(
    raw: Uint8Array,
    /** Throws what forbids it; runs with no write between it and the admission. */
    isAllowed?: () => Promise<void>,
  ): Promise<Uint8Array>;
  /** eth_sendTransaction: fills, signs, submits; nonce allocation is serialised. @throws also AccountError, ExecutionError. */
  submit(request: CallRequest): Promise<Uint8Array>;
  /** eth_sendUnsignedTransaction: as {@link submit} for any sender. @throws TransactionError, PoolError, ExecutionError. */
  submitUnsigned(request: CallRequest): Promise<Uint8Array>;
  /** Defaults filled in, unsigned. */
  fill(request: CallRequest): Promise<TypedTransaction>;
  /** @throws AccountError. */
  signTransaction(request: CallRequest): Promise<TypedTransaction>;
  /** Takes it out of the pool. @returns whether it was there. */
  dropTransaction(hash: Uint8Array): Promise<boolean>;
  dropAllTransactions(): Promise<void>;
  setBalance(address: Address, wei: bigint): Promise<void>;
  /** @throws StateError BALANCE_OVERFLOW. */
  addBalance(address: Address, wei: bigint): Promise<void>;
  setNonce(address: Address, nonce: bigint): Promise<void>;
  setCode(address: Address, code: Uint8Array): Promise<void>;
  /** @param slot 32 bytes. @param value 32 bytes. */
  setStorage(address: Address, slot: Uint8Array, value: Uint8Array): Promise<void>;
  /** The head once everything that was under way is done. */
  settledHead(): Promise<ExecutedBlock>;
  /**
   * Takes a dump in: its blocks become the chain, its accounts are added to the head's state. Where it has no blocks, empty ones
   * are made up to its height. @throws StateError DUMP_TOO_HIGH; BlockError BLOCK_INVALID.
   */
  loadState(state: LoadedState): Promise<void>;
  setChainId(chainId: bigint): void;
  /** From now on ECRECOVER recovers a signature (r ‖ s ‖ v, 65 bytes) to an address, whatever was signed. */
  impersonateSignature(signature: Uint8Array, address: Address): void;
  /** Builds a block on a known parent; the chain stays as it is. @throws BlockError, TransactionError. */
  buildBlock(request: BuildRequest): Promise<BuiltBlock>;
  /**
   * Replaces the last blocks by as many others, which hold the given transactions and no others. The blocks that lose stay
   * readable by their hashes; their transactions wait in the pool. All of it happens, or nothing.
   * @param depth at least 1. @throws BlockError DEPTH_TOO_LARGE; TransactionError when a transaction cannot be in its block.
   */
  reorg(depth: bigint, transactions: readonly ReorgTransaction[]): Promise<void>;
  /** Takes the last blocks off the chain; they stay readable by their hashes, their transactions wait in the pool. */
  rollback(depth: bigint): Promise<void>;
  /** Back to genesis with a new instance id. */
  reset(): Promise<void>;
}
