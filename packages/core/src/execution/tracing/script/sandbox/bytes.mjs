import { bigInt } from './bigInteger.mjs';

const BYTES = Array.from({ length: 256 }, (_, byte) => (byte < 16 ? '0' : '') + byte.toString(16));

/** Two hex digits. */
export const digitsOfByte = (byte) => BYTES[byte];

/** Unprefixed hex. */
export function digitsOf(bytes) {
  let hex = '';
  for (let i = 0; i < bytes.length; i++) hex += BYTES[bytes[i]];
  return hex;
}

/** With or without 0x, and an odd number of digits too; nothing of what is no hex. */
export function fromHex(text) {
  const hex = /^0x/i.test(text) ? text.slice(2) : text;
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  if (!/^[0-9a-fA-F]*$/.test(even)) return new Uint8Array();
  const bytes = new Uint8Array(even.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(even.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

/** What tracers hand over as bytes: an array of either kind, and where that is allowed hex. */
export function bytesOf(value, allowsText = false) {
  if (allowsText && (typeof value === 'string' || value instanceof String)) return fromHex(String(value));
  if (value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return Uint8Array.from(value);
  throw new TypeError('invalid buffer type');
}

/** The last bytes, or zeros before them. */
export function sized(bytes, size) {
  const out = new Uint8Array(size);
  const kept = bytes.subarray(Math.max(0, bytes.length - size));
  out.set(kept, size - kept.length);
  return out;
}

export const bigOf = (bytes) => bigInt(BigInt(`0x${digitsOf(bytes) || '0'}`));

export const outOfBounds = (has, offset, size) =>
  new RangeError(`tracer accessed out of bound memory: available ${has}, offset ${offset}, size ${size}`);
