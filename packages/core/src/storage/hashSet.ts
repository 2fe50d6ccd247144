/** Of each hash: 96 bits. Of a billion hashes two are alike in them with a probability of one in 10^11. */
const WORDS = 3;
const WORD_DIGITS = 8;
const FIRST_SLOTS = 1024;
const FULL = 0.75;

/**
 * Hashes in typed arrays, for a walk over all that a state needs: 16 to 32 bytes for each, where a Set of strings takes 130.
 * Keeps the first 12 bytes of each. Nothing is ever taken out.
 * @example
 * const seen = new HashSet();
 * seen.add('6e…'); // 64 digits of a hash; what stands before the last 64 is left out
 */
export class HashSet {
  /** Three words for each slot; a slot without a hash is all zero. */
  #words = new Uint32Array(FIRST_SLOTS * WORDS);
  #slots = FIRST_SLOTS;
  #size = 0;
  /** The hash that is looked for. */
  readonly #wanted = new Uint32Array(WORDS);

  get size(): number {
    return this.#size;
  }

  /** Memory that it takes. */
  get bytes(): number {
    return this.#words.byteLength;
  }

  /** @returns whether it is new. */
  add(hexKey: string): boolean {
    this.#read(hexKey);
    const at = this.#find(this.#words, this.#slots);
    if (!this.#isEmpty(this.#words, at)) return false;
    this.#words.set(this.#wanted, at);
    this.#size++;
    if (this.#size > this.#slots * FULL) this.#grow();
    return true;
  }

  has(hexKey: string): boolean {
    this.#read(hexKey);
    return !this.#isEmpty(this.#words, this.#find(this.#words, this.#slots));
  }

  #read(hexKey: string): void {
    const from = hexKey.length - 64;
    if (from < 0) throw new RangeError(`a hash has 64 digits, ${hexKey} has ${hexKey.length}`);
    for (let i = 0; i < WORDS; i++) {
      const at = from + i * WORD_DIGITS;
      this.#wanted[i] = Number.parseInt(hexKey.slice(at, at + WORD_DIGITS), 16);
    }
    // All zero is what an empty slot looks like: such a hash is kept as the one beside it.
    if (this.#isEmpty(this.#wanted, 0)) this.#wanted[WORDS - 1] = 1;
  }

  /** Where the wanted hash is or would be. Hashes are spread evenly as they are. */
  #find(words: Uint32Array, slots: number): number {
    const [first, second, third] = this.#wanted as unknown as [number, number, number];
    for (let slot = third & (slots - 1); ; slot = (slot + 1) & (slots - 1)) {
      const at = slot * WORDS;
      if (this.#isEmpty(words, at)) return at;
      if (words[at] === first && words[at + 1] === second && words[at + 2] === third) return at;
    }
  }

  #isEmpty(words: Uint32Array, at: number): boolean {
    return words[at] === 0 && words[at + 1] === 0 && words[at + 2] === 0;
  }

  #grow(): void {
    const slots = this.#slots * 2;
    const words = new Uint32Array(slots * WORDS);
    for (let at = 0; at < this.#words.length; at += WORDS) {
      if (this.#isEmpty(this.#words, at)) continue;
      this.#wanted.set(this.#words.subarray(at, at + WORDS));
      words.set(this.#wanted, this.#find(words, slots));
    }
    this.#words = words;
    this.#slots = slots;
  }
}
