import { describe, expect, expectTypeOf, it } from 'vitest';
import { createTest, serverTest, test } from './vitest.ts';

// Vitest takes fixtures that outlive a test at the top level of a file only.
const shared = createTest({ port: false, isolate: false, chain: { chainId: 8n } });
const TO = '0x00000000000000000000000000000000000000aa';

describe('test', () => {
  const instances = new Set<string>();

  test.beforeAll(async ({ client }) => {
    await client.mine({ blocks: 2 });
  });

  for (const round of [1, 2]) {
    test(`begins with the chain as beforeAll left it, round ${round}`, async ({ node, client }) => {
      expectTypeOf(node.url).toEqualTypeOf<undefined>();
      expect(node.server).toBeUndefined();
      expect(await client.getBlockNumber()).toBe(2n);
      expect(await client.getBalance({ address: TO })).toBe(0n);
      await client.send({ to: TO, value: 5n });
      await client.travel({ by: 3600 });
      instances.add(String(node.chain.instanceId()));
    });
  }

  test('has one node per worker', ({ node }) => {
    instances.add(String(node.chain.instanceId()));
    expect(instances.size).toBe(1);
  });
});

describe('serverTest', () => {
  for (const round of [1, 2]) {
    serverTest(`serves over a port, round ${round}`, async ({ node, client }) => {
      expectTypeOf(node.url).toEqualTypeOf<string>();
      const reply = await fetch(`${node.url}/health`);
      expect(await reply.json()).toMatchObject({ status: 'ok', blockNumber: '0x0' });
      await client.mine({ blocks: 1 });
    });
  }
});

describe('createTest with isolate: false', () => {
  shared('leaves the chain as it is', async ({ client }) => {
    expect(await client.getChainId()).toBe(8);
    await client.mine({ blocks: 1 });
  });

  shared('so the next test finds it', async ({ client }) => {
    expect(await client.getBlockNumber()).toBe(1n);
  });
});

describe('a concurrent test', () => {
  test.concurrent
    .fails('is refused where tests are put back', async ({ client }) => {
      await client.getBlockNumber();
    });

  shared.concurrent('runs where they are not', async ({ client }) => {
    expect(await client.getChainId()).toBe(8);
  });
});

describe('fixtures of one’s own', () => {
  const extended = test.extend<{ funded: `0x${string}` }>({
    funded: async ({ client }, use) => {
      await client.setBalance({ address: TO, value: 9n });
      await use(TO);
    },
  });

  extended('are part of what is put back', async ({ client, funded }) => {
    expect(await client.getBalance({ address: funded })).toBe(9n);
  });

  extended('after the test', async ({ client }) => {
    expect(await client.getBalance({ address: TO })).toBe(0n);
  });
});

it('a test of vitest’s own starts no node', ({ task }) => {
  expect(task.context).not.toHaveProperty('node');
});
