/** Bytes, or a list of what can be encoded. */
export type RlpItem = Uint8Array | readonly RlpItem[];

const STRING = 0x80;
const LIST = 0xc0;
/** Strings and lists of up to 55 bytes have their length in the first byte. */
const SHORT = 55;
const SCRATCH_BYTES = 1 << 14;
/** A header is a byte and up to seven bytes of length. */
const HEADER_BYTES = 8;
/** More than this is given back after use. */
const KEPT_BYTES = 1 << 20;

/** Written from its end to its beginning: so the length of a list is known when its header is written. */
let scratch = new Uint8Array(SCRATCH_BYTES);
let at = SCRATCH_BYTES;

function reserve(bytes: number): void {
  if (at >= bytes + HEADER_BYTES) return;
  const used = scratch.length - at;
  const larger = new Uint8Array(Math.max(2 * scratch.length, used + bytes + HEADER_BYTES));
  larger.set(scratch.subarray(at), larger.length - used);
  scratch = larger;
  at = larger.length - used;
}

function writeHeader(length: number, kind: number): void {
  if (length <= SHORT) {
    scratch[--at] = kind + length;
    return;
  }
  const end = at;
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) scratch[--at] = rest % 256;
  scratch[at - 1] = kind + SHORT + end - at;
  at--;
}

function writeString(bytes: Uint8Array): void {
  const { length } = bytes;
  reserve(length);
  if (length <= 32) for (let i = length - 1; i >= 0; i--) scratch[--at] = bytes[i] as number;
  else {
    at -= length;
    scratch.set(bytes, at);
  }
  if (length !== 1 || (bytes[0] as number) >= STRING) writeHeader(length, STRING);
}

function write(item: RlpItem): void {
  if (item instanceof Uint8Array) {
    writeString(item);
    return;
  }
  const end = scratch.length - at;
  for (let i = item.length - 1; i >= 0; i--) write(item[i] as RlpItem);
  reserve(0);
  writeHeader(scratch.length - at - end, LIST);
}

/**
 * RLP (yellow paper, appendix B), in one pass and one allocation; the library makes an array for every item on the way.
 * @example encodeRlp([Uint8Array.of(1), []]) // c201c0
 */
export function encodeRlp(item: RlpItem): Uint8Array {
  at = scratch.length;
  write(item);
  const encoded = scratch.slice(at);
  if (scratch.length > KEPT_BYTES) scratch = new Uint8Array(SCRATCH_BYTES);
  return encoded;
}
