import { keccak256 } from '@minichain/core';
import type { RpcTypedData } from '@minichain/protocol';
import { type Codec, CodecError, isRecord, mismatch } from './codecs/codec.ts';
import { data as dataCodec } from './codecs/scalars.ts';

interface Field {
  readonly name: string;
  readonly type: string;
}

/** What EIP-712 signs. */
export interface TypedData {
  readonly types: Readonly<Record<string, readonly Field[]>>;
  readonly primaryType: string;
  readonly domain: Readonly<Record<string, unknown>>;
  readonly message: Readonly<Record<string, unknown>>;
}

export const typedData: Codec<TypedData, RpcTypedData> = {
  expected: 'EIP-712 typed data { types, primaryType, domain, message }',
  decode: (value) => {
    if (!isRecord(value) || !isRecord(value['types']) || typeof value['primaryType'] !== 'string') {
      throw mismatch(typedData.expected, value);
    }
    const given = value['types'] as TypedData['types'];
    const { primaryType, domain = {}, message = {} } = value as unknown as TypedData;
    const types: TypedData['types'] = { EIP712Domain: domainType(domain), ...given };
    if (primaryType !== 'EIP712Domain' && types[primaryType] === undefined) {
      throw new CodecError(`primaryType "${primaryType}" is not among the types`, '.primaryType');
    }
    return { types, primaryType, domain, message };
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
function domainType(domain: Readonly<Record<string, unknown>>): readonly Field[] {
  return DOMAIN_FIELDS.filter(({ name }) => domain[name] !== undefined);
}

const utf8 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));
const join = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
const baseType = (type: string): string => type.replace(/(\[\d*\])+$/, '');

function dependencies(type: string, types: TypedData['types'], found = new Set<string>()): Set<string> {
  const base = baseType(type);
  if (found.has(base) || types[base] === undefined) return found;
  found.add(base);
  for (const field of types[base]) dependencies(field.type, types, found);
  return found;
}

/** `Mail(Person from,…)Person(string name)`: the type, then what it refers to in order of name. */
function encodeType(type: string, types: TypedData['types']): string {
  const others = [...dependencies(type, types)].filter((name) => name !== type).sort();
  return [type, ...others]
    .map((name) => `${name}(${(types[name] ?? []).map((field) => `${field.type} ${field.name}`).join(',')})`)
    .join('');
}

function word(value: bigint): Uint8Array {
  return new Uint8Array(Buffer.from(BigInt.asUintN(256, value).toString(16).padStart(64, '0'), 'hex'));
}

function integer(type: string, value: unknown, path: string): Uint8Array {
  try {
    return word(BigInt(value as string | number | bigint));
  } catch {
    throw new CodecError(`expected ${type}`, path);
  }
}

function fixedBytes(type: string, value: unknown, path: string): Uint8Array {
  const bytes = dataCodec.decode(value);
  const size = Number(type.slice('bytes'.length));
  if (bytes.length !== size) throw new CodecError(`expected ${type}, got ${bytes.length} bytes`, path);
  const out = new Uint8Array(32);
  out.set(bytes);
  return out;
}

function encodeValue(type: string, value: unknown, types: TypedData['types'], path: string): Uint8Array {
  if (/\]$/.test(type)) {
    if (!Array.isArray(value)) throw new CodecError(`expected ${type}`, path);
    const inner = type.replace(/\[\d*\]$/, '');
    return keccak256(join(...value.map((item, i) => encodeValue(inner, item, types, `${path}[${i}]`))));
  }
  if (types[type] !== undefined) return value == null ? new Uint8Array(32) : hashStruct(type, value, types, path);
  return encodeAtom(type, value, path);
}

/** A value that is neither array nor struct. */
function encodeAtom(type: string, value: unknown, path: string): Uint8Array {
  if (value === undefined || value === null) throw new CodecError(`missing value of type ${type}`, path);
  if (type === 'string') return keccak256(utf8(String(value)));
  if (type === 'bytes') return keccak256(dataCodec.decode(value));
  if (type === 'bool') return word(value === true || value === 'true' ? 1n : 0n);
  if (/^u?int\d*$/.test(type) || type === 'address') return integer(type, value, path);
  if (/^bytes\d+$/.test(type)) return fixedBytes(type, value, path);
  throw new CodecError(`unknown type "${type}"`, path);
}

function hashStruct(type: string, value: unknown, types: TypedData['types'], path: string): Uint8Array {
  if (!isRecord(value)) throw new CodecError(`expected an object of type ${type}`, path);
  const fields = (types[type] ?? []).map((field) =>
    encodeValue(field.type, value[field.name], types, `${path}.${field.name}`),
  );
  return keccak256(join(keccak256(utf8(encodeType(type, types))), ...fields));
}

/** The 32 bytes that EIP-712 has signed. @throws CodecError naming the field. */
export function typedDataDigest({ types, primaryType, domain, message }: TypedData): Uint8Array {
  const parts = [Uint8Array.of(0x19, 0x01), hashStruct('EIP712Domain', domain, types, '.domain')];
  if (primaryType !== 'EIP712Domain') parts.push(hashStruct(primaryType, message, types, '.message'));
  return keccak256(join(...parts));
}
