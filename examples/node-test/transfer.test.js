import assert from 'node:assert/strict';
import { after, afterEach, beforeEach, test } from 'node:test';
import { isolateEach, startNode } from '@minichain/testing';

const node = await startNode(); // node.url, for whatever wants one
const { client } = node;
const [, bob] = node.accounts;
const before = await client.getBalance(bob);

after(() => node.close());
// Every test begins with the chain as it is here.
isolateEach(client, { beforeEach, afterEach });

test('pays', async () => {
  const { status } = await client.send({ to: bob.address, value: 5n });
  assert.equal(status, 'success');
  assert.equal(await client.getBalance(bob), before + 5n);
});

test('begins anew: the test before left nothing behind', async () => {
  assert.equal(await client.getBalance(bob), before);
  assert.equal(await client.getBlockNumber(), 0n);
});

test('refuses what the sender does not have', async () => {
  await assert.rejects(client.send({ to: bob.address, value: 10n ** 30n }), /insufficient funds/i);
});
