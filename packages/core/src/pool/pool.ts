import { isBlob4844Tx, type TypedTransaction } from '@ethereumjs/tx';
import { type Address, bytesToHex } from '@ethereumjs/util';
import type { PoolReader } from '../contract.ts';
import type { ChainEvents } from '../events.ts';
import type { StateView } from '../state/stateView.ts';
import { feeCapOf, tipCapOf } from '../transactions/prices.ts';
import { poolError } from './faults.ts';
import { OrderedTransactions, type PoolOrder } from './order.ts';
import type { DropRecord, PooledTransaction } from './pooledTransaction.ts';

interface PoolModules {
  readonly events: ChainEvents;
  /** State at the head. */
  readonly headState: () => StateView;
}

/** How many reasons are remembered for transactions that left the pool. */
const DROP_RECORDS = 10_000;
const CAPACITY = 100_000;
const PRICE_BUMP = 110n;
const BLOB_BUMP = 200n;

interface SenderQueue {
  readonly address: Address;
  /** Account nonce at the head. */
  nonce: bigint;
  readonly byNonce: Map<bigint, PooledTransaction>;
}

/**
 * Transactions that wait: ready ones follow their sender's account nonce without a gap, queued ones wait for the gap to
 * close. None leaves without being mined or having a reason recorded.
 */
export class Pool implements PoolReader {
  readonly #events: ChainEvents;
  readonly #headState: () => StateView;
  readonly #senders = new Map<string, SenderQueue>();
  readonly #byHash = new Map<string, PooledTransaction>();
  readonly #drops = new Map<string, DropRecord>();
  #arrivals = 0;
  #version = 0;

  constructor(modules: PoolModules) {
    this.#events = modules.events;
    this.#headState = modules.headState;
  }

  /** Grows with every change; what a pending block was built from. */
  get version(): number {
    return this.#version;
  }

  get ready(): readonly PooledTransaction[] {
    return [...this.#senders.values()].flatMap((queue) => readyOf(queue));
  }

  get queued(): readonly PooledTransaction[] {
    return [...this.#senders.values()].flatMap((queue) => {
      const ready = new Set(readyOf(queue));
      return [...queue.byNonce.values()].filter((pooled) => !ready.has(pooled)).sort((a, b) => compareNonce(a, b));
    });
  }

  get hasReady(): boolean {
    for (const queue of this.#senders.values()) if (queue.byNonce.has(queue.nonce)) return true;
    return false;
  }

  get(hash: Uint8Array): PooledTransaction | undefined {
    return this.#byHash.get(bytesToHex(hash));
  }

  async nextNonce(address: Address): Promise<bigint> {
    const queue = this.#senders.get(address.toString());
    if (queue === undefined) return this.#headState().nonce(address);
    return queue.nonce + BigInt(readyOf(queue).length);
  }

  dropReason(hash: Uint8Array): DropRecord | undefined {
    return this.#drops.get(bytesToHex(hash));
  }

  ordered(order: PoolOrder, baseFee: bigint): OrderedTransactions {
    return new OrderedTransactions([...this.#senders.values()].map(readyOf), order, baseFee);
  }

  /** @throws PoolError ALREADY_KNOWN, REPLACEMENT_UNDERPRICED, POOL_FULL. */
  async insert(tx: TypedTransaction, sender: Address, impersonated: boolean): Promise<PooledTransaction> {
    const hash = tx.hash();
    const key = bytesToHex(hash);
    if (this.#byHash.has(key)) throw poolError({ code: 'ALREADY_KNOWN', hash: key });
    const queue = await this.#queueOf(sender);
    const previous = queue.byNonce.get(tx.nonce);
    if (previous !== undefined) checkReplacement(previous.tx, tx);
    else if (this.#byHash.size >= CAPACITY) throw poolError({ code: 'POOL_FULL', limit: CAPACITY });
    const pooled: PooledTransaction = { tx, hash, sender, impersonated, order: this.#arrivals++ };
    this.#senders.set(sender.toString(), queue);
    queue.byNonce.set(tx.nonce, pooled);
    this.#byHash.set(key, pooled);
    this.#drops.delete(key);
    this.#version++;
    if (previous !== undefined) {
      this.#byHash.delete(bytesToHex(previous.hash));
      this.#record({ hash: previous.hash, reason: 'replaced', detail: `replaced by ${key}` });
    }
    this.#events.emit('transactionQueued', pooled);
    return pooled;
  }

  /** @returns whether it was there. */
  drop(hash: Uint8Array, reason: DropRecord['reason'], detail: string): boolean {
    const pooled = this.get(hash);
    if (pooled === undefined) return false;
    this.#forget(pooled);
    this.#record({ hash, reason, detail });
    return true;
  }

  dropAll(detail: string): void {
    for (const pooled of [...this.#byHash.values()]) this.drop(pooled.hash, 'removed', detail);
  }

  /** After the head moved: takes out what was mined, and what a mined transaction with the same nonce made impossible. */
  async rebase(isMined: (hash: Uint8Array) => boolean): Promise<void> {
    const state = this.#headState();
    for (const [key, queue] of [...this.#senders]) {
      queue.nonce = await state.nonce(queue.address);
      for (const pooled of [...queue.byNonce.values()]) {
        if (pooled.tx.nonce >= queue.nonce) continue;
        this.#forget(pooled);
        if (!isMined(pooled.hash)) {
          this.#record({ hash: pooled.hash, reason: 'invalid', detail: `nonce too low: next nonce ${queue.nonce}` });
        }
      }
      if (queue.byNonce.size === 0) this.#senders.delete(key);
    }
    this.#version++;
  }

  capture(): readonly PooledTransaction[] {
    return [...this.#byHash.values()];
  }

  /** Puts back exactly what was captured; what came later leaves with a record. */
  async restore(memento: readonly PooledTransaction[]): Promise<void> {
    const kept = new Set(memento.map(({ hash }) => bytesToHex(hash)));
    for (const pooled of [...this.#byHash.values()]) {
      if (!kept.has(bytesToHex(pooled.hash))) this.drop(pooled.hash, 'reverted-snapshot', 'sent after the snapshot');
    }
    this.#senders.clear();
    this.#byHash.clear();
    for (const pooled of memento) {
      const queue = await this.#queueOf(pooled.sender);
      this.#senders.set(pooled.sender.toString(), queue);
      queue.byNonce.set(pooled.tx.nonce, pooled);
      this.#byHash.set(bytesToHex(pooled.hash), pooled);
      this.#drops.delete(bytesToHex(pooled.hash));
    }
    this.#version++;
  }

  async #queueOf(sender: Address): Promise<SenderQueue> {
    const queue = this.#senders.get(sender.toString());
    if (queue !== undefined) return queue;
    return { address: sender, nonce: await this.#headState().nonce(sender), byNonce: new Map() };
  }

  #forget(pooled: PooledTransaction): void {
    const key = pooled.sender.toString();
    const queue = this.#senders.get(key);
    queue?.byNonce.delete(pooled.tx.nonce);
    if (queue?.byNonce.size === 0) this.#senders.delete(key);
    this.#byHash.delete(bytesToHex(pooled.hash));
    this.#version++;
  }

  #record(drop: DropRecord): void {
    this.#drops.set(bytesToHex(drop.hash), drop);
    if (this.#drops.size > DROP_RECORDS) this.#drops.delete(this.#drops.keys().next().value as string);
    this.#events.emit('transactionDropped', drop);
  }
}

const compareNonce = (a: PooledTransaction, b: PooledTransaction): number => (a.tx.nonce < b.tx.nonce ? -1 : 1);

function readyOf(queue: SenderQueue): PooledTransaction[] {
  const ready: PooledTransaction[] = [];
  for (let nonce = queue.nonce; ; nonce++) {
    const pooled = queue.byNonce.get(nonce);
    if (pooled === undefined) return ready;
    ready.push(pooled);
  }
}

/** geth's rule: 10 % more of cap and tip, twice as much for blobs. */
function checkReplacement(previous: TypedTransaction, next: TypedTransaction): void {
  const bump = isBlob4844Tx(previous) ? BLOB_BUMP : PRICE_BUMP;
  const pairs: [bigint, bigint][] = [
    [feeCapOf(previous), feeCapOf(next)],
    [tipCapOf(previous), tipCapOf(next)],
  ];
  if (isBlob4844Tx(previous)) pairs.push([previous.maxFeePerBlobGas, isBlob4844Tx(next) ? next.maxFeePerBlobGas : 0n]);
  for (const [before, after] of pairs) {
    const needed = (before * bump + 99n) / 100n;
    if (after < needed || after <= before) throw poolError({ code: 'REPLACEMENT_UNDERPRICED', needed, got: after });
  }
}
