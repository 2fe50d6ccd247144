import { createClient } from '@minichain/sdk';
import { expect, it } from 'vitest';
import globalSetup, { createGlobalSetup } from './globalSetup.ts';

it.each([
  ['with the defaults', globalSetup, 31337],
  ['with options', createGlobalSetup({ chain: { chainId: 6n } }), 6],
])('provides the URL of a node until it is torn down, %s', async (_, setup, chainId) => {
  const provided: Record<string, unknown> = {};
  const provide = (key: string, value: unknown): void => {
    provided[key] = value;
  };
  const tearDown = await setup({ provide } as Parameters<typeof setup>[0]);
  const client = createClient({ url: provided['minichainUrl'] as string });
  expect(await client.getChainId()).toBe(chainId);
  await tearDown();
  await expect(client.getChainId()).rejects.toMatchObject({ name: 'HttpRequestError' });
});
