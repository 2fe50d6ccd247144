import { keccak256 } from '@minichain/core';
import { type Codec, mismatch } from './codec.ts';
import { data } from './scalars.ts';

/** EIP-191 version 0x45. */
export function personalDigest(message: Uint8Array): Uint8Array {
  const prefix = Buffer.from(`\x19Ethereum Signed Message:\n${message.length}`);
  return keccak256(new Uint8Array(Buffer.concat([prefix, message])));
}

/** Wallets hand over hex bytes, or the text itself. */
export const message: Codec<Uint8Array, string> = {
  expected: 'a message: hex bytes or text',
  decode: (value) => {
    if (typeof value !== 'string') throw mismatch(message.expected, value);
    return /^0x([0-9a-fA-F]{2})*$/.test(value) ? data.decode(value) : new Uint8Array(Buffer.from(value));
  },
};
