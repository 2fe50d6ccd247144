import type { Hash, Hex, TransactionReceipt } from 'viem';
import type { DecodedRevert } from './decodeRevert.ts';

/** A transaction that failed in the EVM: refused before it was sent, or mined with status 0. */
export class RevertedError extends Error {
  override readonly name = 'RevertedError';
  /** One line: the `require` string, `Name(arguments)` of a custom error, a panic's meaning, or how the EVM halted. */
  readonly reason: string;
  /** What the EVM returned. */
  readonly data: Hex;
  /** Of a custom error that the ABI knows, of `Error` or of `Panic`. */
  readonly errorName: string | undefined;
  readonly args: readonly unknown[];
  /** Undefined when it was refused before it was sent. */
  readonly receipt: TransactionReceipt | undefined;

  constructor(failure: DecodedRevert & { readonly data: Hex }, receipt?: TransactionReceipt, options?: ErrorOptions) {
    const where = receipt === undefined ? '' : ` (transaction ${receipt.transactionHash})`;
    super(`reverted: ${failure.reason}${where}`, options);
    this.reason = failure.reason;
    this.data = failure.data;
    this.errorName = failure.errorName;
    this.args = failure.args;
    this.receipt = receipt;
  }
}

/** Why the pool gave a transaction up. */
export interface DropReason {
  readonly reason: 'replaced' | 'removed' | 'invalid' | 'evicted' | 'reverted-snapshot';
  readonly detail: string;
}

/** A transaction that the node had accepted and will never mine. */
export class DroppedError extends Error {
  override readonly name = 'DroppedError';
  readonly hash: Hash;
  readonly reason: DropReason['reason'];

  constructor(hash: Hash, { reason, detail }: DropReason) {
    super(`transaction ${hash} was dropped (${reason}): ${detail}`);
    this.hash = hash;
    this.reason = reason;
  }
}

/** A transaction that was not mined in time; it may still be. */
export class NotMinedError extends Error {
  override readonly name = 'NotMinedError';
  readonly hash: Hash;

  constructor(hash: Hash, timeoutMs: number, why: string) {
    super(`transaction ${hash} was not mined within ${timeoutMs} ms: ${why}`);
    this.hash = hash;
  }
}

/** The node no longer knows the snapshot: it was reverted to, or an older one was. */
export class SnapshotLostError extends Error {
  override readonly name = 'SnapshotLostError';

  constructor(id: Hex) {
    super(`snapshot ${id} is gone: it, or one taken before it, has been reverted to already`);
  }
}
