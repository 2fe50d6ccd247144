import { expect, it, vi } from 'vitest';
import { createChain } from '../createChain.ts';

it('waits for as long as a timer can, where the interval is longer', async () => {
  const chain = await createChain();
  const timer = vi.spyOn(globalThis, 'setTimeout');
  await chain.miner.setMode({ type: 'interval', intervalMs: 2 ** 40 });
  expect(timer.mock.calls.map(([, delay]) => delay)).toEqual([2 ** 31 - 1]);
  timer.mockRestore();
  await chain.close();
});
