import { afterAll, beforeAll, expect, it } from 'vitest';
import { isolateEach } from './isolateEach.ts';
import { startNode, type TestNode } from './startNode.ts';

let node: TestNode;
beforeAll(async () => {
  node = await startNode({ port: false });
});
afterAll(() => node.close());

it('puts the chain back after every test', async () => {
  const hooks: Record<'before' | 'after', () => Promise<void>> = { before: async () => {}, after: async () => {} };
  isolateEach(node.client, {
    beforeEach: (run) => {
      hooks.before = run;
    },
    afterEach: (run) => {
      hooks.after = run;
    },
  });
  await node.client.mine({ blocks: 1 });
  for (let round = 0; round < 2; round++) {
    await hooks.before();
    expect(await node.client.getBlockNumber()).toBe(1n);
    await node.client.mine({ blocks: 3 });
    await hooks.after();
  }
  expect(await node.client.getBlockNumber()).toBe(1n);
});

it('leaves the chain alone when there is no snapshot to go back to', async () => {
  let after = async (): Promise<void> => {};
  isolateEach(node.client, {
    beforeEach: () => {},
    afterEach: (run) => {
      after = run;
    },
  });
  await node.client.mine({ blocks: 1 });
  const head = await node.client.getBlockNumber();
  await after();
  expect(await node.client.getBlockNumber()).toBe(head);
});
