import { describe, expect, it } from 'vitest';
import {
  chainId,
  gasLimit,
  intervalMs,
  looseSlot,
  mineOptions,
  miningInterval,
  resetOptions,
  storageValue,
  timestampInterval,
  wholeSecondsOfMs,
} from './development.ts';

describe('mineOptions', () => {
  it.each([
    [1700000000, { timestamp: 1700000000n }],
    ['0x10', { timestamp: 16n }],
    [{}, {}],
    [{ blocks: 3 }, { blocks: 3 }],
    [{ blocks: null, timestamp: '5' }, { timestamp: 5n }],
  ])('reads %j', (wire, options) => expect(mineOptions.decode(wire)).toEqual(options));

  it.each([
    [[], 'expected a timestamp in seconds'],
    [true, 'expected a timestamp in seconds'],
    [{ block: 3 }, 'unknown field "block"; known are timestamp, blocks'],
    [{ blocks: -1 }, 'expected a non-negative number'],
  ])('refuses %j', (wire, why) => expect(() => mineOptions.decode(wire)).toThrow(why));
});

describe('an interval', () => {
  const inSeconds = (wire: unknown) => intervalMs(miningInterval.decode(wire), 1000);

  it.each([
    [0, 0],
    [1.5, 1500],
    ['0xa', 10_000],
    ['10', 10_000],
    [[1000, 3000], 2000],
    [[0, 0], 0],
  ])('reads %j', (wire, ms) => expect(inSeconds(wire)).toBe(ms));

  it.each([-1, Number.NaN, [1], [3, 1], ['1', '2'], [1, 2, 3], {}, null])('refuses %j', (wire) => {
    expect(() => inSeconds(wire)).toThrow('expected an interval in seconds, or [min, max] in milliseconds');
  });

  it('is in milliseconds where the method says so, a range always', () => {
    expect(intervalMs(miningInterval.decode('0x64'), 1)).toBe(100);
    expect(intervalMs(miningInterval.decode([1000, 3000]), 1)).toBe(2000);
  });

  it('knows how long a timer can wait', () => {
    expect(inSeconds(2_147_483)).toBe(2_147_483_000);
    expect(() => inSeconds(2_147_484)).toThrow('too long (at most 24 days)');
    expect(() => inSeconds([3e9, 4e9])).toThrow('too long');
  });
});

it('wholeSecondsOfMs reads what viem sends', () => {
  expect(wholeSecondsOfMs.decode(5000)).toBe(5n);
  expect(() => wholeSecondsOfMs.decode(1500)).toThrow('of whole seconds, got 1500');
  expect(() => wholeSecondsOfMs.decode(0)).toThrow();
});

describe('resetOptions', () => {
  it.each([{}, { forking: null }, { forking: {} }, { forking: { blockNumber: null } }])('takes %j for none', (wire) => {
    expect(resetOptions.decode(wire)).toBeUndefined();
  });

  it('says that another chain cannot be forked', () => {
    expect(() => resetOptions.decode({ forking: { jsonRpcUrl: 'http://x' } })).toThrow(
      expect.objectContaining({ code: -32004, path: '.forking', message: 'this node does not fork another chain' }),
    );
  });

  it.each([[[]], ['all'], [{ forking: 1 }], [{ fork: {} }]])('refuses %j', (wire) => {
    expect(() => resetOptions.decode(wire)).toThrow(expect.objectContaining({ code: -32602 }));
  });
});

it('storageValue wants 32 bytes and counts what it got', () => {
  expect(storageValue.decode(`0x${'00'.repeat(32)}`)).toEqual(new Uint8Array(32));
  expect(() => storageValue.decode('0x0102')).toThrow('Received 0x0102, which is 2 bytes long.');
});

it('looseSlot reads numbers too', () => {
  const five = new Uint8Array(32).fill(5, 31);
  for (const wire of [5, '5', '0x5', `0x${'5'.padStart(64, '0')}`]) expect(looseSlot.decode(wire)).toEqual(five);
  expect(() => looseSlot.decode('five')).toThrow('expected a storage slot');
  expect(() => looseSlot.decode(-5)).toThrow();
});

it('what is set has bounds', () => {
  expect([chainId.decode(1), gasLimit.decode('0x1'), timestampInterval.decode(1)]).toEqual([1n, 1n, 1n]);
  expect(() => chainId.decode(0)).toThrow('expected a chain id from 1 to 2^53 - 1, got 0');
  expect(() => gasLimit.decode(0)).toThrow('expected a gas limit');
  expect(() => timestampInterval.decode(0)).toThrow('expected seconds between two blocks');
});
