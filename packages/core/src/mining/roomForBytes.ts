import type { BlockHeader } from '@ethereumjs/block';
import type { TypedTransaction } from '@ethereumjs/tx';
import { mostBlockBytes } from '../blocks/blockSize.ts';

/** A byte of calldata costs 10 gas at least (EIP-7623): blocks of less gas cannot become too large. */
const GAS_OF_A_LARGE_BLOCK = 80_000_000n;
/** What a block has besides its transactions, at most: the header, withdrawals, the prefixes of lists. */
const AROUND_TRANSACTIONS = 4096;
const AROUND_TRANSACTION = 4;

/** How much room for bytes is left in a block that is being built (EIP-7934). */
export class RoomForBytes {
  #left: number;

  constructor({ common, gasLimit }: BlockHeader) {
    const most = gasLimit > GAS_OF_A_LARGE_BLOCK ? mostBlockBytes(common) : Number.POSITIVE_INFINITY;
    this.#left = most - AROUND_TRANSACTIONS;
  }

  /** @param mined as it stands in blocks: without blobs. @returns bytes; 0 where no block can become too large. */
  of(mined: () => TypedTransaction): number {
    return this.#left === Number.POSITIVE_INFINITY ? 0 : mined().serialize().length + AROUND_TRANSACTION;
  }

  has(bytes: number): boolean {
    return bytes <= this.#left;
  }

  take(bytes: number): void {
    this.#left -= bytes;
  }
}
