import { isHex } from '@minichain/protocol';
import { isAddress } from 'viem';
import type { Artifact } from './artifacts.ts';
import { deployError } from './deployFaults.ts';

/** A parameter in an ABI. */
export interface AbiParameter {
  readonly name: string;
  readonly type: string;
  readonly internalType?: string;
  readonly components?: readonly AbiParameter[];
}

/** Arguments in order, or by the names the ABI gives them. */
export type GivenArguments = readonly unknown[] | Readonly<Record<string, unknown>>;

interface Constructor {
  readonly inputs: readonly AbiParameter[];
  readonly isPayable: boolean;
}

/** A contract without a written constructor has one that takes nothing. */
export function constructorOf({ abi }: Pick<Artifact, 'abi'>): Constructor {
  const entry = abi.find(({ type }) => type === 'constructor');
  const inputs = (entry?.['inputs'] ?? []) as readonly AbiParameter[];
  return { inputs, isPayable: entry?.['stateMutability'] === 'payable' };
}

/** @example signatureOf([{ name: 'supply', type: 'uint256' }]) // 'constructor(uint256 supply)' */
function signatureOf(inputs: readonly AbiParameter[]): string {
  return `constructor(${inputs.map(({ type, name }) => `${type} ${name}`.trim()).join(', ')})`;
}

function wholeNumber(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : undefined;
  if (typeof value !== 'string' || !/^(?:-?\d[\d_]*|0x[0-9a-f]+)$/i.test(value)) return undefined;
  return BigInt(value.replaceAll('_', ''));
}

interface Reader {
  readonly expected: string;
  /** Undefined for a value that does not fit. */
  readonly read: (value: unknown) => unknown;
}

function integerReader(type: string): Reader {
  const isSigned = type.startsWith('int');
  const bits = BigInt(type.replace(/^u?int/, '') || '256') - (isSigned ? 1n : 0n);
  const min = isSigned ? -(2n ** bits) : 0n;
  const max = 2n ** bits - 1n;
  return {
    expected: `a whole number from ${isSigned ? `-2^${bits}` : '0'} to 2^${bits}-1 (as a string beyond 2^53)`,
    read: (value) => {
      const number = wholeNumber(value);
      return number !== undefined && number >= min && number <= max ? number : undefined;
    },
  };
}

function bytesReader(type: string): Reader {
  const size = type === 'function' ? '24' : type.slice('bytes'.length);
  return {
    expected: `0x and ${size === '' ? 'an even number of' : Number(size) * 2} hex digits`,
    read: (value) => {
      if (!isHex(value) || value.length % 2 === 1) return undefined;
      return size === '' || value.length === 2 + 2 * Number(size) ? value : undefined;
    },
  };
}

const BOOLEANS = new Map<unknown, boolean>([
  [true, true],
  [false, false],
  ['true', true],
  ['false', false],
]);

const READERS: readonly (readonly [RegExp, (type: string) => Reader])[] = [
  [/^u?int\d*$/, integerReader],
  [/^(?:bytes\d*|function)$/, bytesReader],
  [
    /^address$/,
    () => ({
      expected: 'an address (with a right checksum, if in mixed case)',
      read: (value) => (typeof value === 'string' && isAddress(value) ? value : undefined),
    }),
  ],
  [/^bool$/, () => ({ expected: 'true or false', read: (value) => BOOLEANS.get(value) })],
  [/^string$/, () => ({ expected: 'text', read: (value) => (typeof value === 'string' ? value : undefined) })],
];

/** What stands for a list or a tuple on a command line. */
function fromJson(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** Checks and converts arguments of one contract; carries its name for the errors. */
class ArgumentReader {
  readonly #contract: string;

  constructor(contract: string) {
    this.#contract = contract;
  }

  all(inputs: readonly AbiParameter[], given: GivenArguments, where: string): unknown[] {
    const values = Array.isArray(given) ? given : this.#ordered(inputs, given as Record<string, unknown>, where);
    return inputs.map((input, index) => {
      const name = input.name === '' ? String(index) : input.name;
      return this.#one(input, values[index], where === '' ? name : `${where}.${name}`);
    });
  }

  #ordered(inputs: readonly AbiParameter[], given: Readonly<Record<string, unknown>>, where: string): unknown[] {
    const names = inputs.map(({ name }) => name);
    const missing = names.filter((name) => !Object.hasOwn(given, name));
    const unknown = Object.keys(given).filter((name) => !names.includes(name));
    if (missing.length > 0 || unknown.length > 0) {
      const path = where === '' ? signatureOf(inputs) : `argument ${where}`;
      throw deployError({ code: 'ARGUMENT_NAMES', contract: this.#contract, path, missing, unknown });
    }
    return names.map((name) => given[name]);
  }

  #one(parameter: AbiParameter, value: unknown, path: string): unknown {
    const array = /^(.*)\[(\d*)\]$/.exec(parameter.type);
    if (array !== null) return this.#list({ ...parameter, type: array[1] as string }, array[2] as string, value, path);
    if (parameter.type === 'tuple') return this.#tuple(parameter, value, path);
    const reader = READERS.find(([pattern]) => pattern.test(parameter.type))?.[1](parameter.type);
    const read = reader?.read(value);
    return read ?? this.#refuse(parameter, path, reader?.expected ?? 'a type that this version knows', value);
  }

  #list(item: AbiParameter, length: string, given: unknown, path: string): unknown[] {
    const value = fromJson(given);
    const type = `${item.type}[${length}]`;
    const expected = `a JSON list of ${length === '' ? 'any length' : `${length} items`}`;
    if (!Array.isArray(value) || (length !== '' && value.length !== Number(length))) {
      return this.#refuse({ ...item, type }, path, expected, given);
    }
    return value.map((one, index) => this.#one(item, one, `${path}[${index}]`));
  }

  #tuple(parameter: AbiParameter, given: unknown, path: string): unknown {
    const components = parameter.components ?? [];
    const value = fromJson(given);
    const fits = Array.isArray(value)
      ? value.length === components.length
      : typeof value === 'object' && value !== null;
    const names = components.map(({ name }) => name).join(', ');
    if (!fits) return this.#refuse(parameter, path, `a JSON object or list of (${names})`, given);
    const values = this.all(components, value as GivenArguments, path);
    // The encoder takes tuples by name where all components have one.
    if (components.some(({ name }) => name === '')) return values;
    return Object.fromEntries(components.map(({ name }, index) => [name, values[index]]));
  }

  #refuse({ type, internalType }: AbiParameter, path: string, expected: string, got: unknown): never {
    const shownType = internalType?.startsWith('struct ') === true ? internalType : type;
    throw deployError({ code: 'ARGUMENT_INVALID', contract: this.#contract, path, type: shownType, expected, got });
  }
}

/**
 * Checks constructor arguments against the ABI: their count, names, types and ranges. Values may be text as on a command
 * line; lists and tuples may be JSON.
 * @returns values as viem encodes them, in order.
 * @throws DeployError ARGUMENT_COUNT, ARGUMENT_NAMES, ARGUMENT_INVALID naming the argument.
 * @example constructorValues(token, ['Gold', 'GLD', '1000000']) // ['Gold', 'GLD', 1000000n]
 */
export function constructorValues(artifact: Pick<Artifact, 'abi' | 'contractName'>, given: GivenArguments): unknown[] {
  const { inputs } = constructorOf(artifact);
  const contract = artifact.contractName;
  if (Array.isArray(given) && given.length !== inputs.length) {
    const counts = { expected: inputs.length, got: given.length };
    throw deployError({ code: 'ARGUMENT_COUNT', contract, signature: signatureOf(inputs), ...counts });
  }
  return new ArgumentReader(contract).all(inputs, given, '');
}
