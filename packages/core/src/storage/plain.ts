import { Address, bytesToUnprefixedHex, unprefixedHexToBytes } from '@ethereumjs/util';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const BIGINT = '$bigint';
const BYTES = '$bytes';
const ADDRESS = '$address';

function toJson(value: unknown): Json {
  if (typeof value === 'bigint') return { [BIGINT]: value.toString() };
  if (value instanceof Uint8Array) return { [BYTES]: bytesToUnprefixedHex(value) };
  if (value instanceof Address) return { [ADDRESS]: bytesToUnprefixedHex(value.bytes) };
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value !== 'object' || value === null) return value as Json;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(entries.map(([key, one]) => [key, toJson(one)]));
}

function fromJson(value: Json): unknown {
  if (Array.isArray(value)) return value.map(fromJson);
  if (typeof value !== 'object' || value === null) return value;
  if (typeof value[BIGINT] === 'string') return BigInt(value[BIGINT]);
  if (typeof value[BYTES] === 'string') return unprefixedHexToBytes(value[BYTES]);
  if (typeof value[ADDRESS] === 'string') return new Address(unprefixedHexToBytes(value[ADDRESS]));
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fromJson(one)]));
}

/**
 * Plain data as JSON: bigints, bytes and addresses are tagged; undefined fields are left out.
 * @example plainFromText(textFromPlain({ gasLimit: 5n })) // { gasLimit: 5n }
 */
export const textFromPlain = (value: unknown): string => JSON.stringify(toJson(value));

/** The reverse of {@link textFromPlain}. */
export const plainFromText = (text: string): unknown => fromJson(JSON.parse(text) as Json);

/** As {@link textFromPlain}, the way a database holds it. */
export const bytesFromPlain = (value: unknown): Uint8Array => new TextEncoder().encode(textFromPlain(value));

/** The reverse of {@link bytesFromPlain}. */
export const plainFromBytes = (bytes: Uint8Array): unknown => plainFromText(new TextDecoder().decode(bytes));
