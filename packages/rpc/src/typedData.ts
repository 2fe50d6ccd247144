import { keccak256 } from '@minichain/core';
import type { RpcTypedData } from '@minichain/protocol';
import { type Codec, CodecError, decodeAt, isRecord, list, mismatch } from './codecs/codec.ts';
import { address, data as dataCodec, text } from './codecs/scalars.ts';

interface Field {
  readonly name: string;
  readonly type: string;
}

type Types = Readonly<Record<string, readonly Field[]>>;
type Fields = Readonly<Record<string, unknown>>;

/** What EIP-712 signs. */
export interface TypedData {
  readonly types: Types;
  readonly primaryType: string;
  readonly domain: Fields;
  readonly message: Fields;
}

/** MetaMask's two readings of EIP-712: `v3` has no arrays and leaves out what is not there; `v4` is the standard. */
export type TypedDataVersion = 'v3' | 'v4';

const field: Codec<Field> = {
  expected: 'a field { name, type }',
  decode: (value) => {
    if (!isRecord(value)) throw mismatch(field.expected, value);
    return { name: decodeAt(text, value['name'], '.name'), type: decodeAt(text, value['type'], '.type') };
  },
};

const object: Codec<Fields> = {
  expected: 'an object',
  decode: (value) => {
    if (!isRecord(value)) throw mismatch(object.expected, value);
    return value;
  },
};

const typesCodec: Codec<Types> = {
  expected: 'an object of type names and arrays of { name, type }',
  decode: (value) => {
    if (!isRecord(value)) throw mismatch(typesCodec.expected, value);
    const structs = Object.entries(value).map(([name, fields]) => [name, decodeAt(list(field), fields, `.${name}`)]);
    return Object.fromEntries(structs) as Types;
  },
};

function typedDataFrom(value: unknown): TypedData {
  if (!isRecord(value)) throw mismatch(typedData.expected, value);
  const domain = decodeAt(object, value['domain'] ?? {}, '.domain');
  const message = decodeAt(object, value['message'] ?? {}, '.message');
  const primaryType = decodeAt(text, value['primaryType'], '.primaryType');
  const types = { EIP712Domain: domainType(domain), ...decodeAt(typesCodec, value['types'], '.types') };
  if (types[primaryType as keyof typeof types] === undefined) {
    throw new CodecError(`"${primaryType}" is not among the types`, '.primaryType');
  }
  return { types, primaryType, domain, message };
}

/** EIP-712 typed data: an object, or its JSON as most wallets send it. */
export const typedData: Codec<TypedData, RpcTypedData | string> = {
  expected: 'EIP-712 typed data { types, primaryType, domain, message }, or its JSON',
  decode: (value) => {
    if (typeof value !== 'string') return typedDataFrom(value);
    let parsed: unknown;
    try {
      parsed = JSON.parse(value);
    } catch {
      throw new CodecError(`expected ${typedData.expected}, got text that is not JSON`);
    }
    return typedDataFrom(parsed);
  },
};

const DOMAIN_FIELDS: readonly Field[] = [
  { name: 'name', type: 'string' },
  { name: 'version', type: 'string' },
  { name: 'chainId', type: 'uint256' },
  { name: 'verifyingContract', type: 'address' },
  { name: 'salt', type: 'bytes32' },
];

/** Clients may leave the domain's type out; it follows from the fields that are there. */
function domainType(domain: Fields): readonly Field[] {
  return DOMAIN_FIELDS.filter(({ name }) => domain[name] !== undefined);
}

const utf8 = (string: string): Uint8Array => new Uint8Array(Buffer.from(string));
const join = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
const baseType = (type: string): string => type.replace(/(\[\d*\])+$/, '');

function dependencies(type: string, types: Types, found = new Set<string>()): Set<string> {
  const base = baseType(type);
  if (found.has(base) || types[base] === undefined) return found;
  found.add(base);
  for (const { type: inner } of types[base]) dependencies(inner, types, found);
  return found;
}

/** `Mail(Person from,…)Person(string name)`: the type, then what it refers to in order of name. */
export function encodeType(type: string, types: Types): string {
  const others = [...dependencies(type, types)].filter((name) => name !== type).sort();
  return [type, ...others]
    .map((name) => `${name}(${(types[name] ?? []).map((one) => `${one.type} ${one.name}`).join(',')})`)
    .join('');
}

function word(value: bigint): Uint8Array {
  return new Uint8Array(Buffer.from(BigInt.asUintN(256, value).toString(16).padStart(64, '0'), 'hex'));
}

function bigIntOf(value: unknown): bigint | undefined {
  const isWhole = typeof value === 'bigint' || (typeof value === 'number' && Number.isSafeInteger(value));
  const isText = typeof value === 'string' && /^(-?\d+|0x[0-9a-fA-F]+)$/.test(value);
  return isWhole || isText ? BigInt(value as string) : undefined;
}

function integer(type: string, value: unknown): Uint8Array {
  const bits = Number(/\d+$/.exec(type)?.[0] ?? 256);
  const number = bigIntOf(value);
  const fits = type.startsWith('u') ? BigInt.asUintN : BigInt.asIntN;
  if (number === undefined || fits(bits, number) !== number) throw mismatch(type, value);
  return word(number);
}

function fixedBytes(type: string, value: unknown): Uint8Array {
  const bytes = dataCodec.decode(value);
  const size = Number(type.slice('bytes'.length));
  if (bytes.length !== size) throw new CodecError(`expected ${type}, got ${bytes.length} bytes`);
  const out = new Uint8Array(32);
  out.set(bytes);
  return out;
}

function boolean(value: unknown): Uint8Array {
  if (value === true || value === 'true') return word(1n);
  if (value === false || value === 'false') return word(0n);
  throw mismatch('bool', value);
}

const INTEGER = /^u?int(8|16|24|32|40|48|56|64|72|80|88|96|1[0-9][0-9]|2[0-4][0-9]|25[0-6])?$/;
const FIXED_BYTES = /^bytes([1-9]|[12][0-9]|3[0-2])$/;

/** A value that is neither array nor struct. */
export function encodeAtom(type: string, value: unknown): Uint8Array {
  if (value === undefined || value === null) throw new CodecError(`missing value of type ${type}`);
  if (type === 'string') return keccak256(utf8(text.decode(value)));
  if (type === 'bytes') return keccak256(dataCodec.decode(value));
  if (type === 'bool') return boolean(value);
  if (type === 'address') return word(BigInt(address.decode(value).toString()));
  if (INTEGER.test(type) && Number(/\d+$/.exec(type)?.[0] ?? 256) % 8 === 0) return integer(type, value);
  if (FIXED_BYTES.test(type)) return fixedBytes(type, value);
  throw new CodecError(`unknown type "${type}"`);
}

/** Hashes one kind of data; every complaint names the field. */
class Encoder {
  readonly #types: Types;
  readonly #version: TypedDataVersion;

  constructor(types: Types, version: TypedDataVersion) {
    this.#types = types;
    this.#version = version;
  }

  struct(type: string, value: unknown): Uint8Array {
    if (!isRecord(value)) throw mismatch(`an object of type ${type}`, value);
    const there = (this.#types[type] ?? []).filter(({ name }) => this.#version === 'v4' || value[name] !== undefined);
    const fields = there.map(({ name, type: inner }) =>
      decodeAt({ expected: inner, decode: (one) => this.#value(inner, one) }, value[name], `.${name}`),
    );
    return keccak256(join(keccak256(utf8(encodeType(type, this.#types))), ...fields));
  }

  #value(type: string, value: unknown): Uint8Array {
    if (type.endsWith(']')) return this.#array(type, value);
    if (this.#types[type] === undefined) return encodeAtom(type, value);
    // MetaMask's v4 hashes a struct that is not there to zero.
    return value == null && this.#version === 'v4' ? new Uint8Array(32) : this.struct(type, value);
  }

  #array(type: string, value: unknown): Uint8Array {
    if (this.#version === 'v3') throw new CodecError(`arrays such as ${type} need eth_signTypedData_v4`);
    const [, inner = '', size = ''] = /^(.*)\[(\d*)\]$/.exec(type) ?? [];
    if (!Array.isArray(value)) throw mismatch(type, value);
    if (size !== '' && value.length !== Number(size)) {
      throw new CodecError(`expected ${type}, got an array of ${value.length}`);
    }
    const items = list({ expected: inner, decode: (one: unknown) => this.#value(inner, one) }).decode(value);
    return keccak256(join(...items));
  }
}

/**
 * The 32 bytes that EIP-712 has signed.
 * @throws CodecError naming the field.
 * @example typedDataDigest(typedData.decode(json))
 */
export function typedDataDigest(
  { types, primaryType, domain, message }: TypedData,
  version: TypedDataVersion = 'v4',
): Uint8Array {
  const encoder = new Encoder(types, version);
  const hash = (type: string, place: string, value: Fields): Uint8Array =>
    decodeAt({ expected: type, decode: (one) => encoder.struct(type, one) }, value, place);
  const parts = [Uint8Array.of(0x19, 0x01), hash('EIP712Domain', '.domain', domain)];
  if (primaryType !== 'EIP712Domain') parts.push(hash(primaryType, '.message', message));
  return keccak256(join(...parts));
}
