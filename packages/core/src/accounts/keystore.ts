import { createCipheriv, createDecipheriv, pbkdf2, randomUUID, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { concatBytes } from '@ethereumjs/util';
import { keccak256 } from '../crypto/keccak.ts';
import { accountError } from './faults.ts';

/** A key that a passphrase opens, as geth and others keep it (Web3 Secret Storage, version 3). Hex has no prefix. */
export interface KeystoreFile {
  readonly version: 3;
  readonly id: string;
  readonly address: string;
  readonly crypto: {
    readonly cipher: string;
    readonly ciphertext: string;
    readonly cipherparams: { readonly iv: string };
    readonly kdf: string;
    readonly kdfparams: Readonly<Record<string, number | string>>;
    readonly mac: string;
  };
}

const derivePbkdf2 = promisify(pbkdf2);
const deriveScrypt = promisify<string, Uint8Array, number, object, Buffer>(scrypt);
const CIPHER = 'aes-128-ctr';
const KEY_BYTES = 32;
/** geth's `--lightkdf`: a key of a development chain is worth a few milliseconds, not a second. */
const LIGHT = { n: 4096, r: 8, p: 6 };
/** A file may not ask for more memory than this, bytes. */
const MOST_MEMORY = 2 ** 30;

const invalid = (detail: string, options?: ErrorOptions) => accountError({ code: 'KEYSTORE_INVALID', detail }, options);
const hexBytes = (hex: unknown): Uint8Array => Uint8Array.from(Buffer.from(String(hex).replace(/^0x/, ''), 'hex'));
const hexText = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

async function derive(kdf: string, params: KeystoreFile['crypto']['kdfparams'], passphrase: string) {
  const [salt, length] = [hexBytes(params['salt']), Number(params['dklen'])];
  if (length !== KEY_BYTES) throw invalid(`kdfparams.dklen must be ${KEY_BYTES}, got ${params['dklen']}`);
  if (kdf === 'pbkdf2') {
    if (params['prf'] !== 'hmac-sha256') throw invalid(`unknown kdfparams.prf "${params['prf']}"`);
    return derivePbkdf2(passphrase, salt, Number(params['c']), length, 'sha256');
  }
  if (kdf !== 'scrypt') throw invalid(`unknown kdf "${kdf}"; known are scrypt, pbkdf2`);
  const [cost, blockSize, parallelization] = [Number(params['n']), Number(params['r']), Number(params['p'])];
  return deriveScrypt(passphrase, salt, length, { cost, blockSize, parallelization, maxmem: MOST_MEMORY });
}

const macOf = (derived: Uint8Array, ciphertext: Uint8Array): Uint8Array =>
  keccak256(concatBytes(derived.subarray(16, 32), ciphertext));

/**
 * Opens a key that a passphrase closes.
 * @param file parsed JSON, of version 3.
 * @returns 32 bytes.
 * @throws AccountError KEYSTORE_INVALID, PASSPHRASE_WRONG.
 * @example await openKeystore(JSON.parse(text), 'my passphrase')
 */
export async function openKeystore(file: unknown, passphrase: string): Promise<Uint8Array> {
  // ethers writes `Crypto`, and geth reads names in any case.
  const given = (file ?? {}) as Partial<KeystoreFile> & { readonly Crypto?: KeystoreFile['crypto'] };
  const { version, address, crypto = given.Crypto } = given;
  if (version !== 3) throw invalid(`expected version 3, got ${version}`);
  if (crypto === undefined) throw invalid('"crypto" is missing');
  if (crypto.cipher !== CIPHER) throw invalid(`unknown cipher "${crypto.cipher}"; known is ${CIPHER}`);
  let derived: Uint8Array;
  try {
    derived = await derive(crypto.kdf, crypto.kdfparams, passphrase);
  } catch (error) {
    if (error instanceof Error && !('fault' in error)) throw invalid(error.message, { cause: error });
    throw error;
  }
  const [ciphertext, mac] = [hexBytes(crypto.ciphertext), hexBytes(crypto.mac)];
  if (mac.length !== 32 || !timingSafeEqual(mac, macOf(derived, ciphertext))) {
    throw accountError({ code: 'PASSPHRASE_WRONG', address: `0x${String(address ?? '').replace(/^0x/, '')}` });
  }
  const decipher = createDecipheriv(CIPHER, derived.subarray(0, 16), hexBytes(crypto.cipherparams.iv));
  return Uint8Array.from(Buffer.concat([decipher.update(ciphertext), decipher.final()]));
}

/**
 * Closes a key with a passphrase, as `geth account new --lightkdf` does.
 * @param random its salt and start are made of it.
 */
export async function closeKeystore(
  { address, privateKey }: { readonly address: Uint8Array; readonly privateKey: Uint8Array },
  passphrase: string,
  random: (length: number) => Uint8Array,
): Promise<KeystoreFile> {
  const [salt, iv] = [random(32), random(16)];
  const kdfparams = { ...LIGHT, dklen: KEY_BYTES, salt: hexText(salt) };
  const derived = await derive('scrypt', kdfparams, passphrase);
  const cipher = createCipheriv(CIPHER, derived.subarray(0, 16), iv);
  const ciphertext = Uint8Array.from(Buffer.concat([cipher.update(privateKey), cipher.final()]));
  return {
    version: 3,
    id: randomUUID(),
    address: hexText(address),
    crypto: {
      cipher: CIPHER,
      ciphertext: hexText(ciphertext),
      cipherparams: { iv: hexText(iv) },
      kdf: 'scrypt',
      kdfparams,
      mac: hexText(macOf(derived, ciphertext)),
    },
  };
}
