import type { CoreStatus } from './status.ts';

/** An account as the state has it; balance in wei. */
export interface CoreAccount {
  readonly nonce: bigint;
  readonly balance: bigint;
  /** 32 bytes. */
  readonly codeHash: Uint8Array;
  readonly hasStorage: boolean;
}

/**
 * What the core reads of a state, at once. A method may throw {@link StateMissing} where it has to be fetched first: the
 * instruction that asked begins again when the message is resumed.
 */
export interface CoreStateReader {
  /** @param address 20 bytes. */
  account(address: Uint8Array): CoreAccount | undefined;
  /** @param key 32 bytes. @returns at most 32 bytes, big endian; none for zero. */
  slot(address: Uint8Array, key: Uint8Array): Uint8Array;
  code(codeHash: Uint8Array): Uint8Array;
  /** Hash of one of the last 256 blocks; undefined reads as zero. */
  blockHash(number: bigint): Uint8Array | undefined;
}

/** Thrown by a {@link CoreStateReader} that must fetch something first. */
export class StateMissing extends Error {
  override readonly name = 'StateMissing';
  /** Fetches it; the message may be resumed then. */
  readonly fetch: () => Promise<void>;

  constructor(fetch: () => Promise<void>) {
    super('state that must be fetched first');
    this.fetch = fetch;
  }
}

export interface SlotChange {
  readonly key: Uint8Array;
  /** Big endian in its shortest form: none for zero. */
  readonly value: Uint8Array;
}

export interface AccountChange {
  readonly address: Uint8Array;
  /** As it is now; undefined when it is gone. */
  readonly account: { readonly nonce: bigint; readonly balance: bigint; readonly codeHash: Uint8Array } | undefined;
  /** Nothing of the storage that was there is left; `slots` are those of the new one. */
  readonly isStorageCleared: boolean;
  readonly slots: readonly SlotChange[];
}

/** What the core has written, as it is now: some of it may be what it was before. */
export interface StateChanges {
  readonly accounts: readonly AccountChange[];
  readonly codes: readonly { readonly hash: Uint8Array; readonly code: Uint8Array }[];
}

/** The block that messages run in; fees in wei, gas in gas, time in seconds. */
export interface CoreBlock {
  readonly number: bigint;
  readonly timestamp: bigint;
  readonly coinbase: Uint8Array;
  readonly gasLimit: bigint;
  readonly baseFee?: bigint | undefined;
  /** 32 bytes. */
  readonly prevRandao?: Uint8Array | undefined;
  /** Before the Merge, in place of `prevRandao`. */
  readonly difficulty?: bigint | undefined;
  readonly blobBaseFee?: bigint | undefined;
  readonly chainId: bigint;
}

export interface CoreTransaction {
  readonly origin: Uint8Array;
  /** In wei for each gas. */
  readonly gasPrice: bigint;
  readonly blobHashes?: readonly Uint8Array[];
}

export interface CoreMessage {
  readonly caller: Uint8Array;
  /** Absent for a creation. */
  readonly to?: Uint8Array | undefined;
  readonly value: bigint;
  readonly data: Uint8Array;
  readonly gas: bigint;
  readonly isStatic?: boolean;
  /** Of a creation as CREATE2 does it, 32 bytes. */
  readonly salt?: Uint8Array;
}

export interface CoreResult {
  readonly status: CoreStatus;
  readonly gasLeft: bigint;
  /** As the opcodes count it, before any cap. */
  readonly refund: bigint;
  /** Return data, or the reason of a revert. */
  readonly output: Uint8Array;
  /** Of a creation, also of one that failed. */
  readonly createdAddress: Uint8Array | undefined;
}

/** A message that has not ended: call `resume` to let it go on. */
export interface Suspended {
  /** The slice of gas is used up, or a precompile has run for as long; or state must be fetched first. */
  readonly why: 'slice' | 'missing';
  /** Fetches what is missing. */
  readonly fetch?: () => Promise<void>;
}

export interface CoreLog {
  readonly address: Uint8Array;
  readonly topics: Uint8Array[];
  readonly data: Uint8Array;
}

export interface PrecompileResult {
  readonly gasUsed: bigint;
  readonly output: Uint8Array;
  /** There when it has not ended, so that others may have their turn first: then there is no output yet. */
  readonly goOn?: () => PrecompileResult;
}

/** @returns undefined when it fails, which takes all gas. */
export type PrecompileRun = (input: Uint8Array, gas: bigint) => PrecompileResult | undefined;

export type MessageKind = 'CALL' | 'CALLCODE' | 'DELEGATECALL' | 'STATICCALL' | 'CREATE' | 'CREATE2';

/** A message as it begins. */
export interface ObservedMessage {
  readonly kind: MessageKind;
  readonly depth: number;
  readonly caller: Uint8Array;
  /** Whose storage it works on. */
  readonly to: Uint8Array;
  /** Whose code it runs. */
  readonly codeAddress: Uint8Array;
  readonly value: bigint;
  readonly gas: bigint;
  /** Call data or initcode; a copy. */
  readonly input: Uint8Array;
  readonly isStatic: boolean;
  /** What is left to the caller, the gas of this message not counted; 0 for the first. */
  readonly callerGas: number;
}

/** A message as it ends. */
export interface ObservedEnd {
  readonly status: CoreStatus;
  readonly gasLeft: bigint;
  /**
   * Gas when its last instruction was paid for, less than nothing when it could not be: before what a failure takes, and a
   * contract's code costs. Told only while steps are.
   */
  readonly endGas: number;
  /** The byte that was no opcode, where that ended it. */
  readonly invalidOpcode?: number;
  /** Why a precompile failed, where the machine says so. */
  readonly detail?: string;
  /** A copy; of a creation that succeeded, the code. */
  readonly output: Uint8Array;
}

/** Told of every message, also of those that come to nothing before they begin, in order. */
export interface MessageObserver {
  enter?(message: ObservedMessage): void;
  exit?(end: ObservedEnd): void;
  selfDestruct?(account: Uint8Array, beneficiary: Uint8Array, balance: bigint): void;
  /** Call data for the address that `console.log` calls; a copy. */
  console?(data: Uint8Array): void;
}

/** Who took part in a transaction. */
export interface Participants {
  readonly addresses: readonly Uint8Array[];
  readonly created: readonly { readonly address: Uint8Array; readonly creator: Uint8Array }[];
}
