const FIRST_SIZE = 64;
const LOW_BITS = 0x7f;
const MORE = 0x80;
const SIGN = 0x40;

/** Bytes that are written one after another, with the numbers of WebAssembly (LEB128). */
export class Bytes {
  #bytes = new Uint8Array(FIRST_SIZE);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  u8(value: number): void {
    if (this.#length === this.#bytes.length) this.#grow(1);
    this.#bytes[this.#length++] = value;
  }

  unsigned(value: number): void {
    let rest = value >>> 0;
    while (rest > LOW_BITS) {
      this.u8((rest & LOW_BITS) | MORE);
      rest >>>= 7;
    }
    this.u8(rest);
  }

  signed32(value: number): void {
    let rest = value | 0;
    for (;;) {
      const low = rest & LOW_BITS;
      rest >>= 7;
      const isLast = (low & SIGN) === 0 ? rest === 0 : rest === -1;
      this.u8(isLast ? low : low | MORE);
      if (isLast) return;
    }
  }

  signed64(value: bigint): void {
    const signed = BigInt.asIntN(64, value);
    if (signed >= -0x40000000n && signed < 0x40000000n) {
      this.signed32(Number(signed));
      return;
    }
    let rest = signed;
    for (;;) {
      const low = Number(rest & 0x7fn);
      rest >>= 7n;
      const isLast = (low & SIGN) === 0 ? rest === 0n : rest === -1n;
      this.u8(isLast ? low : low | MORE);
      if (isLast) return;
    }
  }

  append(bytes: ArrayLike<number>): void {
    if (this.#length + bytes.length > this.#bytes.length) this.#grow(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  text(value: string): void {
    const bytes = new TextEncoder().encode(value);
    this.unsigned(bytes.length);
    this.append(bytes);
  }

  /** A copy of what was written. */
  take(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  #grow(more: number): void {
    const larger = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + more));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}
