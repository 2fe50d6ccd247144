const DIGITS = new Uint8Array(128);
for (let digit = 0; digit < 16; digit++) DIGITS[digit.toString(16).charCodeAt(0)] = digit;

const LONGEST = 0xffff;

/** A key read from hex into bytes that are used again for the next one. */
export class HexKey {
  bytes: Uint8Array = new Uint8Array(256);
  length = 0;
  /** 32 bits, unsigned. */
  hash = 0;

  read(hex: string): void {
    const length = hex.length >> 1;
    if (length > LONGEST) throw new RangeError(`a key of ${length} bytes; at most ${LONGEST} are possible`);
    if (length > this.bytes.length) this.bytes = new Uint8Array(length);
    for (let i = 0; i < length; i++) {
      const high = DIGITS[hex.charCodeAt(2 * i)] as number;
      this.bytes[i] = (high << 4) | (DIGITS[hex.charCodeAt(2 * i + 1)] as number);
    }
    this.length = length;
    this.hash = HexKey.hash(this.bytes, length);
  }

  equals(other: Uint8Array): boolean {
    if (other.length !== this.length) return false;
    for (let i = 0; i < this.length; i++) if (this.bytes[i] !== other[i]) return false;
    return true;
  }

  /** FNV-1a, its bits mixed at the end because tables take the lowest. */
  static hash(bytes: Uint8Array, length: number): number {
    let hash = 0x811c9dc5;
    for (let i = 0; i < length; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    return (hash ^ (hash >>> 13)) >>> 0;
  }
}
