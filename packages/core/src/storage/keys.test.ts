import { expect, it } from 'vitest';
import { KIND, KINDS, keyOf, namePart, numberPart, rangeOf } from './keys.ts';

it('gives each kind a byte of its own', () => {
  const bytes = Object.values(KIND);
  expect(new Set(bytes).size).toBe(bytes.length);
  for (const byte of bytes) expect(byte).toMatch(/^[0-9a-f]{2}$/);
});

it('keeps the bytes that were given: they are in directories', () => {
  expect(KIND).toMatchObject({
    meta: '6d',
    node: '6e',
    code: '63',
    preimage: '70',
    block: '62',
    canonical: '68',
    transaction: '74',
    senderNonce: '73',
    branch: '42',
    logIndex: '6c',
    activity: '61',
    creator: '43',
    snapshot: '53',
    checkpoint: '4b',
    pool: '50',
    owner: '6f',
  });
});

it('has a range for each kind that holds its keys and no other', () => {
  for (const kind of KINDS) {
    const { from, to } = rangeOf(kind);
    for (const other of KINDS) {
      const key = keyOf(other, 'ff'.repeat(32));
      expect(key >= from && key < to).toBe(kind === other);
    }
  }
});

it('keeps numbers in order', () => {
  const numbers = [0n, 1n, 9n, 10n, 255n, 256n, 2n ** 32n, 2n ** 64n - 1n];
  expect(numbers.map(numberPart).sort()).toEqual(numbers.map(numberPart));
  expect(numberPart(7n)).toBe('0000000000000007');
});

it('takes any name', () => {
  expect(Buffer.from(namePart('before the übergang'), 'hex').toString('utf8')).toBe('before the übergang');
});
