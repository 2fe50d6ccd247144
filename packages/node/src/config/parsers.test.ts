import { describe, expect, it } from 'vitest';
import { ConfigError } from './errors.ts';
import {
  bigInteger,
  commaList,
  etherToWei,
  hexAddress,
  hostList,
  oneOf,
  secondsToMs,
  text,
  wholeNumber,
  words,
  yesNo,
} from './parsers.ts';

const refusal = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('was accepted');
};

describe('wholeNumber', () => {
  it('takes what is within its bounds', () => {
    expect(['0', '7', '10'].map(wholeNumber({ max: 10 }))).toEqual([0, 7, 10]);
  });

  it.each(['-1', '11', '1.5', '1e1', '0x5', 'five', '', ' 5'])('refuses %j', (value) => {
    expect(refusal(() => wholeNumber({ max: 10 })(value))).toBe('expected a whole number from 0 to 10');
  });

  it('refuses what JavaScript cannot count exactly', () => {
    expect(refusal(() => wholeNumber({ min: 1 })('9007199254740993'))).toBe('expected a whole number of at least 1');
  });
});

describe('bigInteger', () => {
  it('takes decimal and hex', () => {
    expect(bigInteger()('123')).toBe(123n);
    expect(bigInteger()('0xFf')).toBe(255n);
    expect(bigInteger()((2n ** 200n).toString())).toBe(2n ** 200n);
  });

  it.each(['-1', '1.0', '0x', '0xg', '', '1_000', '0', '257'])('refuses %j', (value) => {
    expect(refusal(() => bigInteger({ min: 1n, max: 256n })(value))).toBe(
      'expected a whole number from 1 to 256, decimal or 0x-hex',
    );
  });
});

describe('secondsToMs', () => {
  it('takes fractions, a millisecond at least', () => {
    expect(['1', '0.5', '.25', '0.0001'].map(secondsToMs)).toEqual([1000, 500, 250, 1]);
    expect(secondsToMs('2147483')).toBe(2_147_483_000);
  });

  it.each(['0', '-1', '1s', '', '1e3', 'Infinity', '2147484'])('refuses %j', (value) => {
    expect(refusal(() => secondsToMs(value))).toBe('expected a number of seconds above 0, at most 2147483');
  });
});

describe('etherToWei', () => {
  it('is exact', () => {
    expect(etherToWei('10000')).toBe(10_000n * 10n ** 18n);
    expect(etherToWei('0.5')).toBe(5n * 10n ** 17n);
    expect(etherToWei('1.000000000000000001')).toBe(10n ** 18n + 1n);
    expect(etherToWei('0')).toBe(0n);
  });

  it.each(['-1', '1.', '.5', '0.0000000000000000001', '1e3', '', '18446744073709551616'])('refuses %j', (value) => {
    expect(refusal(() => etherToWei(value))).toMatch(/^expected an amount of ether such as 10000 or 0.5/);
  });
});

describe('the others', () => {
  it('oneOf lists what it knows', () => {
    expect(oneOf('fees', 'fifo')('fifo')).toBe('fifo');
    expect(refusal(() => oneOf('fees', 'fifo')('Fees'))).toBe('expected one of fees, fifo');
  });

  it('text wants some', () => {
    expect(text(' a b ')).toBe(' a b ');
    expect(refusal(() => text('  '))).toBe('expected some text');
  });

  it('words stand one space apart', () => {
    expect(words('  a \n b\tc ')).toBe('a b c');
  });

  it('lists leave out what is empty; hosts are compared in lower case', () => {
    expect(commaList('a, B ,,c')).toEqual(['a', 'B', 'c']);
    expect(commaList('')).toEqual([]);
    expect(hostList('Dev.Example,*')).toEqual(['dev.example', '*']);
  });

  it('hexAddress takes any case', () => {
    expect(hexAddress('0xF39Fd6e51aad88F6F4ce6aB8827279cffFb92266')).toBe('0xF39Fd6e51aad88F6F4ce6aB8827279cffFb92266');
    expect(refusal(() => hexAddress('0x12'))).toBe('expected an address (0x and 40 hex digits)');
  });

  it('yesNo says yes and no in several ways', () => {
    expect(['1', 'true', 'YES', 'on'].map(yesNo)).toEqual([true, true, true, true]);
    expect(['0', 'false', 'No', 'off'].map(yesNo)).toEqual([false, false, false, false]);
    expect(refusal(() => yesNo('maybe'))).toBe('expected true or false');
  });
});
