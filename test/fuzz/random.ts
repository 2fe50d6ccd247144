/** Numbers that are the same for the same seed (mulberry32), so that a failing request is found again. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 to 1, without 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }

  /** Whether something that happens once in so many times happens now. */
  oneIn(times: number): boolean {
    return this.below(times) === 0;
  }

  hex(bytes: number): string {
    let text = '0x';
    for (let i = 0; i < bytes; i++) text += this.below(256).toString(16).padStart(2, '0');
    return text;
  }
}
