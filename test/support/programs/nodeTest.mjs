// A test file as a user of node:test writes it; run by test/compat/testing.test.ts.
import assert from 'node:assert/strict';
import { after, afterEach, beforeEach, test } from 'node:test';
import { isolateEach, startNode } from '@minichain/testing';

const TO = '0x00000000000000000000000000000000000000aa';
const node = await startNode();
after(() => node.close());
isolateEach(node.client, { beforeEach, afterEach });

for (const round of [1, 2]) {
  test(`begins with a fresh chain, round ${round}`, async () => {
    assert.equal(await node.client.getBalance({ address: TO }), 0n);
    await node.client.send({ to: TO, value: 5n });
    assert.equal(await node.client.getBlockNumber(), 1n);
  });
}
