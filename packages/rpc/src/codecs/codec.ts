/** A value that is not what the parameter takes; `path` points inside it, e.g. `.topics[1]`. */
export class CodecError extends Error {
  readonly path: string;

  constructor(message: string, path = '') {
    super(message);
    this.path = path;
  }
}

/** Reads a wire value. `expected` completes "expected …". */
export interface Codec<T> {
  readonly expected: string;
  /** @throws CodecError. */
  decode(value: unknown): T;
}

const SHOWN = 80;

/** How a bad value is shown: short, and never an object's inside. */
function shown(value: unknown): string {
  if (typeof value === 'string') return value.length > SHOWN ? `"${value.slice(0, SHOWN)}…"` : `"${value}"`;
  if (value === null) return 'null';
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
    if (error instanceof CodecError) throw new CodecError(error.message, path + error.path);
    throw error;
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A list of one kind. @example list(hash) */
export function list<T>(codec: Codec<T>): Codec<T[]> {
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
