import type { CoreExports } from './coreExports.ts';

const LIMB_BITS = 64n;
const LIMB = (1n << LIMB_BITS) - 1n;

/** The instance's memory with the forms that values have in it: words are four little-endian limbs. */
export class CoreMemory {
  readonly #memory: WebAssembly.Memory;
  #bytes: Uint8Array;
  #view: DataView;

  constructor({ memory }: Pick<CoreExports, 'memory'>) {
    this.#memory = memory;
    this.#bytes = new Uint8Array(memory.buffer);
    this.#view = new DataView(memory.buffer);
  }

  /** Growing gives the memory a new buffer, and the old one no length. */
  get bytes(): Uint8Array {
    if (this.#bytes.length === 0) this.#renew();
    return this.#bytes;
  }

  get view(): DataView {
    if (this.#bytes.length === 0) this.#renew();
    return this.#view;
  }

  u32(at: number): number {
    return this.view.getUint32(at, true);
  }

  setU32(at: number, value: number): void {
    this.view.setUint32(at, value, true);
  }

  u64(at: number): bigint {
    return this.view.getBigUint64(at, true);
  }

  i64(at: number): bigint {
    return this.view.getBigInt64(at, true);
  }

  /** A count of gas: far fewer than a number can count exactly. */
  gas(at: number): number {
    const { view } = this;
    return view.getInt32(at + 4, true) * 2 ** 32 + view.getUint32(at, true);
  }

  setU64(at: number, value: bigint): void {
    this.view.setBigUint64(at, value, true);
  }

  /** A copy. */
  copy(at: number, length: number): Uint8Array {
    return this.bytes.slice(at, at + length);
  }

  write(at: number, bytes: Uint8Array): void {
    this.bytes.set(bytes, at);
  }

  word(at: number): bigint {
    const { view } = this;
    const low = view.getBigUint64(at, true) | (view.getBigUint64(at + 8, true) << LIMB_BITS);
    const high = view.getBigUint64(at + 16, true) | (view.getBigUint64(at + 24, true) << LIMB_BITS);
    return high === 0n ? low : low | (high << (2n * LIMB_BITS));
  }

  setWord(at: number, value: bigint): void {
    const { view } = this;
    view.setBigUint64(at, value & LIMB, true);
    view.setBigUint64(at + 8, (value >> LIMB_BITS) & LIMB, true);
    view.setBigUint64(at + 16, (value >> (2n * LIMB_BITS)) & LIMB, true);
    view.setBigUint64(at + 24, (value >> (3n * LIMB_BITS)) & LIMB, true);
  }

  /** The low bytes of a word, big endian. */
  bigEndian(at: number, length: number): Uint8Array {
    const { bytes } = this;
    const result = new Uint8Array(length);
    for (let i = 0; i < length; i++) result[i] = bytes[at + length - 1 - i] as number;
    return result;
  }

  /** A word in its shortest form, big endian: no bytes for zero. */
  shortest(at: number): Uint8Array {
    const { bytes } = this;
    let length = 32;
    while (length > 0 && bytes[at + length - 1] === 0) length--;
    return this.bigEndian(at, length);
  }

  /** Writes a word from at most 32 big-endian bytes. */
  setBigEndian(at: number, value: Uint8Array): void {
    const { bytes } = this;
    const { length } = value;
    for (let i = 0; i < length; i++) bytes[at + i] = value[length - 1 - i] as number;
    bytes.fill(0, at + length, at + 32);
  }

  #renew(): void {
    this.#bytes = new Uint8Array(this.#memory.buffer);
    this.#view = new DataView(this.#memory.buffer);
  }
}
