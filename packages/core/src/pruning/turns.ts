import { setImmediate as nextTurn } from 'node:timers/promises';

/** How long a walk works before others get a turn, milliseconds. */
const TURN_MS = 4;

/** Work that stops for others, and for good when it is told to. */
export class Turns {
  #isStopped = false;
  #started = performance.now();

  stop(): void {
    this.#isStopped = true;
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** To be called often. @returns false once the work is to end. */
  async next(): Promise<boolean> {
    if (performance.now() - this.#started >= TURN_MS) {
      await nextTurn();
      this.#started = performance.now();
    }
    return !this.#isStopped;
  }
}
