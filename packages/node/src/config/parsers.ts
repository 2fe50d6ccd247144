import { ConfigError } from './errors.ts';

/** Turns the text of a flag or variable into a value. @throws ConfigError saying what is allowed. */
export type Parser<T> = (text: string) => T;

/** @example wholeNumber({ min: 0, max: 65535 }) */
export function wholeNumber({ min = 0, max = Number.MAX_SAFE_INTEGER } = {}): Parser<number> {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= min && value <= max)) {
      const upTo = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
      throw new ConfigError(`expected a whole number ${upTo}`);
    }
    return value;
  };
}

/** Decimal or 0x-hex. */
export const bigInteger: Parser<bigint> = (text) => {
  if (!/^(\d+|0x[0-9a-fA-F]+)$/.test(text)) throw new ConfigError('expected a whole number, decimal or 0x-hex');
  return BigInt(text);
};

/** Positive seconds, fractions allowed. @returns milliseconds. */
export const secondsToMs: Parser<number> = (text) => {
  const seconds = Number(text);
  if (!/^\d*\.?\d+$/.test(text) || !(seconds > 0)) throw new ConfigError('expected a number of seconds above 0');
  return Math.max(1, Math.round(seconds * 1000));
};

/** An amount of ether, fractions allowed. @returns wei. */
export const etherToWei: Parser<bigint> = (text) => {
  const found = /^(\d+)(?:\.(\d{1,18}))?$/.exec(text);
  if (found === null) throw new ConfigError('expected an amount of ether such as 10000 or 0.5');
  return BigInt(found[1] as string) * 10n ** 18n + BigInt((found[2] ?? '').padEnd(18, '0'));
};

/** @example oneOf('fees', 'fifo') */
export function oneOf<const T extends string>(...allowed: readonly T[]): Parser<T> {
  return (text) => {
    if (!(allowed as readonly string[]).includes(text)) throw new ConfigError(`expected one of ${allowed.join(', ')}`);
    return text as T;
  };
}

export const text: Parser<string> = (value) => value;

export const commaList: Parser<readonly string[]> = (value) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

export const hexAddress: Parser<`0x${string}`> = (value) => {
  if (!/^0x[0-9a-fA-F]{40}$/.test(value)) throw new ConfigError('expected an address (0x and 40 hex digits)');
  return value as `0x${string}`;
};

/** Environment variables say yes in several ways. */
export const yesNo: Parser<boolean> = (value) => {
  if (/^(1|true|yes|on)$/i.test(value)) return true;
  if (/^(0|false|no|off|)$/i.test(value)) return false;
  throw new ConfigError('expected true or false');
};
