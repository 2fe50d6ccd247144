import { keccak256 } from '@minichain/core';
import type { RpcTypedField } from '@minichain/protocol';
import { type Codec, CodecError, decodeAt, isRecord, list, mismatch } from './codecs/codec.ts';
import { text } from './codecs/scalars.ts';
import { encodeAtom } from './typedData.ts';

const utf8 = (string: string): Uint8Array => new Uint8Array(Buffer.from(string));
const join = (parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

/** Bytes that a value of that type takes in `abi.encodePacked`. */
function packedSize(type: string): number {
  if (type === 'bool') return 1;
  if (type === 'address') return 20;
  const digits = Number(/\d+$/.exec(type)?.[0] ?? 256);
  return type.startsWith('bytes') ? digits : digits / 8;
}

/** As Solidity's `abi.encodePacked`. Text for `bytes` is taken as it reads, unless it is hex. */
function packed(type: string, value: unknown): Uint8Array {
  if (type === 'string') return utf8(text.decode(value));
  if (type === 'bytes') {
    const string = text.decode(value);
    return /^0x([0-9a-fA-F]{2})*$/.test(string) ? new Uint8Array(Buffer.from(string.slice(2), 'hex')) : utf8(string);
  }
  if (type.endsWith(']')) {
    const inner = type.slice(0, type.lastIndexOf('['));
    if (!Array.isArray(value)) throw mismatch(type, value);
    // Elements fill whole words, but for text and bytes: there the wallets never did as Solidity does.
    const element = /^(string|bytes)/.test(inner) ? packed : encodeAtom;
    return join(list({ expected: inner, decode: (one) => element(inner, one) }).decode(value));
  }
  const word = encodeAtom(type, value);
  const size = packedSize(type);
  return type.startsWith('bytes') ? word.slice(0, size) : word.slice(32 - size);
}

interface PackedField {
  readonly schema: string;
  readonly value: Uint8Array;
}

const packedField: Codec<PackedField, RpcTypedField> = {
  expected: 'a field { type, name, value }',
  decode: (field) => {
    if (!isRecord(field)) throw mismatch(packedField.expected, field);
    const type = decodeAt(text, field['type'], '.type');
    const name = decodeAt(text, field['name'], '.name');
    const value = decodeAt({ expected: type, decode: (one) => packed(type, one) }, field['value'], '.value');
    return { schema: `${type} ${name}`, value };
  },
};

/**
 * The 32 bytes that the first `eth_signTypedData` has signed, of before EIP-712: a list of fields, as MetaMask and its libraries
 * call V1.
 * @throws CodecError naming the field.
 * @example fieldListDigest.decode([{ type: 'string', name: 'message', value: 'Hi' }])
 */
export const fieldListDigest: Codec<Uint8Array, readonly RpcTypedField[]> = {
  expected: 'a list of fields { type, name, value }',
  decode: (value) => {
    const fields = list(packedField).decode(value);
    if (fields.length === 0) throw new CodecError('expected at least one field');
    const schema = keccak256(utf8(fields.map((field) => field.schema).join('')));
    return keccak256(join([schema, keccak256(join(fields.map((field) => field.value)))]));
  },
};
