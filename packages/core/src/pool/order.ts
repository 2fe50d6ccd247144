import { effectiveTip } from '../transactions/prices.ts';
import type { PooledTransaction } from './pooledTransaction.ts';

export type PoolOrder = 'fees' | 'fifo';

/** Whether `a` goes before `b` when both could. */
function comesBefore(a: PooledTransaction, b: PooledTransaction, order: PoolOrder, baseFee: bigint): boolean {
  if (order === 'fees') {
    const [tipA, tipB] = [effectiveTip(a.tx, baseFee), effectiveTip(b.tx, baseFee)];
    if (tipA !== tipB) return tipA > tipB;
  }
  return a.order < b.order;
}

/** Transactions in the order in which a block producer tries them. */
export interface TransactionQueue {
  /** The next to try; undefined at the end. */
  peek(): PooledTransaction | undefined;
  /** It is in the block: go on. */
  shift(): void;
  /** It is not, so what depends on it cannot be either. */
  skip(): void;
}

/** A list that is taken as it is. @example queueOf([first, second]) */
export function queueOf(transactions: readonly PooledTransaction[]): TransactionQueue {
  let next = 0;
  const forward = (): void => {
    next++;
  };
  return { peek: () => transactions[next], shift: forward, skip: forward };
}

/**
 * Walks the senders' queues (each by nonce) as a block producer should: always the best of the queues' heads, best being
 * the highest effective tip or the earliest arrival. `skip()` leaves the present sender out for the rest.
 */
export class OrderedTransactions implements TransactionQueue {
  readonly #heap: PooledTransaction[][];
  readonly #before: (a: PooledTransaction[], b: PooledTransaction[]) => boolean;

  constructor(queues: readonly (readonly PooledTransaction[])[], order: PoolOrder, baseFee: bigint) {
    const head = (queue: PooledTransaction[]) => queue[queue.length - 1] as PooledTransaction;
    this.#before = (a, b) => comesBefore(head(a), head(b), order, baseFee);
    // Reversed, so that the next transaction is popped off the end.
    this.#heap = queues.filter((queue) => queue.length > 0).map((queue) => [...queue].reverse());
    for (let i = (this.#heap.length >> 1) - 1; i >= 0; i--) this.#sink(i);
  }

  peek(): PooledTransaction | undefined {
    return this.#heap[0]?.at(-1);
  }

  /** Moves on to the sender's next transaction. */
  shift(): void {
    const queue = this.#heap[0];
    queue?.pop();
    if (queue?.length === 0) this.skip();
    else this.#sink(0);
  }

  /** Leaves the sender of `peek()` out: a later nonce cannot go before this one. */
  skip(): void {
    const last = this.#heap.pop();
    if (this.#heap.length === 0 || last === undefined) return;
    this.#heap[0] = last;
    this.#sink(0);
  }

  #sink(start: number): void {
    const heap = this.#heap;
    let index = start;
    for (;;) {
      let best = index;
      for (const child of [2 * index + 1, 2 * index + 2]) {
        if (
          child < heap.length &&
          this.#before(heap[child] as PooledTransaction[], heap[best] as PooledTransaction[])
        ) {
          best = child;
        }
      }
      if (best === index) return;
      [heap[index], heap[best]] = [heap[best] as PooledTransaction[], heap[index] as PooledTransaction[]];
      index = best;
    }
  }
}
