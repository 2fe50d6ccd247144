import type { Common } from '@ethereumjs/common';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { GWEI, openHardforks, signed } from '../chain.fixture.ts';
import { worstCost } from '../transactions/prices.ts';
import type { PooledTransaction } from './pooledTransaction.ts';
import { SenderQueue } from './senderQueue.ts';

const KEY = new Uint8Array(32).fill(1);
let common: Common;
/** One per nonce, made once: signing is what costs. */
const made: PooledTransaction[] = [];
beforeAll(async () => {
  common = (await openHardforks()).commonAt(0n, 0n);
  for (let nonce = 0n; nonce < 12n; nonce++) {
    const tx = signed(KEY, { nonce, maxFeePerGas: (nonce + 2n) * GWEI }, common);
    made.push({ tx, hash: tx.hash(), sender: tx.getSenderAddress(), impersonated: false, order: Number(nonce) });
  }
});
const at = (nonce: number): PooledTransaction => made[nonce] as PooledTransaction;
const nonces = (list: readonly PooledTransaction[]): number[] => list.map(({ tx }) => Number(tx.nonce));
const queueAt = (nonce: bigint): SenderQueue => new SenderQueue(at(0).sender, nonce);

describe('SenderQueue', () => {
  it('is ready up to the first gap', () => {
    const queue = queueAt(2n);
    for (const nonce of [5, 2, 3]) queue.put(at(nonce));
    expect(nonces(queue.ready())).toEqual([2, 3]);
    expect(nonces(queue.queued())).toEqual([5]);
    expect(queue.next).toBe(4n);
    queue.put(at(4));
    expect(nonces(queue.ready())).toEqual([2, 3, 4, 5]);
    queue.remove(3n);
    expect(nonces(queue.ready())).toEqual([2]);
    expect(nonces(queue.queued())).toEqual([4, 5]);
  });

  it('names those that a new account nonce leaves behind', () => {
    const queue = queueAt(0n);
    for (const nonce of [0, 1, 2]) queue.put(at(nonce));
    expect(nonces(queue.rebase(2n))).toEqual([0, 1]);
    expect(queue.next).toBe(3n);
    expect(queue.rebase(2n)).toEqual([]);
  });

  it('agrees with the definition after any sequence of changes', () => {
    const nonce = fc.integer({ min: 0, max: 11 });
    const change = fc.oneof(
      fc.record({ kind: fc.constant('put' as const), nonce }),
      fc.record({ kind: fc.constant('remove' as const), nonce }),
      fc.record({ kind: fc.constant('rebase' as const), nonce }),
    );
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
        const queue = queueAt(0n);
        const waiting = new Set<number>();
        let base = 0;
        for (const { kind, nonce: value } of changes) {
          if (kind === 'put' && value >= base) {
            queue.put(at(value));
            waiting.add(value);
          } else if (kind === 'remove') {
            queue.remove(BigInt(value));
            waiting.delete(value);
          } else if (kind === 'rebase') {
            base = value;
            for (const left of queue.rebase(BigInt(value))) {
              queue.remove(left.tx.nonce);
              waiting.delete(Number(left.tx.nonce));
            }
          }
        }
        let next = base;
        while (waiting.has(next)) next++;
        const ready = Array.from({ length: next - base }, (_, i) => base + i);
        const queued = [...waiting].filter((one) => one > next).sort((a, b) => a - b);
        expect(nonces(queue.ready())).toEqual(ready);
        expect(nonces(queue.queued())).toEqual(queued);
        expect(queue.next).toBe(BigInt(next));
        expect(queue.hasReady).toBe(ready.length > 0);
        expect(queue.size).toBe(waiting.size);
        expect(queue.cost).toBe([...waiting].reduce((sum, one) => sum + worstCost(at(one).tx), 0n));
      }),
    );
  });
});
