import { expect, it } from 'vitest';
import { mapInTurns } from './turns.ts';

it('maps in order, and lets others have their turn', async () => {
  const items = Array.from({ length: 200 }, (_, i) => i);
  const slow = (item: number) => {
    const until = performance.now() + 0.5;
    while (performance.now() < until);
    return 2 * item;
  };
  let others = 0;
  let isDone = false;
  const mapped = mapInTurns(items, slow).finally(() => {
    isDone = true;
  });
  while (!isDone) {
    await new Promise((resolve) => setImmediate(resolve));
    others++;
  }
  expect(await mapped).toEqual(items.map((item) => 2 * item));
  expect(others).toBeGreaterThan(2);
});
