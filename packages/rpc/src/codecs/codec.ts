import { RPC_CODES, type RpcCode } from '@minichain/protocol';

/** A value that is not what the parameter takes; `path` points inside it, e.g. `.topics[1]`. */
export class CodecError extends Error {
  readonly path: string;
  /** Of the answer: invalid parameters, unless something else is wrong. */
  readonly code: RpcCode;

  constructor(message: string, path = '', code: RpcCode = RPC_CODES.invalidParams) {
    super(message);
    this.path = path;
    this.code = code;
  }
}

/** Reads a wire value of type `W`. `expected` completes "expected …". */
export interface Codec<T, W = unknown> {
  readonly expected: string;
  /** @throws CodecError. */
  decode(value: unknown): T;
  /** Never there: it only tells the compiler what a caller may send. */
  readonly wire?: W;
}

const SHOWN = 80;

/** How a bad value is shown: short, and never an object's inside. */
function shown(value: unknown): string {
  if (typeof value === 'string') return value.length > SHOWN ? `"${value.slice(0, SHOWN)}…"` : `"${value}"`;
  if (value === null) return 'null';
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : String(value);
}

/** @example throw mismatch('an address', value) */
export function mismatch(expected: string, value: unknown): CodecError {
  return new CodecError(`expected ${expected}, got ${shown(value)}`);
}

/** Runs a codec on a part of a value and puts the part's place before any complaint. */
export function decodeAt<T>(codec: Codec<T>, value: unknown, path: string): T {
  try {
    return codec.decode(value);
  } catch (error) {
    if (error instanceof CodecError) throw new CodecError(error.message, path + error.path, error.code);
    throw error;
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Refuses a field that nobody would read: a misspelt one must not be ignored. @throws CodecError naming it. */
export function onlyFields(
  value: Record<string, unknown>,
  known: readonly string[],
  passedOver: readonly string[] = [],
): void {
  for (const name of Object.keys(value)) {
    if (known.includes(name) || passedOver.includes(name)) continue;
    const near = known.find((other) => other.toLowerCase() === name.toLowerCase().replaceAll('_', ''));
    const hint = near === undefined ? `known are ${known.join(', ')}` : `did you mean ${near}?`;
    throw new CodecError(`unknown field "${name.slice(0, SHOWN)}"; ${hint}`);
  }
}

/** A list of one kind. @example list(hash) */
export function list<T, W>(codec: Codec<T, W>): Codec<T[], readonly W[]> {
  const expected = `an array of: ${codec.expected}`;
  return {
    expected,
    decode: (value) => {
      if (!Array.isArray(value)) throw mismatch(expected, value);
      return value.map((item, index) => decodeAt(codec, item, `[${index}]`));
    },
  };
}

/** Takes the value as it is. */
export const anything: Codec<unknown> = { expected: 'a value', decode: (value) => value };
