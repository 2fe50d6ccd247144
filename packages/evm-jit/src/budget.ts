/** Of the time that code runs for. */
const SHARE = 0.25;
/** Milliseconds that a unit is taken to need, and the first, which loads all that makes units. */
const UNIT = 2;
const FIRST = 6;

/** Holds compiling to a share of the time that code runs for. */
export class Budget {
  readonly #isLimited: boolean;
  #run = 0;
  #spent = 0;
  #began = 0;
  #depth = 0;

  constructor(isLimited: boolean) {
    this.#isLimited = isLimited;
  }

  began(): void {
    if (this.#depth++ === 0) this.#began = performance.now();
  }

  ended(): void {
    if (--this.#depth === 0) this.#run += performance.now() - this.#began;
  }

  spent(milliseconds: number): void {
    this.#spent += milliseconds;
  }

  allows(): boolean {
    if (!this.#isLimited) return true;
    const running = this.#depth > 0 ? performance.now() - this.#began : 0;
    const next = this.#spent === 0 ? FIRST : UNIT;
    return this.#spent + next < SHARE * (this.#run + running);
  }
}
