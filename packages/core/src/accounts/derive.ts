import { createHmac, pbkdf2Sync } from 'node:crypto';
import { bigIntToBytes, bytesToBigInt, concatBytes, setLengthLeft } from '@ethereumjs/util';
import { secp256k1 } from '../crypto/crypto.ts';

/** Order of secp256k1's group. */
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const HARDENED = 0x80000000;

/** A private key that children can be derived from (BIP-32). */
export interface ExtendedKey {
  readonly privateKey: Uint8Array;
  readonly chainCode: Uint8Array;
}

/** BIP-39: the seed of a mnemonic without a passphrase. The words are ASCII, so that no normalisation is needed. */
export function seedFromMnemonic(mnemonic: string): Uint8Array {
  return pbkdf2Sync(mnemonic, 'mnemonic', 2048, 64, 'sha512');
}

function keyed(chainCode: Uint8Array | string, data: Uint8Array): { left: Uint8Array; chainCode: Uint8Array } {
  const digest = new Uint8Array(createHmac('sha512', chainCode).update(data).digest());
  return { left: digest.subarray(0, 32), chainCode: digest.subarray(32) };
}

function compressed(publicKey: Uint8Array): Uint8Array {
  const isOdd = ((publicKey[63] as number) & 1) === 1;
  return concatBytes(Uint8Array.of(isOdd ? 3 : 2), publicKey.subarray(0, 32));
}

function serialized(index: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, index);
  return bytes;
}

/** The key at the root of a seed. */
export function masterKeyFromSeed(seed: Uint8Array): ExtendedKey {
  const { left, chainCode } = keyed('Bitcoin seed', seed);
  return { privateKey: left, chainCode };
}

/**
 * Derives children of one key; what they have in common is worked out once.
 * @returns a function from the child's index (2^31 and above: hardened) to its key.
 */
export function childrenOf(parent: ExtendedKey): (index: number) => ExtendedKey {
  let publicKey: Uint8Array | undefined;
  const own = bytesToBigInt(parent.privateKey);
  const child = (index: number): ExtendedKey => {
    if (index < HARDENED) publicKey ??= compressed(secp256k1().publicKey(parent.privateKey));
    const prefix = index < HARDENED ? (publicKey as Uint8Array) : concatBytes(Uint8Array.of(0), parent.privateKey);
    const { left, chainCode } = keyed(parent.chainCode, concatBytes(prefix, serialized(index)));
    const offset = bytesToBigInt(left);
    const key = (offset + own) % ORDER;
    // BIP-32: such an index has no key, the next one is taken. One in 2^127.
    if (offset >= ORDER || key === 0n) return child(index + 1);
    return { privateKey: setLengthLeft(bigIntToBytes(key), 32), chainCode };
  };
  return child;
}

/** @param path numbers separated by `/`, each with `'` where hardened, after a leading `m`. */
export function keyAtPath(master: ExtendedKey, path: string): ExtendedKey {
  return path
    .split('/')
    .slice(1)
    .reduce((key, step) => childrenOf(key)(Number.parseInt(step, 10) + (step.endsWith("'") ? HARDENED : 0)), master);
}
