import type { MinichainClient } from '@minichain/sdk';

type Hook = (run: () => Promise<void>) => unknown;

/** The hooks of a test runner: node:test's, mocha's, jest's, vitest's. */
export interface EachHooks {
  readonly beforeEach: Hook;
  readonly afterEach: Hook;
}

type Snapshots = Pick<MinichainClient, 'snapshot' | 'revert'>;

/**
 * Lets every test begin with the chain as it was before the first: takes a snapshot before each and goes back to it after.
 * Tests that run at the same time need a node each.
 * @example
 * import { afterEach, beforeEach } from 'node:test';
 * isolateEach(node.client, { beforeEach, afterEach });
 */
export function isolateEach(client: Snapshots, { beforeEach, afterEach }: EachHooks): void {
  let id: `0x${string}` | undefined;
  beforeEach(async () => {
    id = await client.snapshot();
  });
  afterEach(async () => {
    if (id !== undefined) await client.revert({ id });
    id = undefined;
  });
}
