import { expect, it } from 'vitest';
import { unknownMethod } from './nearest.ts';

const KNOWN = ['eth_blockNumber', 'eth_call', 'eth_chainId', 'net_version'];

it.each([
  ['eth_blocknumber', 'eth_blockNumber'],
  ['eth_blockNumbr', 'eth_blockNumber'],
  ['eth_chainID', 'eth_chainId'],
])('names the nearest method of %s', (wanted, nearest) => {
  expect(unknownMethod(wanted, KNOWN)).toMatchObject({
    code: -32601,
    message: `the method ${wanted} does not exist/is not available; did you mean ${nearest}?`,
  });
});

it('names none where none is near', () => {
  expect(unknownMethod('something_else_entirely', KNOWN).message).toBe(
    'the method something_else_entirely does not exist/is not available',
  );
});

it('shows the beginning of an endless name', () => {
  expect(unknownMethod('x'.repeat(1e6), KNOWN).message.length).toBeLessThan(200);
});
