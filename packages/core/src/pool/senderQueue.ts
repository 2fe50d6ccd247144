import type { Address } from '@ethereumjs/util';
import { worstCost } from '../transactions/prices.ts';
import type { PooledTransaction } from './pooledTransaction.ts';

const compareNonce = (a: PooledTransaction, b: PooledTransaction): number => (a.tx.nonce < b.tx.nonce ? -1 : 1);

/**
 * One sender's waiting transactions by nonce. Those that follow the account's nonce without a gap are ready. Where the run of
 * ready ones ends and what all of them can cost is kept up to date, so that asking costs nothing however many wait.
 */
export class SenderQueue {
  readonly address: Address;
  readonly #byNonce = new Map<bigint, PooledTransaction>();
  #nonce: bigint;
  #next: bigint;
  #cost = 0n;

  /** @param nonce of the account at the head. */
  constructor(address: Address, nonce: bigint) {
    this.address = address;
    this.#nonce = nonce;
    this.#next = nonce;
  }

  get size(): number {
    return this.#byNonce.size;
  }

  get hasReady(): boolean {
    return this.#next > this.#nonce;
  }

  /** Of the account at the head. */
  get nonce(): bigint {
    return this.#nonce;
  }

  /** The nonce after the last ready transaction. */
  get next(): bigint {
    return this.#next;
  }

  /** Most that all of them can take from the sender, wei. */
  get cost(): bigint {
    return this.#cost;
  }

  at(nonce: bigint): PooledTransaction | undefined {
    return this.#byNonce.get(nonce);
  }

  /** In the place of another with the same nonce, if there is one. */
  put(pooled: PooledTransaction): void {
    this.remove(pooled.tx.nonce);
    this.#byNonce.set(pooled.tx.nonce, pooled);
    this.#cost += worstCost(pooled.tx);
    this.#extend();
  }

  remove(nonce: bigint): void {
    const pooled = this.#byNonce.get(nonce);
    if (pooled === undefined) return;
    this.#byNonce.delete(nonce);
    this.#cost -= worstCost(pooled.tx);
    if (nonce >= this.#nonce && nonce < this.#next) this.#next = nonce;
  }

  /** The account's nonce has changed. @returns those that it has left behind, which are still here. */
  rebase(nonce: bigint): PooledTransaction[] {
    if (nonce === this.#nonce) return [];
    this.#nonce = nonce;
    this.#next = nonce;
    this.#extend();
    return [...this.#byNonce.values()].filter(({ tx }) => tx.nonce < nonce);
  }

  /** In the order of their nonces. */
  ready(): PooledTransaction[] {
    const ready: PooledTransaction[] = [];
    for (let nonce = this.#nonce; nonce < this.#next; nonce++)
      ready.push(this.#byNonce.get(nonce) as PooledTransaction);
    return ready;
  }

  /** Those beyond a gap, in the order of their nonces. */
  queued(): PooledTransaction[] {
    return [...this.#byNonce.values()].filter(({ tx }) => tx.nonce >= this.#next).sort(compareNonce);
  }

  #extend(): void {
    while (this.#byNonce.has(this.#next)) this.#next++;
  }
}
