import type { TypedTransaction } from '@ethereumjs/tx';
import type { Address } from '@ethereumjs/util';
import type { ChainEvents } from '../events.ts';
import type { PoolReader } from '../readers.ts';
import { hexFrom } from '../state/hexFrom.ts';
import type { StateView } from '../state/stateView.ts';
import { worstCost } from '../transactions/prices.ts';
import { poolError } from './faults.ts';
import { OrderedTransactions, type PoolOrder } from './order.ts';
import type { DropRecord, PooledTransaction } from './pooledTransaction.ts';
import type { PoolJournal } from './poolJournal.ts';
import { checkReplacement } from './replace.ts';
import { SenderQueue } from './senderQueue.ts';

interface PoolModules {
  readonly events: ChainEvents;
  /** State at the head. */
  readonly headState: () => StateView;
  readonly journal: Pick<PoolJournal, 'put' | 'remove' | 'follow' | 'isKept'>;
}

/** How many reasons are remembered for transactions that left the pool. */
const DROP_RECORDS = 10_000;
const CAPACITY = 100_000;

/**
 * Transactions that wait: ready ones follow their sender's account nonce without a gap, queued ones wait for the gap to
 * close. None leaves without being mined or having a reason recorded.
 */
export class Pool implements PoolReader {
  readonly #events: ChainEvents;
  readonly #headState: () => StateView;
  readonly #journal: PoolModules['journal'];
  readonly #senders = new Map<string, SenderQueue>();
  readonly #byHash = new Map<string, PooledTransaction>();
  readonly #drops = new Map<string, DropRecord>();
  /** Since the last write: what brings back how it was then, newest last. */
  #undo: (() => void)[] = [];
  #arrivals = 0;
  #version = 0;

  constructor(modules: PoolModules) {
    this.#events = modules.events;
    this.#headState = modules.headState;
    this.#journal = modules.journal;
    this.#journal.follow({
      lost: (detail) => this.#takeBack(detail),
      written: () => {
        this.#undo = [];
      },
    });
  }

  /** Grows with every change; what a pending block was built from. */
  get version(): number {
    return this.#version;
  }

  /** Arrival number that the next transaction gets. */
  get arrivals(): number {
    return this.#arrivals;
  }

  /** Numbers go on after a restart. */
  resumeArrivals(next: number): void {
    this.#arrivals = next;
  }

  get ready(): readonly PooledTransaction[] {
    return [...this.#senders.values()].flatMap((queue) => queue.ready());
  }

  get queued(): readonly PooledTransaction[] {
    return [...this.#senders.values()].flatMap((queue) => queue.queued());
  }

  get hasReady(): boolean {
    for (const queue of this.#senders.values()) if (queue.hasReady) return true;
    return false;
  }

  get(hash: Uint8Array): PooledTransaction | undefined {
    return this.#byHash.get(hexFrom(hash));
  }

  async nextNonce(address: Address): Promise<bigint> {
    return this.#senders.get(hexFrom(address.bytes))?.next ?? this.#headState().nonce(address);
  }

  /** Most that the sender's other transactions can cost, wei; one with the given nonce would be replaced and does not count. */
  expenditure(sender: Address, nonce: bigint): bigint {
    const queue = this.#senders.get(hexFrom(sender.bytes));
    if (queue === undefined) return 0n;
    const replaced = queue.at(nonce);
    return queue.cost - (replaced === undefined ? 0n : worstCost(replaced.tx));
  }

  /** A sender's transactions, ready and queued. */
  of(sender: Address): readonly PooledTransaction[] {
    const queue = this.#senders.get(hexFrom(sender.bytes));
    return queue === undefined ? [] : [...queue.ready(), ...queue.queued()];
  }

  dropReason(hash: Uint8Array): DropRecord | undefined {
    return this.#drops.get(hexFrom(hash));
  }

  ordered(order: PoolOrder, baseFee: bigint): OrderedTransactions {
    const queues = [...this.#senders.values()].map((queue) => queue.ready());
    return new OrderedTransactions(queues, order, baseFee);
  }

  /** @throws PoolError ALREADY_KNOWN. */
  requireUnknown(hash: Uint8Array): void {
    const key = hexFrom(hash);
    if (this.#byHash.has(key)) throw poolError({ code: 'ALREADY_KNOWN', hash: `0x${key}` });
  }

  /** @throws PoolError ALREADY_KNOWN, REPLACEMENT_UNDERPRICED, POOL_FULL. */
  async insert(tx: TypedTransaction, sender: Address, impersonated: boolean): Promise<PooledTransaction> {
    const hash = tx.hash();
    this.requireUnknown(hash);
    const queue = await this.#queueOf(sender);
    const previous = queue.at(tx.nonce);
    if (previous !== undefined) checkReplacement(previous.tx, tx);
    else if (this.#byHash.size >= CAPACITY) throw poolError({ code: 'POOL_FULL', limit: CAPACITY });
    const pooled: PooledTransaction = { tx, hash, sender, impersonated, order: this.#arrivals++ };
    this.#put(queue, pooled);
    if (previous !== undefined) {
      this.#byHash.delete(hexFrom(previous.hash));
      this.#journal.remove(previous.hash);
      this.#record({ hash: previous.hash, reason: 'replaced', detail: `replaced by 0x${hexFrom(hash)}` });
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

  /** Remembers why a transaction is no longer to be had, without telling anyone. */
  note(drop: DropRecord): void {
    this.#drops.set(hexFrom(drop.hash), drop);
    if (this.#drops.size > DROP_RECORDS) this.#drops.delete(this.#drops.keys().next().value as string);
  }

  /** After the head moved: takes out what was mined, and what a mined transaction with the same nonce made impossible. */
  async rebase(isMined: (hash: Uint8Array) => boolean): Promise<void> {
    const state = this.#headState();
    for (const [key, queue] of [...this.#senders]) {
      const nonce = await state.nonce(queue.address);
      for (const pooled of queue.rebase(nonce)) {
        this.#forget(pooled);
        if (isMined(pooled.hash)) continue;
        this.#record({ hash: pooled.hash, reason: 'invalid', detail: `nonce too low: next nonce ${nonce}` });
      }
      if (queue.size === 0) this.#senders.delete(key);
    }
    this.#version++;
  }

  /**
   * Takes in again what a fork choice took off the chain. Its nonce may be used by now, or another waits with it: then the
   * reason is recorded.
   */
  async readmit(tx: TypedTransaction, sender: Address, impersonated: boolean): Promise<void> {
    const hash = tx.hash();
    const queue = await this.#queueOf(sender);
    const isUsed = tx.nonce < (await this.#headState().nonce(sender));
    if (isUsed || queue.at(tx.nonce) !== undefined) {
      const detail = isUsed ? 'its nonce is used on the new chain' : 'another transaction waits with its nonce';
      this.#record({ hash, reason: 'invalid', detail: `taken off the chain: ${detail}` });
      return;
    }
    this.#put(queue, { tx, hash, sender, impersonated, order: this.#arrivals++ });
  }

  /** Takes in what waited when the node ended, unless the chain has gone past it or there is no place. */
  async load(waiting: readonly PooledTransaction[]): Promise<void> {
    for (const pooled of waiting) {
      const queue = await this.#queueOf(pooled.sender);
      this.#arrivals = Math.max(this.#arrivals, pooled.order + 1);
      if (queue.nonce <= pooled.tx.nonce && this.#byHash.size < CAPACITY) this.#put(queue, pooled);
      else this.#journal.remove(pooled.hash);
    }
    // It is in the journal already.
    this.#undo = [];
  }

  capture(): readonly PooledTransaction[] {
    return [...this.#byHash.values()];
  }

  /** Puts back exactly what was captured; what came later leaves with a record. */
  async restore(memento: readonly PooledTransaction[]): Promise<void> {
    const kept = new Set(memento.map(({ hash }) => hexFrom(hash)));
    for (const pooled of [...this.#byHash.values()]) {
      if (!kept.has(hexFrom(pooled.hash))) this.drop(pooled.hash, 'reverted-snapshot', 'sent after the snapshot');
    }
    const [senders, byHash, undo] = [new Map(this.#senders), new Map(this.#byHash), [...this.#undo]];
    this.#senders.clear();
    this.#byHash.clear();
    for (const pooled of memento) this.#put(await this.#queueOf(pooled.sender), pooled);
    this.#undo = [...undo, () => this.#replace(senders, byHash)];
    this.#version++;
  }

  #replace(senders: ReadonlyMap<string, SenderQueue>, byHash: ReadonlyMap<string, PooledTransaction>): void {
    this.#senders.clear();
    this.#byHash.clear();
    for (const [key, queue] of senders) this.#senders.set(key, queue);
    for (const [key, pooled] of byHash) this.#byHash.set(key, pooled);
  }

  /** What could not be written has not happened: who is not in the journal does not wait, and who is waits. */
  #takeBack(detail: string): void {
    const [undo, before] = [this.#undo, new Map(this.#byHash)];
    if (undo.length === 0) return;
    this.#undo = [];
    for (const step of undo.reverse()) step();
    for (const [key, { hash }] of before) {
      if (!this.#byHash.has(key)) this.#record({ hash, reason: 'unwritten', detail });
    }
    this.#version++;
  }

  #record(drop: DropRecord): void {
    this.note(drop);
    this.#events.emit('transactionDropped', drop);
  }

  async #queueOf(sender: Address): Promise<SenderQueue> {
    const queue = this.#senders.get(hexFrom(sender.bytes));
    return queue ?? new SenderQueue(sender, await this.#headState().nonce(sender));
  }

  /** The one way in: what waits has no reason to be gone, whatever was recorded of it before. */
  #put(queue: SenderQueue, pooled: PooledTransaction): void {
    const replaced = queue.at(pooled.tx.nonce);
    this.#hold(queue, pooled);
    this.#noteUndo(() => {
      this.#release(queue, pooled);
      if (replaced !== undefined) this.#hold(queue, replaced);
    });
    this.#journal.put(pooled);
  }

  #hold(queue: SenderQueue, pooled: PooledTransaction): void {
    const key = hexFrom(pooled.hash);
    queue.put(pooled);
    this.#senders.set(hexFrom(pooled.sender.bytes), queue);
    this.#byHash.set(key, pooled);
    this.#drops.delete(key);
    this.#version++;
  }

  #release(queue: SenderQueue, { hash, sender, tx }: PooledTransaction): void {
    queue.remove(tx.nonce);
    if (queue.size === 0) this.#senders.delete(hexFrom(sender.bytes));
    this.#byHash.delete(hexFrom(hash));
    this.#version++;
  }

  #noteUndo(step: () => void): void {
    if (this.#journal.isKept) this.#undo.push(step);
  }

  #forget(pooled: PooledTransaction): void {
    const queue = this.#senders.get(hexFrom(pooled.sender.bytes));
    if (queue === undefined) return;
    this.#release(queue, pooled);
    this.#noteUndo(() => {
      const current = this.#senders.get(hexFrom(pooled.sender.bytes)) ?? queue;
      // A block that was written has used its nonce.
      if (pooled.tx.nonce >= current.nonce) this.#hold(current, pooled);
    });
    this.#journal.remove(pooled.hash);
  }
}
