import { ConfigError } from './errors.ts';

/** What an editor is told about a value in a config file: a part of JSON Schema. Limits bind numbers, patterns texts. */
export interface ValueSchema {
  readonly type?: 'boolean' | 'string' | readonly ('array' | 'boolean' | 'integer' | 'number' | 'string')[];
  readonly enum?: readonly (string | number)[];
  readonly examples?: readonly string[];
  readonly items?: ValueSchema;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minLength?: number;
  readonly pattern?: string;
}

/** Turns the text of a flag or variable into a value. @throws ConfigError saying what is allowed. */
export interface Parser<T> {
  (text: string): T;
  /** Left out: any text. */
  readonly schema?: ValueSchema;
  /** Of a file: in a config file it is relative to that. */
  readonly isPath?: boolean;
}

const described = <T>(parse: (text: string) => T, schema: ValueSchema): Parser<T> => Object.assign(parse, { schema });

/** The bounds that a JSON number can have. */
function bounds(min: bigint | number, max: bigint | number | undefined): ValueSchema {
  const isSafe = max !== undefined && max <= Number.MAX_SAFE_INTEGER;
  return { minimum: Number(min), ...(isSafe ? { maximum: Number(max) } : {}) };
}

/** What a bounded number was expected to be, for a message. */
function range(min: bigint | number, max: bigint | number | undefined): string {
  return max === undefined ? `of at least ${min}` : `from ${min} to ${max}`;
}

/** Decimal or 0x-hex, within bounds. @example bigInteger({ min: 1n }) */
export function bigInteger({ min = 0n, max }: { min?: bigint; max?: bigint } = {}): Parser<bigint> {
  const parse = (text: string): bigint => {
    const value = /^(\d+|0x[0-9a-fA-F]+)$/.test(text) ? BigInt(text) : undefined;
    if (value === undefined || value < min || (max !== undefined && value > max)) {
      throw new ConfigError(`expected a whole number ${range(min, max)}, decimal or 0x-hex`);
    }
    return value;
  };
  return described(parse, {
    ...{ type: ['integer', 'string'], ...bounds(min, max), pattern: '^([0-9]+|0x[0-9a-fA-F]+)$' },
  });
}

/** Decimal. @example wholeNumber({ min: 0, max: 65535 }) */
export function wholeNumber({ min = 0, max }: { min?: number; max?: number } = {}): Parser<number> {
  const parse = (text: string): number => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= min && value <= (max ?? Number.MAX_SAFE_INTEGER))) {
      throw new ConfigError(`expected a whole number ${range(min, max)}`);
    }
    return value;
  };
  return described(parse, { type: ['integer', 'string'], ...bounds(min, max), pattern: '^[0-9]+$' });
}

/** Megabytes, 2^20 bytes each. @returns bytes. */
export const megabytes = ({ min }: { readonly min: number }): Parser<number> => {
  const count = wholeNumber({ min, max: 2 ** 20 });
  return described((text) => count(text) * 2 ** 20, count.schema ?? {});
};

/** As long as a timer of Node can run. */
const MAX_SECONDS = 2_147_483;

/** Positive seconds, fractions allowed. @returns milliseconds. */
export const secondsToMs: Parser<number> = described(
  (text) => {
    const seconds = Number(text);
    if (!/^\d*\.?\d+$/.test(text) || !(seconds > 0 && seconds <= MAX_SECONDS)) {
      throw new ConfigError(`expected a number of seconds above 0, at most ${MAX_SECONDS}`);
    }
    return Math.max(1, Math.round(seconds * 1000));
  },
  { type: ['number', 'string'], exclusiveMinimum: 0, maximum: MAX_SECONDS, pattern: '^[0-9]*\\.?[0-9]+$' },
);

/** As {@link secondsToMs}, or 0, which is none. */
export const secondsOrNone: Parser<number> = described((text) => (/^0+(\.0*)?$/.test(text) ? 0 : secondsToMs(text)), {
  ...{ type: ['number', 'string'], minimum: 0, maximum: MAX_SECONDS, pattern: '^[0-9]*\\.?[0-9]+$' },
});

const UNITS = { b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 } as const;

/** Bytes, or with a unit of 1024. @example byteSize()('10mb') // 10485760 */
export function byteSize({ min = 0 }: { min?: number } = {}): Parser<number> {
  const parse = (text: string): number => {
    const [, digits = '', unit = 'b'] = /^(\d+) ?([kmg]?b)?$/i.exec(text) ?? [];
    const bytes = Number(digits) * UNITS[unit.toLowerCase() as keyof typeof UNITS];
    if (digits === '' || !(bytes >= min && bytes <= Number.MAX_SAFE_INTEGER)) {
      throw new ConfigError(`expected a size of at least ${min} bytes, such as 65536, 512kb, 10mb or 1gb`);
    }
    return bytes;
  };
  return described(parse, {
    ...{ type: ['integer', 'string'], ...bounds(min, undefined), pattern: '^[0-9]+ ?([kKmMgG]?[bB])?$' },
  });
}

/** An amount of gas that the EVM can count. */
export const wholeGas: Parser<bigint> = bigInteger({ max: 2n ** 64n - 1n });

/** Enough for every account to hold, and far from the 2^256 where balances end. */
const MAX_ETHER = 2n ** 64n - 1n;

/** An amount of ether, fractions allowed. @returns wei. */
export const etherToWei: Parser<bigint> = described(
  (text) => {
    const found = /^(\d+)(?:\.(\d{1,18}))?$/.exec(text);
    if (found === null || BigInt(found[1] as string) > MAX_ETHER) {
      throw new ConfigError(`expected an amount of ether such as 10000 or 0.5, below ${MAX_ETHER}`);
    }
    return BigInt(found[1] as string) * 10n ** 18n + BigInt((found[2] ?? '').padEnd(18, '0'));
  },
  { type: ['number', 'string'], minimum: 0, pattern: '^[0-9]+(\\.[0-9]{1,18})?$' },
);

/** @example oneOf('fees', 'fifo') */
export function oneOf<const T extends string>(...allowed: readonly T[]): Parser<T> {
  const parse = (text: string): T => {
    if (!(allowed as readonly string[]).includes(text)) throw new ConfigError(`expected one of ${allowed.join(', ')}`);
    return text as T;
  };
  const numbers = allowed.filter((text) => /^\d+$/.test(text)).map(Number);
  return described(parse, { enum: [...allowed, ...numbers] });
}

/** Anything but nothing. */
export const text: Parser<string> = described(
  (value) => {
    if (value.trim() === '') throw new ConfigError('expected some text');
    return value;
  },
  { type: 'string', minLength: 1 },
);

/** Of a file or folder. @example filePath('data/chain.rlp') */
export const filePath: Parser<string> = Object.assign((value: string) => text(value), {
  schema: { type: 'string', minLength: 1 } as const,
  isPath: true,
});

/** Words apart by single spaces. */
export const words: Parser<string> = (value) => value.trim().split(/\s+/).join(' ');

const LIST: ValueSchema = { type: ['array', 'string'], items: { type: 'string' } };

export const commaList: Parser<readonly string[]> = described(
  (value) =>
    value
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  LIST,
);

/** Host names mean the same in any case. */
export const hostList: Parser<readonly string[]> = described((value) => commaList(value.toLowerCase()), LIST);

export const hexAddress: Parser<`0x${string}`> = described(
  (value) => {
    if (!/^0x[0-9a-fA-F]{40}$/.test(value)) throw new ConfigError('expected an address (0x and 40 hex digits)');
    return value as `0x${string}`;
  },
  { type: 'string', pattern: '^0x[0-9a-fA-F]{40}$' },
);

/** Environment variables say yes in several ways. */
export const yesNo: Parser<boolean> = described(
  (value) => {
    if (/^(1|true|yes|on)$/i.test(value)) return true;
    if (/^(0|false|no|off)$/i.test(value)) return false;
    throw new ConfigError('expected true or false');
  },
  { type: 'boolean' },
);
