import type { MinichainClient } from '@minichain/sdk';
import type { JsonRpcAccount } from 'viem';
import { test as base, type TestAPI } from 'vitest';
import { ConcurrentTestError } from './errors.ts';
import { type StartNodeOptions, startNode, type TestNode } from './startNode.ts';

export interface CreateTestOptions<Port extends number | false = number | false> extends StartNodeOptions<Port> {
  /** Whether the chain goes back after each test to what it was before; default true. */
  readonly isolate?: boolean;
}

/** What a test, and `test.beforeAll`, is handed. */
export interface NodeFixtures<Url extends string | undefined> {
  readonly node: TestNode<Url>;
  readonly client: MinichainClient<JsonRpcAccount>;
}

interface Fixtures extends NodeFixtures<string | undefined> {
  readonly fileIsolation: true;
  readonly testIsolation: true;
}

async function undoAfter({ client }: TestNode, use: (value: true) => Promise<void>): Promise<void> {
  const id = await client.snapshot();
  await use(true);
  await client.revert({ id });
}

/**
 * A vitest `test` with a node, which is started once per worker and closed with it. Each file begins with a fresh chain,
 * each test with the chain as `test.beforeAll` left it. Call it at the top level of a file.
 * @throws ConcurrentTestError in a concurrent test, unless `isolate` is false.
 * @example
 * const test = createTest({ chain: { hardfork: 'prague' } });
 * test.beforeAll(async ({ client }) => { await client.mine({ blocks: 1 }); });
 * test('pays', async ({ client }) => { await client.send({ to, value: 1n }); });
 */
export function createTest<const Port extends number | false = number>(
  options: CreateTestOptions<Port> = {},
): TestAPI<NodeFixtures<Port extends false ? undefined : string>> {
  const { isolate = true, ...startOptions } = options;
  // Vitest reads a fixture's first parameter for what it depends on, so it must be a pattern, even an empty one.
  const extended = base.extend<Fixtures>({
    node: [
      // biome-ignore lint/correctness/noEmptyPattern: see above
      async ({}, use) => {
        const node = await startNode(startOptions as StartNodeOptions);
        await use(node);
        await node.close();
      },
      { scope: 'worker' },
    ],
    client: [async ({ node }, use) => use(node.client), { scope: 'worker' }],
    fileIsolation: [async ({ node }, use) => undoAfter(node, use), { scope: 'file', auto: true }],
    testIsolation: [
      async ({ node, task }, use) => {
        if (!isolate) return use(true);
        if (task.concurrent) throw new ConcurrentTestError(task.name);
        return undoAfter(node, use);
      },
      { auto: true },
    ],
  });
  return extended as unknown as TestAPI<NodeFixtures<Port extends false ? undefined : string>>;
}

/** A `test` with a node that opens no port. @example test('mines', async ({ client }) => { await client.mine({ blocks: 1 }); }) */
export const test = createTest({ port: false });

/** A `test` with a node on a free port. @example serverTest('serves', async ({ node }) => { await fetch(`${node.url}/health`); }) */
export const serverTest = createTest();
