/** Reads records, as `recording.ts` writes them. */
export class Records {
  #bytes;
  #view;
  #at = 0;

  constructor(buffer) {
    this.#bytes = new Uint8Array(buffer);
    this.#view = new DataView(buffer);
  }

  get isAtEnd() {
    return this.#at >= this.#bytes.length;
  }

  u8() {
    return this.#bytes[this.#at++];
  }

  u16() {
    this.#at += 2;
    return this.#view.getUint16(this.#at - 2);
  }

  u32() {
    this.#at += 4;
    return this.#view.getUint32(this.#at - 4);
  }

  f64() {
    this.#at += 8;
    return this.#view.getFloat64(this.#at - 8);
  }

  /** The same memory. */
  take(size) {
    this.#at += size;
    return this.#bytes.subarray(this.#at - size, this.#at);
  }

  text(size) {
    let text = '';
    for (const byte of this.take(size)) text += String.fromCharCode(byte);
    return text;
  }
}
