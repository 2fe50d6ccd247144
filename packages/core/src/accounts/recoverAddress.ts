import { Address } from '@ethereumjs/util';
import { addressBytesFromPublicKey, secp256k1 } from '../crypto/crypto.ts';
import { accountError } from './faults.ts';

/**
 * Who signed a digest.
 * @param signature 65 bytes r ‖ s ‖ v, v being 0, 1, 27 or 28.
 * @throws AccountError SIGNATURE_UNUSABLE.
 */
export function recoverAddress(digest: Uint8Array, signature: Uint8Array): Address {
  const v = signature[64] as number;
  const bit = v >= 27 ? v - 27 : v;
  try {
    if (bit > 1) throw new RangeError(`v is ${v}`);
    return new Address(addressBytesFromPublicKey(secp256k1().recover(digest, signature.subarray(0, 64), bit)));
  } catch (error) {
    throw accountError({ code: 'SIGNATURE_UNUSABLE' }, { cause: error });
  }
}
