import { bytesToUnprefixedHex } from '@ethereumjs/util';
import type { ExecutedBlock, TransactionLocation } from './executedBlock.ts';

/** Every block ever imported, by hash; which of them are canonical; and where each canonical transaction is. */
export class BlockStore {
  readonly #byHash = new Map<string, ExecutedBlock>();
  /** Hash by block number. */
  readonly #canonical: string[] = [];
  readonly #transactions = new Map<string, { block: string; index: number }>();

  get(hash: Uint8Array): ExecutedBlock | undefined {
    return this.#byHash.get(bytesToUnprefixedHex(hash));
  }

  canonicalAt(number: bigint): ExecutedBlock | undefined {
    const key = this.#canonical[Number(number)];
    return key === undefined ? undefined : this.#byHash.get(key);
  }

  isCanonical(block: ExecutedBlock): boolean {
    return this.#canonical[Number(block.block.header.number)] === bytesToUnprefixedHex(block.hash);
  }

  transaction(hash: Uint8Array): TransactionLocation | undefined {
    const place = this.#transactions.get(bytesToUnprefixedHex(hash));
    if (place === undefined) return undefined;
    const block = this.#byHash.get(place.block);
    return block === undefined ? undefined : { block, index: place.index };
  }

  /** Also replaces a block under the same hash, when its state was edited after it was sealed. */
  put(block: ExecutedBlock): void {
    this.#byHash.set(bytesToUnprefixedHex(block.hash), block);
  }

  /** Forgets a block for good (a reverted snapshot's future). */
  delete(block: ExecutedBlock): void {
    this.#byHash.delete(bytesToUnprefixedHex(block.hash));
  }

  /** Appends to the canonical chain; its parent is the present end. */
  pushCanonical(block: ExecutedBlock): void {
    const key = bytesToUnprefixedHex(block.hash);
    this.#canonical.push(key);
    block.block.transactions.forEach((tx, index) => {
      this.#transactions.set(bytesToUnprefixedHex(tx.hash()), { block: key, index });
    });
  }

  /** Takes the last block off the canonical chain. */
  popCanonical(): ExecutedBlock {
    const block = this.#byHash.get(this.#canonical.pop() as string) as ExecutedBlock;
    for (const tx of block.block.transactions) this.#transactions.delete(bytesToUnprefixedHex(tx.hash()));
    return block;
  }

  clear(): void {
    this.#byHash.clear();
    this.#canonical.length = 0;
    this.#transactions.clear();
  }
}
