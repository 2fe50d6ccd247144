import { beforeEach, describe, expect, it } from 'vitest';
import { RateLimiter, tooManyRequests } from './rateLimiter.ts';

let now = 0;
let limiter: RateLimiter;
beforeEach(() => {
  now = 0;
  limiter = new RateLimiter(4, () => now);
});
const takes = (count: number, address = '1.2.3.4') => Array.from({ length: count }, () => limiter.take(address));

describe('a client', () => {
  it('may ask as often as in a second at once, and then as time goes by', () => {
    expect(takes(5)).toEqual([0, 0, 0, 0, 250]);
    now += 249;
    expect(takes(1)).toEqual([1]);
    now += 1;
    expect(takes(2)).toEqual([0, 250]);
    now += 3_600_000;
    expect(takes(5)).toEqual([0, 0, 0, 0, 250]);
  });

  it('waits after a batch until all of it is worked off', () => {
    limiter.take('1.2.3.4');
    limiter.charge('1.2.3.4', 11);
    expect(takes(1)).toEqual([(9 / 4) * 1000]);
  });

  it('does not count against others', () => {
    takes(4);
    expect(takes(1, '1.2.3.5')).toEqual([0]);
  });

  it.each([
    ['an address in both notations', '1.2.3.4', '::ffff:1.2.3.4'],
    ['a network of IPv6', '2001:db8:0:7::1', '2001:db8::7:aaaa:bbbb:cccc:dddd'],
  ])('is %s', (_, one, other) => {
    takes(4, one);
    expect(takes(1, other)).toEqual([250]);
  });

  it('is another one in another network of IPv6', () => {
    takes(4, '2001:db8:0:7::1');
    expect(takes(1, '2001:db8:0:8::1')).toEqual([0]);
  });
});

it('lets everything in at 0, and may be changed', () => {
  limiter.perSecond = 0;
  expect(takes(100)).toEqual(Array(100).fill(0));
  limiter.perSecond = 1;
  expect(takes(2)).toEqual([0, 1000]);
});

it('remembers those that came last', () => {
  takes(4, '9.9.9.9');
  for (let i = 0; i < 9_999; i++) limiter.take(`10.0.${i >> 8}.${i & 255}`);
  expect(takes(1, '9.9.9.9')).toEqual([250]);
  for (let i = 0; i < 10_000; i++) limiter.take(`10.1.${i >> 8}.${i & 255}`);
  expect(takes(1, '9.9.9.9')).toEqual([0]);
});

it('says when to come again', () => {
  expect(tooManyRequests(4, 250)).toBe('rate limit exceeded: at most 4 requests a second; try again in 0.3 s');
});
