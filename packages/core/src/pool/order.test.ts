import type { Common } from '@ethereumjs/common';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { GWEI, openHardforks, signed } from '../chain.fixture.ts';
import { effectiveTip } from '../transactions/prices.ts';
import { OrderedTransactions, queueOf, type TransactionQueue } from './order.ts';
import type { PooledTransaction } from './pooledTransaction.ts';

let common: Common;
beforeAll(async () => {
  common = (await openHardforks()).commonAt(0n, 0n);
});

let arrivals = 0;
function pooled(sender: number, nonce: number, tip: bigint, cap = 100n): PooledTransaction {
  const prices = { maxFeePerGas: cap * GWEI, maxPriorityFeePerGas: tip * GWEI };
  const tx = signed(new Uint8Array(32).fill(sender), { nonce, ...prices }, common);
  return { tx, hash: tx.hash(), sender: tx.getSenderAddress(), impersonated: false, order: arrivals++ };
}

function drain(queue: TransactionQueue): PooledTransaction[] {
  const found: PooledTransaction[] = [];
  for (let next = queue.peek(); next !== undefined; next = queue.peek()) {
    found.push(next);
    queue.shift();
  }
  return found;
}

describe('OrderedTransactions', () => {
  it('takes the highest effective tip first, and a sender by nonce whatever its tips', () => {
    const [a0, a1, b0, c0] = [pooled(1, 0, 1n), pooled(1, 1, 9n), pooled(2, 0, 5n), pooled(3, 0, 50n, 52n)];
    const queue = new OrderedTransactions([[a0, a1], [b0], [c0]], 'fees', 50n * GWEI);
    // The cap of the last leaves it 2 gwei above the base fee.
    expect(drain(queue)).toEqual([b0, c0, a0, a1]);
  });

  it('takes the first come first when asked to, and among equals', () => {
    const [late, early] = [pooled(1, 0, 9n), pooled(2, 0, 1n)];
    const first = { ...early, order: -1 };
    expect(drain(new OrderedTransactions([[late], [first]], 'fifo', 0n))).toEqual([first, late]);
    const equal = { ...pooled(3, 0, 9n), order: -2 };
    expect(drain(new OrderedTransactions([[late], [equal]], 'fees', 0n))[0]).toBe(equal);
  });

  it('leaves out a sender that is skipped', () => {
    const [a0, a1, b0] = [pooled(1, 0, 9n), pooled(1, 1, 9n), pooled(2, 0, 1n)];
    const queue = new OrderedTransactions([[a0, a1], [b0]], 'fees', 0n);
    queue.skip();
    expect(drain(queue)).toEqual([b0]);
  });

  it('is never worse at any step than another sender’s next', () => {
    const tips = fc.array(fc.array(fc.bigInt(1n, 20n), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(tips, (senders) => {
        const queues = senders.map((list, i) => list.map((tip, nonce) => pooled(i + 1, nonce, tip)));
        const remaining = queues.map((queue) => [...queue]);
        for (const taken of drain(new OrderedTransactions(queues, 'fees', GWEI))) {
          const heads = remaining.map((queue) => queue[0]).filter((head) => head !== undefined);
          const best = heads.reduce((max, { tx }) => (effectiveTip(tx, GWEI) > max ? effectiveTip(tx, GWEI) : max), 0n);
          expect(effectiveTip(taken.tx, GWEI)).toBe(best);
          expect(remaining.find((queue) => queue[0] === taken)?.shift()).toBe(taken);
        }
        expect(remaining.flat()).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
});

describe('queueOf', () => {
  it('keeps the order that it is given, whatever becomes of each', () => {
    const list = [pooled(1, 5, 1n), pooled(1, 3, 1n), pooled(2, 0, 1n)];
    const queue = queueOf(list);
    expect(queue.peek()).toBe(list[0]);
    queue.skip();
    expect(drain(queue)).toEqual(list.slice(1));
    expect(queue.peek()).toBeUndefined();
  });
});
