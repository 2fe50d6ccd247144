import { CORE_STATUSES } from '@minichain/evm';

const CHUNK_BYTES = 256 * 1024;
const WORD = 32;

/** Kinds of records; each is a byte at its beginning. Numbers are big endian, gas is a float of 64 bits. */
export const RECORD = { step: 1, enter: 2, exit: 3, account: 4, slot: 5, code: 6, selfDestruct: 7 } as const;

/** Kinds of messages by their number in records. */
export const KINDS = ['CALL', 'CALLCODE', 'DELEGATECALL', 'STATICCALL', 'CREATE', 'CREATE2'] as const;

/** Why an opcode could not even begin, by its number in records. */
export const STEP_FAILURES = CORE_STATUSES.slice(0, CORE_STATUSES.indexOf('stackOverflow') + 1);

/** A place that is written later. */
export interface Patch {
  number(value: number): void;
  byte(value: number): void;
}

/** Writes records one after the other into pieces of memory that can be handed to another thread. */
export class Recording {
  readonly #spend: (bytes: number) => void;
  readonly #full: Uint8Array[] = [];
  #bytes = new Uint8Array(CHUNK_BYTES);
  #view = new DataView(this.#bytes.buffer);
  #at = 0;

  /** @param spend is told how much is written, and throws when it is too much. */
  constructor(spend: (bytes: number) => void) {
    this.#spend = spend;
  }

  /** Begins a record of at most so many bytes, all of it in one piece. */
  begin(kind: number, bytes: number): void {
    this.#spend(bytes);
    if (this.#at + bytes + 1 > this.#bytes.length) {
      this.#full.push(this.#bytes.subarray(0, this.#at));
      this.#bytes = new Uint8Array(Math.max(CHUNK_BYTES, bytes + 1));
      this.#view = new DataView(this.#bytes.buffer);
      this.#at = 0;
    }
    this.u8(kind);
  }

  u8(value: number): void {
    this.#bytes[this.#at++] = value;
  }

  u16(value: number): void {
    this.#view.setUint16(this.#at, value);
    this.#at += 2;
  }

  u32(value: number): void {
    this.#view.setUint32(this.#at, value);
    this.#at += 4;
  }

  f64(value: number): void {
    this.#view.setFloat64(this.#at, value);
    this.#at += 8;
  }

  bytes(value: Uint8Array): void {
    this.#bytes.set(value, this.#at);
    this.#at += value.length;
  }

  /** 32 bytes. */
  word(value: bigint): void {
    for (let part = 0, rest = value; part < WORD; part += 8, rest >>= 64n) {
      this.#view.setBigUint64(this.#at + WORD - 8 - part, rest & 0xffff_ffff_ffff_ffffn);
    }
    this.#at += WORD;
  }

  /** The place that comes next. */
  patch(): Patch {
    const [view, at] = [this.#view, this.#at];
    return { number: (value) => view.setFloat64(at, value), byte: (value) => view.setUint8(at, value) };
  }

  /** All that was written; nothing more can be. */
  take(): ArrayBuffer[] {
    const pieces = [...this.#full, this.#bytes.subarray(0, this.#at)];
    return pieces.map((piece) => piece.slice().buffer as ArrayBuffer);
  }
}
