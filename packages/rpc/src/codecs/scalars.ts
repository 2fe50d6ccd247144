import { Address } from '@minichain/core';
import { bytesFromHex, type Hex, isHex, type NumberLike, type Quantity } from '@minichain/protocol';
import { type Codec, CodecError, mismatch } from './codec.ts';

const MAX_WORD = 2n ** 256n - 1n;
const MAX_COUNT = BigInt(Number.MAX_SAFE_INTEGER);

/** QUANTITY of execution-apis: 0x and hex digits; leading zeros are let pass. */
export const quantity: Codec<bigint, Quantity> = {
  expected: 'a hex quantity such as 0x1',
  decode: (value) => {
    if (typeof value !== 'string' || !/^0x[0-9a-fA-F]+$/.test(value)) throw mismatch(quantity.expected, value);
    const number = BigInt(value);
    if (number > MAX_WORD) throw new CodecError('hex number > 256 bits');
    return number;
  },
};

/** What development tools send where Ethereum wants a quantity: hex, a decimal string, or a JSON integer. */
export const looseQuantity: Codec<bigint, NumberLike> = {
  expected: 'a non-negative number: hex quantity, decimal string or integer',
  decode: (value) => {
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return BigInt(value);
    if (isHex(value) && value.length > 2) return quantity.decode(value);
    if (typeof value !== 'string' || !/^\d{1,80}$/.test(value)) throw mismatch(looseQuantity.expected, value);
    const number = BigInt(value);
    if (number > MAX_WORD) throw new CodecError('number > 256 bits');
    return number;
  },
};

/** A loose quantity within bounds. @example between(1n, 10n, 'a count from 1 to 10') */
export function between(least: bigint, most: bigint, expected: string): Codec<bigint, NumberLike> {
  return {
    expected,
    decode: (value) => {
      const number = looseQuantity.decode(value);
      if (number < least || number > most) throw new CodecError(`expected ${expected}, got ${number}`);
      return number;
    },
  };
}

/** Seconds; what does not fit a JavaScript number is no time. */
export const seconds = between(0n, MAX_COUNT, 'seconds: a number from 0 to 2^53 - 1');
/** Of an account. EIP-2681: one at the maximum can send nothing more. */
export const nonce = between(0n, 2n ** 64n - 1n, 'a nonce: a number from 0 to 2^64 - 1');

/** A count that must fit a JavaScript number. */
export const count: Codec<number, NumberLike> = {
  expected: looseQuantity.expected,
  decode: (value) => {
    const number = looseQuantity.decode(value);
    if (number > MAX_COUNT) throw new CodecError(`number ${number} is too large`);
    return Number(number);
  },
};

export const boolean: Codec<boolean, boolean> = {
  expected: 'true or false',
  decode: (value) => {
    if (typeof value !== 'boolean') throw mismatch(boolean.expected, value);
    return value;
  },
};

export const text: Codec<string, string> = {
  expected: 'a string',
  decode: (value) => {
    if (typeof value !== 'string') throw mismatch(text.expected, value);
    return value;
  },
};

function hexBytes(value: unknown, expected: string): Uint8Array {
  if (!isHex(value)) throw mismatch(expected, value);
  if (value.length % 2 !== 0) throw new CodecError(`expected ${expected}, got an odd number of hex digits`);
  return bytesFromHex(value);
}

/** DATA of execution-apis: bytes of any length. */
export const data: Codec<Uint8Array, Hex> = {
  expected: '0x-prefixed hex bytes',
  decode: (value) => hexBytes(value, data.expected),
};

function sized(length: number, what: string): Codec<Uint8Array, Hex> {
  const expected = `${what} (${length} bytes of 0x-prefixed hex)`;
  return {
    expected,
    decode: (value) => {
      const bytes = hexBytes(value, expected);
      if (bytes.length !== length) throw new CodecError(`expected ${expected}, got ${bytes.length} bytes`);
      return bytes;
    },
  };
}

export const hash = sized(32, 'a hash');
export const bytes32 = sized(32, 'a 32-byte value');
export const signature = sized(65, 'a signature');
const addressBytes = sized(20, 'an address');

/** The checksum of EIP-55 is not enforced: tools send addresses in any case. */
export const address: Codec<Address, Hex> = {
  expected: addressBytes.expected,
  decode: (value) => new Address(addressBytes.decode(value)),
};

/** A storage slot: a quantity or up to 32 bytes, in hex. @returns 32 bytes. */
export const slot: Codec<Uint8Array, Hex> = {
  expected: 'a storage slot of at most 32 bytes, in hex',
  decode: (value) => {
    if (!isHex(value) || value.length < 3) throw mismatch(slot.expected, value);
    const digits = value.slice(2);
    if (digits.length > 64) throw new CodecError(`storage slot is too long: ${digits.length} hex digits, at most 64`);
    return bytesFromHex(`0x${digits.padStart(64, '0')}` as Hex);
  },
};

/** 32 bytes in full, or as the number that they are. */
export const word: Codec<Uint8Array> = {
  expected: 'a 32-byte value or a quantity',
  decode: (value) => bytesFromHex(`0x${looseQuantity.decode(value).toString(16).padStart(64, '0')}`),
};

/** What never comes back in an error message. */
export const privateKey: Codec<Uint8Array, string> = {
  expected: 'a private key of 32 bytes in hex',
  decode: (value) => {
    const digits = typeof value === 'string' ? value.replace(/^0x/, '') : '';
    if (!/^[0-9a-fA-F]{64}$/.test(digits)) throw new CodecError(`expected ${privateKey.expected}`);
    return bytesFromHex(`0x${digits}`);
  },
};
