/**
 * Unprefixed hex. The library's makes a rope of digits, which is slow to make and to look up.
 * @example hexFrom(Uint8Array.of(1, 255)) // '01ff'
 */
export const hexFrom = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('hex');

/** The reverse of {@link hexFrom}: a whole number of bytes. */
export const bytesFrom = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));
