import { expect, it } from 'vitest';
import { requestIdFrom } from './requestId.ts';

it.each(['1', 'checkout-17', 'Root=1-67891233-abcdef012345678912345678', 'a/b:c.d_e+f', 'x'.repeat(128)])(
  'takes over %s',
  (given) => {
    expect(requestIdFrom({ 'x-request-id': given })).toBe(given);
  },
);

it.each([undefined, '', ' ', 'a b', 'a\tb', '"', '{"event":"forged"}', 'ü', '\u001b[31m', 'x'.repeat(129)])(
  'makes its own in place of %j',
  (given) => {
    const id = requestIdFrom(given === undefined ? {} : { 'x-request-id': given });
    expect(id).toMatch(/^[0-9a-f]{8}-\d+$/);
    expect(requestIdFrom({})).not.toBe(id);
  },
);

it('takes none of several', () => {
  expect(requestIdFrom({ 'x-request-id': ['a', 'b'] })).toMatch(/^[0-9a-f]{8}-\d+$/);
});
