import { p256 } from '@noble/curves/nist.js';
import { bytesToHex, type Hex, hexToBytes, sha256, stringToBytes } from 'viem';

const KEY = hexToBytes(`0x${'11'.repeat(32)}`);

/** `[hash, r, s, x, y]`, as contracts take a signature of curve P-256. */
export function p256Signature(message: string): [Hex, Hex, Hex, Hex, Hex] {
  const hash = sha256(stringToBytes(message), 'bytes');
  const signature = p256.sign(hash, KEY, { prehash: false, lowS: true });
  const point = p256.getPublicKey(KEY, false).subarray(1);
  const words = [hash, signature.subarray(0, 32), signature.subarray(32), point.subarray(0, 32), point.subarray(32)];
  return words.map((word) => bytesToHex(word)) as [Hex, Hex, Hex, Hex, Hex];
}
