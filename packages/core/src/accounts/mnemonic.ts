import { Address, type PrefixedHexString } from '@ethereumjs/util';
import { HDKey } from '@scure/bip32';
import { generateMnemonic, mnemonicToSeedSync, validateMnemonic } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { addressBytesFromPublicKey, secp256k1 } from '../crypto/crypto.ts';
import { accountError } from './faults.ts';

export interface OwnedAccount {
  readonly address: Address;
  readonly privateKey: Uint8Array;
}

/** The mnemonic that every dev chain uses by default. Its keys are public. */
export const DEFAULT_MNEMONIC = 'test test test test test test test test test test test junk';
export const DEFAULT_DERIVATION_PATH: string = "m/44'/60'/0'/0/";

const STRENGTH: Readonly<Record<number, number>> = { 12: 128, 15: 160, 18: 192, 21: 224, 24: 256 };

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

/** @throws AccountError MNEMONIC_INVALID. */
function checkMnemonic(mnemonic: string): string {
  const normalised = mnemonic.trim().split(/\s+/).join(' ');
  const count = normalised.split(' ').length;
  if (STRENGTH[count] === undefined) {
    throw accountError({ code: 'MNEMONIC_INVALID', detail: `expected 12, 15, 18, 21 or 24 words, got ${count}` });
  }
  const unknown = normalised.split(' ').find((word) => !wordlist.includes(word));
  if (unknown !== undefined) {
    throw accountError({ code: 'MNEMONIC_INVALID', detail: `"${unknown}" is not in the English BIP-39 word list` });
  }
  if (!validateMnemonic(normalised, wordlist)) {
    throw accountError({ code: 'MNEMONIC_INVALID', detail: 'the checksum of the words does not match (BIP-39)' });
  }
  return normalised;
}

/** @param privateKey 32 bytes. */
export function accountFromPrivateKey(privateKey: Uint8Array): OwnedAccount {
  return { privateKey, address: new Address(addressBytesFromPublicKey(secp256k1().publicKey(privateKey))) };
}

/**
 * BIP-44 accounts of a mnemonic, index 0 first.
 * @throws AccountError MNEMONIC_INVALID, DERIVATION_PATH_INVALID.
 * @example accountsFromMnemonic({ mnemonic: DEFAULT_MNEMONIC, count: 1, derivationPath: "m/44'/60'/0'/0/" })
 */
export function accountsFromMnemonic(options: {
  mnemonic: string;
  count: number;
  derivationPath: string;
}): OwnedAccount[] {
  if (options.count === 0) return [];
  const path = options.derivationPath.replace(/\/$/, '');
  if (!/^m(\/\d+'?)*$/.test(path))
    throw accountError({ code: 'DERIVATION_PATH_INVALID', path: options.derivationPath });
  const parent = HDKey.fromMasterSeed(mnemonicToSeedSync(checkMnemonic(options.mnemonic))).derive(path);
  return Array.from({ length: options.count }, (_, index) =>
    accountFromPrivateKey(parent.deriveChild(index).privateKey as Uint8Array),
  );
}

/** Lower-case hex, the form used as a map key. */
export const addressKey = (address: Address): PrefixedHexString => address.toString();
