import type { Chain, PooledTransaction } from '@minichain/core';
import { type Hex, hexFromBytes } from '@minichain/protocol';

/** Of 128 KiB each. */
const KEPT_BLOBS = 256;

/** The blobs of the transactions that were sent last: once mined, a transaction has their hashes alone. */
export class Blobs {
  readonly #byHash = new Map<Hex, Hex>();
  readonly #byTransaction = new Map<Hex, readonly Hex[]>();

  constructor({ events }: Pick<Chain, 'events'>) {
    events.on('transactionQueued', (pooled) => this.#keep(pooled));
  }

  /** @param versionedHash EIP-4844's. */
  blob(versionedHash: Uint8Array): Hex | undefined {
    return this.#byHash.get(hexFromBytes(versionedHash));
  }

  /** Undefined for a transaction without blobs, too. */
  blobsOf(transactionHash: Uint8Array): readonly Hex[] | undefined {
    const hashes = this.#byTransaction.get(hexFromBytes(transactionHash));
    const blobs = hashes?.flatMap((hash) => this.#byHash.get(hash) ?? []);
    return blobs !== undefined && blobs.length === hashes?.length ? blobs : undefined;
  }

  #keep({ tx, hash }: PooledTransaction): void {
    if (!('blobs' in tx) || tx.blobs === undefined) return;
    tx.blobVersionedHashes.forEach((versionedHash, index) => {
      this.#byHash.set(versionedHash as Hex, tx.blobs?.[index] as Hex);
    });
    this.#byTransaction.set(hexFromBytes(hash), tx.blobVersionedHashes as Hex[]);
    forgetBeyond(this.#byHash);
    forgetBeyond(this.#byTransaction);
  }
}

function forgetBeyond(kept: Map<Hex, unknown>): void {
  for (const oldest of kept.keys()) {
    if (kept.size <= KEPT_BLOBS) return;
    kept.delete(oldest);
  }
}
