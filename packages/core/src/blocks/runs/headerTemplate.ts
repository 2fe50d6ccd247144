import { RLP } from '@ethereumjs/rlp';
import { keccak256 } from '../../crypto/keccak.ts';

/** Places of a header's fields in its RLP. */
export const FIELD = { parentHash: 0, stateRoot: 3, number: 8, timestamp: 11, mixHash: 13, baseFee: 15 } as const;

const SHORT_STRING = 0x80;
const LONG_STRING = 0xb7;
const LONG_LIST = 0xf7;

/** Where the contents of each item of an encoded list begin. */
function placesIn(encoded: Uint8Array, count: number): number[] {
  const first = encoded[0] as number;
  let at = first > LONG_LIST ? 1 + first - LONG_LIST : 1;
  return Array.from({ length: count }, () => {
    const head = encoded[at] as number;
    if (head < SHORT_STRING) return at++;
    if (head <= LONG_STRING) {
      const from = at + 1;
      at = from + head - SHORT_STRING;
      return from;
    }
    const size = head - LONG_STRING;
    let length = 0;
    for (let i = 1; i <= size; i++) length = length * 256 + (encoded[at + i] as number);
    const from = at + 1 + size;
    at = from + length;
    return from;
  });
}

/** A number in as few bytes as it needs. */
export function shortestBytes(value: number): Uint8Array {
  let length = 0;
  for (let rest = value; rest >= 1; rest = Math.floor(rest / 256)) length++;
  const bytes = new Uint8Array(length);
  for (let i = length - 1, rest = value; i >= 0; i--, rest = Math.floor(rest / 256)) bytes[i] = rest % 256;
  return bytes;
}

/** Headers that differ in a few fields only, hashed without encoding each anew. */
export class HeaderTemplate {
  readonly #fields: Uint8Array[];
  #encoded: Uint8Array;
  #places: number[];

  /** @param fields as a block's RLP has them. */
  constructor(fields: readonly Uint8Array[]) {
    this.#fields = [...fields];
    this.#encoded = RLP.encode(this.#fields);
    this.#places = placesIn(this.#encoded, fields.length);
  }

  set(field: number, bytes: Uint8Array): void {
    const before = this.#fields[field] as Uint8Array;
    this.#fields[field] = bytes;
    // A single byte may be its own encoding or not.
    if (bytes.length === before.length && bytes.length > 1) {
      this.#encoded.set(bytes, this.#places[field] as number);
      return;
    }
    if (bytes.length === before.length && bytes[0] === before[0]) return;
    this.#encoded = RLP.encode(this.#fields);
    this.#places = placesIn(this.#encoded, this.#fields.length);
  }

  /** The fields as they are now. */
  fields(): Uint8Array[] {
    return this.#fields.map((field) => field.slice());
  }

  /** As it is now; it changes when fields are set. */
  get encoded(): Uint8Array {
    return this.#encoded;
  }

  /** Where the contents of a field begin in {@link encoded}. */
  placeOf(field: number): number {
    return this.#places[field] as number;
  }

  hash(): Uint8Array {
    return keccak256(this.#encoded);
  }
}
