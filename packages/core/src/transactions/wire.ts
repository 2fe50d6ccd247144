import { RLP } from '@ethereumjs/rlp';
import type { TypedTransaction } from '@ethereumjs/tx';
import { Address } from '@ethereumjs/util';
import { addressBytesFromPublicKey, secp256k1 } from '../crypto/crypto.ts';
import { keccak256 } from '../crypto/keccak.ts';
import { transactionError } from './faults.ts';

type Fields = readonly Uint8Array[];

const LIST = 0xc0;
/** Lists of up to 55 bytes have their length in the first byte. */
const SHORT = 55;
const SIGNATURE_FIELDS = 3;

/** The fields of a transaction as they were sent, with the bytes they stand in (EIP-2718; no type byte before EIP-2930). */
export interface Wire {
  readonly raw: Uint8Array;
  readonly fields: Fields;
}

/** @returns undefined for what is no list. @throws for what is not RLP. */
export function wireOf(raw: Uint8Array, isTyped: boolean): Wire | undefined {
  const fields = RLP.decode(isTyped ? raw.subarray(1) : raw);
  return Array.isArray(fields) ? { raw, fields: fields as Uint8Array[] } : undefined;
}

/** Place of the signature's parity among the fields, by type. */
const PARITY_FIELD: Readonly<Record<number, number>> = { 1: 8, 2: 9, 4: 10 };

/**
 * The library reads these two as numbers and would write them in their shortest form, which is another transaction's hash.
 * @throws TransactionError TRANSACTION_MALFORMED.
 */
export function requireShortest({ raw, fields }: Wire): void {
  for (const [name, field] of [
    ['chainId', fields[0]],
    ['yParity', fields[PARITY_FIELD[raw[0] as number] as number]],
  ] as const) {
    if (field?.[0] === 0) {
      const detail = `${name} has leading zeros (RLP writes numbers in their shortest form)`;
      throw transactionError({ code: 'TRANSACTION_MALFORMED', detail });
    }
  }
}

/** Length of a short string with its header. */
const encodedLength = (bytes: Uint8Array): number =>
  bytes.length === 1 && (bytes[0] as number) < 0x80 ? 1 : 1 + bytes.length;

/** What is signed of a typed transaction: its type, and its fields but for the signature as they were sent. */
function signedBytes({ raw, fields }: Wire): Uint8Array {
  const first = raw[1] as number;
  const from = first <= LIST + SHORT ? 2 : 2 + first - LIST - SHORT;
  const tail = fields.slice(-SIGNATURE_FIELDS).reduce((sum, field) => sum + encodedLength(field), 0);
  const length = raw.length - tail - from;
  const lengthBytes = length <= SHORT ? 0 : length < 0x100 ? 1 : length < 0x10000 ? 2 : length < 0x1000000 ? 3 : 4;
  const out = new Uint8Array(2 + lengthBytes + length);
  out[0] = raw[0] as number;
  out[1] = lengthBytes === 0 ? LIST + length : LIST + SHORT + lengthBytes;
  for (let i = 0; i < lengthBytes; i++) out[2 + i] = length >>> (8 * (lengthBytes - 1 - i));
  out.set(raw.subarray(from, from + length), 2 + lengthBytes);
  return out;
}

/**
 * Who signed a typed transaction, found from its bytes: the library would write them anew three times on the way.
 * @throws for a signature that recovers to nothing.
 */
export function recoverSender(wire: Wire): Address {
  const [parity, r, s] = wire.fields.slice(-SIGNATURE_FIELDS) as [Uint8Array, Uint8Array, Uint8Array];
  const signature = new Uint8Array(64);
  signature.set(r, 32 - r.length);
  signature.set(s, 64 - s.length);
  return new Address(
    addressBytesFromPublicKey(secp256k1().recover(keccak256(signedBytes(wire)), signature, parity[0] ?? 0)),
  );
}

/** Lets a transaction answer with the bytes it was read from, and with their hash. @param tx made with `freeze: false`. */
export function withBytes<T extends TypedTransaction>(tx: T, raw: Uint8Array): T {
  const hash = keccak256(raw);
  tx.serialize = () => raw;
  tx.hash = () => hash;
  return tx;
}
