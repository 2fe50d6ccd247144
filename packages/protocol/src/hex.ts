/** A `0x`-prefixed hex string of any length. */
export type Hex = `0x${string}`;
/** A quantity on the wire: `0x` and minimal hex digits, `0x0` for zero (execution-apis "QUANTITY"). */
export type Quantity = Hex;
/** Bytes on the wire: `0x` and an even number of digits (execution-apis "DATA"). */
export type Data = Hex;

const PAIRS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
/** Bytes; from here on a string that grows digit by digit takes longer and leaves a rope behind. */
const SHORT = 8;
/** Node's, which takes any bytes as they are; a browser has none. */
const hexSlice = (globalThis.Buffer?.prototype as { hexSlice?(this: Uint8Array, from: number, to: number): string })
  ?.hexSlice;

/**
 * Encodes bytes as DATA.
 * @example hexFromBytes(new Uint8Array([1, 255])) // '0x01ff'
 */
export function hexFromBytes(bytes: Uint8Array): Data {
  if (bytes.length >= SHORT && hexSlice !== undefined) return `0x${hexSlice.call(bytes, 0, bytes.length)}`;
  let out = '0x';
  for (let i = 0; i < bytes.length; i++) out += PAIRS[bytes[i] as number];
  return out as Data;
}

/**
 * Encodes a number as QUANTITY.
 * @example quantityFromBigInt(255n) // '0xff'
 */
export function quantityFromBigInt(value: bigint | number): Quantity {
  return `0x${value.toString(16)}`;
}

/** Whether the value is `0x` followed by hex digits only, of any count. */
export function isHex(value: unknown): value is Hex {
  return typeof value === 'string' && /^0x[0-9a-fA-F]*$/.test(value);
}

/**
 * Decodes DATA into bytes. The caller has checked the text with {@link isHex} and its even length.
 * @example bytesFromHex('0x01ff') // Uint8Array [1, 255]
 */
export function bytesFromHex(hex: Hex): Uint8Array {
  return new Uint8Array(Buffer.from(hex.slice(2), 'hex'));
}
