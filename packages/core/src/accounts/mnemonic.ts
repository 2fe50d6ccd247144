import { Address } from '@ethereumjs/util';
import { entropyToMnemonic, generateMnemonic, validateMnemonic } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { addressBytesFromPublicKey, secp256k1 } from '../crypto/crypto.ts';
import { childrenOf, keyAtPath, masterKeyFromSeed, seedFromMnemonic } from './derive.ts';
import { accountError } from './faults.ts';
import { randomBytesFromSeed } from './seededRandom.ts';

export interface OwnedAccount {
  readonly address: Address;
  readonly privateKey: Uint8Array;
}

/** The mnemonic that every dev chain uses by default. Its keys are public. */
export const DEFAULT_MNEMONIC = 'test test test test test test test test test test test junk';
export const DEFAULT_DERIVATION_PATH: string = "m/44'/60'/0'/0/";

const STRENGTH: Readonly<Record<number, number>> = { 12: 128, 15: 160, 18: 192, 21: 224, 24: 256 };
/** BIP-32 indices below 2^31; the top bit says hardened. */
const MAX_INDEX = 2 ** 31 - 1;

/**
 * A fresh BIP-39 mnemonic.
 * @param words 12, 15, 18, 21 or 24.
 * @throws AccountError MNEMONIC_INVALID for another count.
 */
export function randomMnemonic(words = 12): string {
  const strength = STRENGTH[words];
  if (strength === undefined) {
    throw accountError({ code: 'MNEMONIC_INVALID', detail: `expected 12, 15, 18, 21 or 24 words, got ${words}` });
  }
  return generateMnemonic(wordlist, strength);
}

/**
 * The twelve words that Anvil's `--mnemonic-seed-unsafe` makes of a number. Anybody can guess them.
 * @param seed 0 to 2^64 − 1.
 */
export function mnemonicFromSeed(seed: bigint): string {
  return entropyToMnemonic(randomBytesFromSeed(seed), wordlist);
}

/** @throws AccountError MNEMONIC_INVALID. */
function checkMnemonic(mnemonic: string): string {
  const words = mnemonic.trim().split(/\s+/);
  const normalised = words.join(' ');
  if (STRENGTH[words.length] === undefined) {
    throw accountError({
      code: 'MNEMONIC_INVALID',
      detail: `expected 12, 15, 18, 21 or 24 words, got ${normalised === '' ? 0 : words.length}`,
    });
  }
  const unknown = words.find((word) => !wordlist.includes(word));
  if (unknown !== undefined) {
    throw accountError({ code: 'MNEMONIC_INVALID', detail: `"${unknown}" is not in the English BIP-39 word list` });
  }
  if (!validateMnemonic(normalised, wordlist)) {
    throw accountError({ code: 'MNEMONIC_INVALID', detail: 'the checksum of the words does not match (BIP-39)' });
  }
  return normalised;
}

/** @throws AccountError DERIVATION_PATH_INVALID. */
function checkPath(derivationPath: string): string {
  const path = derivationPath.replace(/\/$/, '');
  const steps = path.split('/').slice(1);
  const isPath = /^m(\/\d+'?)*$/.test(path) && steps.every((step) => Number.parseInt(step, 10) <= MAX_INDEX);
  if (!isPath) throw accountError({ code: 'DERIVATION_PATH_INVALID', path: derivationPath });
  return path;
}

/** @param privateKey 32 bytes. */
function accountFromPrivateKey(privateKey: Uint8Array): OwnedAccount {
  return { privateKey, address: new Address(addressBytesFromPublicKey(secp256k1().publicKey(privateKey))) };
}

/**
 * BIP-44 accounts of a mnemonic, index 0 first. Built on Node's own PBKDF2 and HMAC and on the curve library in use:
 * a tenth of the time that pure JavaScript takes of every start.
 * @throws AccountError MNEMONIC_INVALID, DERIVATION_PATH_INVALID.
 * @example accountsFromMnemonic({ mnemonic: DEFAULT_MNEMONIC, count: 1, derivationPath: "m/44'/60'/0'/0/" })
 */
export function accountsFromMnemonic(options: {
  mnemonic: string;
  count: number;
  derivationPath: string;
}): OwnedAccount[] {
  const path = checkPath(options.derivationPath);
  const mnemonic = checkMnemonic(options.mnemonic);
  if (options.count === 0) return [];
  const child = childrenOf(keyAtPath(masterKeyFromSeed(seedFromMnemonic(mnemonic)), path));
  return Array.from({ length: options.count }, (_, index) => accountFromPrivateKey(child(index).privateKey));
}
