import { describe, expect, it } from 'vitest';
import { type Codec, CodecError } from './codec.ts';
import {
  address,
  between,
  boolean,
  bytes32,
  count,
  data,
  hash,
  looseQuantity,
  nonce,
  quantity,
  seconds,
  slot,
  text,
} from './scalars.ts';

const MAX = 2n ** 256n - 1n;

const refused = (codec: Codec<unknown>, value: unknown): string => {
  try {
    codec.decode(value);
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    return error.message;
  }
  return 'was taken';
};

describe('quantity', () => {
  it.each([
    ['0x0', 0n],
    ['0xFf', 255n],
    ['0x0001', 1n],
    [`0x${'f'.repeat(64)}`, MAX],
    [`0x00${'f'.repeat(64)}`, MAX],
  ])('reads %s', (wire, value) => expect(quantity.decode(wire)).toBe(value));

  it.each(['0x', '1', 1, null, '0xg', '0x-1', ' 0x1', [], {}])('refuses %j', (wire) => {
    expect(refused(quantity, wire)).toMatch(/^expected a hex quantity such as 0x1, got /);
  });

  it('refuses more than 256 bits', () => {
    expect(refused(quantity, `0x1${'0'.repeat(64)}`)).toBe('hex number > 256 bits');
  });
});

describe('looseQuantity', () => {
  it.each([
    ['0x10', 16n],
    ['10', 10n],
    [10, 10n],
    [0, 0n],
    [MAX.toString(), MAX],
  ])('reads %j', (wire, value) => expect(looseQuantity.decode(wire)).toBe(value));

  it.each(['', '0x', '-1', -1, 1.5, 1e21, 'ten', true, null, '1e3'])('refuses %j', (wire) => {
    expect(refused(looseQuantity, wire)).toMatch(/^expected a non-negative number: /);
  });

  it('refuses more than 256 bits in decimal too', () => {
    expect(refused(looseQuantity, (MAX + 1n).toString())).toBe('number > 256 bits');
  });
});

it('between holds its bounds and says them', () => {
  const dice = between(1n, 6n, 'a face from 1 to 6');
  expect([dice.decode(1), dice.decode('0x6')]).toEqual([1n, 6n]);
  expect(refused(dice, 0)).toBe('expected a face from 1 to 6, got 0');
  expect(refused(dice, '7')).toBe('expected a face from 1 to 6, got 7');
});

it('counts, seconds and nonces end where they must', () => {
  expect(count.decode('0x1fffffffffffff')).toBe(Number.MAX_SAFE_INTEGER);
  expect(refused(count, '0x20000000000000')).toMatch(/is too large$/);
  expect(refused(seconds, '0x20000000000000')).toMatch(/^expected seconds/);
  expect(nonce.decode('0xfffffffffffffffe')).toBe(2n ** 64n - 2n);
  expect(refused(nonce, `0x1${'0'.repeat(16)}`)).toMatch(/^expected a nonce/);
});

it('booleans and texts are taken as they are, and nothing else for them', () => {
  expect([boolean.decode(true), boolean.decode(false), text.decode('')]).toEqual([true, false, '']);
  expect(refused(boolean, 'true')).toBe('expected true or false, got "true"');
  expect(refused(boolean, 0)).toBe('expected true or false, got 0');
  expect(refused(text, 5)).toBe('expected a string, got 5');
});

describe('bytes', () => {
  it('are read whole', () => {
    expect(data.decode('0x')).toEqual(new Uint8Array());
    expect(data.decode('0x00Ff')).toEqual(Uint8Array.of(0, 255));
  });

  it.each([
    ['0x1', 'expected 0x-prefixed hex bytes, got an odd number of hex digits'],
    ['ff', 'expected 0x-prefixed hex bytes, got "ff"'],
    [undefined, 'expected 0x-prefixed hex bytes, got nothing'],
  ])('refuses %j', (wire, why) => expect(refused(data, wire)).toBe(why));

  it('have the length that they must have', () => {
    expect(hash.decode(`0x${'ab'.repeat(32)}`)).toEqual(new Uint8Array(32).fill(0xab));
    expect(refused(hash, '0xab')).toBe('expected a hash (32 bytes of 0x-prefixed hex), got 1 bytes');
    expect(refused(bytes32, `0x${'ab'.repeat(33)}`)).toBe(
      'expected a 32-byte value (32 bytes of 0x-prefixed hex), got 33 bytes',
    );
  });
});

it('addresses are read in any case', () => {
  const mixed = '0xF39fd6e51aad88F6F4ce6aB8827279cffFb92266';
  expect(address.decode(mixed).toString()).toBe(mixed.toLowerCase());
  expect(refused(address, mixed.slice(0, -2))).toMatch(/got 19 bytes$/);
});

it('slots are read as quantities and as 32 bytes', () => {
  const one = new Uint8Array(32).fill(1, 31);
  expect(slot.decode('0x1')).toEqual(one);
  expect(slot.decode(`0x${'1'.padStart(64, '0')}`)).toEqual(one);
  expect(refused(slot, '0x')).toMatch(/^expected a storage slot/);
  expect(refused(slot, `0x${'0'.repeat(65)}`)).toMatch(/^storage slot is too long: 65 hex digits/);
});

it('shows a bad value shortly, and no object’s inside', () => {
  expect(refused(data, 'x'.repeat(500))).toBe(`expected 0x-prefixed hex bytes, got "${'x'.repeat(80)}…"`);
  expect(refused(data, { secret: 1 })).toBe('expected 0x-prefixed hex bytes, got an object');
  expect(refused(data, [1])).toBe('expected 0x-prefixed hex bytes, got an array');
  expect(refused(data, null)).toBe('expected 0x-prefixed hex bytes, got null');
});
