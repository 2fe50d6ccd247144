/** Of the time that code runs for. */
const SHARE = 0.25;
/** Milliseconds that the next unit is taken to need. */
const NEXT = 2;

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
    return this.#spent + NEXT < SHARE * (this.#run + running);
  }
}
