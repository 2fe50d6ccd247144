import { expect, it } from 'vitest';
import { jsonSize } from './jsonSize.ts';

const LARGE = 1_000_000;

it.each([['0x1234'], [['0x1', '0x2', '0x3']], [{ a: '0x1', list: [{ b: 'xyz' }, { c: ['0x'] }] }], [{}], [[]]])(
  'is about what JSON has: %j',
  (value) => {
    expect(Math.abs(jsonSize(value, LARGE) - JSON.stringify(value).length)).toBeLessThanOrEqual(8);
  },
);

it('counts no further than asked', () => {
  let read = 0;
  const items = Array.from({ length: 1000 }, () =>
    Object.defineProperty({}, 'x', { enumerable: true, get: () => `${++read}` }),
  );
  expect(jsonSize(items, 100)).toBeGreaterThan(100);
  expect(read).toBeLessThan(20);
});
