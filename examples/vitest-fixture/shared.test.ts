import { createClient } from '@minichain/sdk';
import type {} from '@minichain/testing/globalSetup'; // the type of inject('minichainUrl')
import { expect, inject, test } from 'vitest';

test('finds the node of this run', async () => {
  const client = createClient({ url: inject('minichainUrl') });
  expect(await client.getChainId()).toBe(31337);
});
