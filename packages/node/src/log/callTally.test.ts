import { expect, it } from 'vitest';
import { CallTally } from './callTally.ts';

it('counts in the order of first appearance', () => {
  const tally = new CallTally();
  expect(tally.text).toBe('');
  for (const method of ['eth_chainId', 'eth_blockNumber', 'eth_blockNumber']) tally.add(method);
  tally.addEmptyBlock(3n);
  expect(tally.text).toBe('eth_chainId, eth_blockNumber (2), mined empty block #3');
  tally.addEmptyBlock(4n);
  tally.addEmptyBlock(9n);
  expect(tally.text).toBe('eth_chainId, eth_blockNumber (2), mined empty blocks #3 to #9');
  expect(tally.kinds).toEqual(['eth_chainId', 'eth_blockNumber', 'mined empty block']);
});

it('takes back one at a time', () => {
  const tally = new CallTally();
  tally.add('eth_call');
  tally.add('eth_call');
  tally.takeBack('eth_call');
  expect(tally.text).toBe('eth_call');
  tally.takeBack('eth_call');
  tally.takeBack('eth_call');
  tally.takeBack('eth_send');
  expect(tally.text).toBe('');
});

it('begins anew', () => {
  const tally = new CallTally();
  tally.add('eth_call');
  tally.addEmptyBlock(1n);
  tally.clear();
  expect([tally.text, tally.kinds]).toEqual(['', []]);
});
