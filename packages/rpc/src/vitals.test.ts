import { type Chain, createChain } from '@minichain/core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Vitals } from './vitals.ts';

let chain: Chain;
beforeEach(async () => {
  chain = await createChain();
});
afterEach(() => chain.close());

const turn = () => new Promise((resolve) => setTimeout(resolve, 1));

it('counts the age of the head from when it arrived, not by the clock of the chain', async () => {
  const vitals = new Vitals(chain);
  while (vitals.headAgeMs < 5) await turn();
  chain.clock.increase(100_000n);
  const { headAgeMs, uptimeMs } = vitals;
  expect(headAgeMs).toBeLessThanOrEqual(uptimeMs);
  const before = performance.now();
  await chain.miner.mine();
  expect(vitals.headAgeMs).toBeLessThanOrEqual(performance.now() - before);
  expect(vitals.uptimeMs).toBeGreaterThanOrEqual(5);
});

it('knows how late the event loop was since it was first asked', async () => {
  const vitals = new Vitals(chain);
  expect(vitals.lag()).toEqual({ meanMs: 0, maxMs: 0 });
  const ticked = () => vitals.lag().meanMs > 0;
  while (!ticked()) await turn();
  const until = performance.now() + 300;
  while (performance.now() < until);
  await expect.poll(() => vitals.lag().maxMs).toBeGreaterThan(200);
});
