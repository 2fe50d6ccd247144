import { setImmediate as nextTurn } from 'node:timers/promises';

/** How long one request may work on its answer before others get a turn. */
const TURN_MS = 10;

/** Divides long work into turns, between which other requests are served. */
export class Turns {
  #startedMs = performance.now();

  /** @returns nothing while the turn lasts; else a promise of the next one. */
  next(): Promise<void> | undefined {
    return performance.now() - this.#startedMs < TURN_MS ? undefined : this.#wait();
  }

  async #wait(): Promise<void> {
    await nextTurn();
    this.#startedMs = performance.now();
  }
}

/** How many items go by between two looks at the clock. */
const STRIDE = 64;

/** As `items.map`, in turns with other work. @example await mapInTurns(logs, logView) */
export async function mapInTurns<T, R>(items: readonly T[], view: (item: T) => R, turns = new Turns()): Promise<R[]> {
  const views: R[] = [];
  for (const item of items) {
    views.push(view(item));
    const turn = views.length % STRIDE === 0 ? turns.next() : undefined;
    if (turn !== undefined) await turn;
  }
  return views;
}
