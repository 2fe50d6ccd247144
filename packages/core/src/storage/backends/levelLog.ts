/** A log of LevelDB consists of blocks of this size; no record crosses a border unless in parts. */
const BLOCK_BYTES = 32_768;
/** Checksum in four bytes, length in two, little endian, type in one. */
const HEADER_BYTES = 7;
const FULL = 1;
const LAST = 4;
/** A batch begins with its sequence number in eight bytes and the number of its changes in four. */
const BATCH_HEADER_BYTES = 12;
const PUT = 1;

interface LogRecord {
  readonly record: Uint8Array;
  /** Where it ends in the log. */
  readonly end: number;
}

/** The whole records of a log. One that its end cuts off is as if it had not been written. */
export function* records(bytes: Uint8Array): Generator<LogRecord> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let parts: Uint8Array[] = [];
  for (let at = 0; at + HEADER_BYTES <= bytes.length; ) {
    if (BLOCK_BYTES - (at % BLOCK_BYTES) < HEADER_BYTES) {
      at += BLOCK_BYTES - (at % BLOCK_BYTES);
      continue;
    }
    const length = view.getUint16(at + 4, true);
    const type = view.getUint8(at + 6);
    const from = at + HEADER_BYTES;
    if (type === 0 || from + length > bytes.length) return;
    parts.push(bytes.subarray(from, from + length));
    at = from + length;
    if (type !== FULL && type !== LAST) continue;
    yield { record: parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts), end: at };
    parts = [];
  }
}

/** Reads numbers of seven bits per byte, and byte strings with their length before them. */
export class Cursor {
  readonly #bytes: Uint8Array;
  #at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes;
    this.#at = at;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  number(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.#bytes[this.#at++] ?? 0;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  }

  string(): Uint8Array {
    const length = this.number();
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  skipString(): void {
    this.string();
  }
}

/** The first change of a batch, when it puts a value; undefined otherwise. */
function firstPut(record: Uint8Array): { readonly key: Uint8Array; readonly value: Uint8Array } | undefined {
  const cursor = new Cursor(record, BATCH_HEADER_BYTES);
  if (cursor.isAtEnd || cursor.number() !== PUT) return undefined;
  return { key: cursor.string(), value: cursor.string() };
}

/**
 * Up to where a log holds batches that were acknowledged.
 * @param isAcknowledged asked of the first value that a batch puts.
 */
export function acknowledgedBytes(
  log: Uint8Array,
  isAcknowledged: (put: { readonly key: Uint8Array; readonly value: Uint8Array }) => boolean,
): number {
  let length = 0;
  for (const { record, end } of records(log)) {
    const put = firstPut(record);
    if (put !== undefined && !isAcknowledged(put)) break;
    length = end;
  }
  return length;
}
