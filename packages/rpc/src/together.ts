import { setImmediate as nextTurn } from 'node:timers/promises';

/** Requests that put a finished transaction into the pool and wait until it is mined, where that happens at once. */
const SENDS = 'eth_sendRawTransaction';

/** As many at a time, so that others get a turn between two such blocks. */
const MOST_TOGETHER = 64;

const isSend = (member: unknown): boolean => (member as { method?: unknown } | null)?.method === SENDS;

/**
 * Divides a batch into what may run together: sends that follow one another, so that they share a block, and everything else
 * alone.
 * @example [...together([send, send, read, send])] // [[send, send], [read], [send]]
 */
export function* together(batch: readonly unknown[]): Generator<readonly unknown[]> {
  for (let from = 0; from < batch.length; ) {
    let to = from + 1;
    while (isSend(batch[from]) && isSend(batch[to]) && to - from < MOST_TOGETHER) to++;
    yield batch.slice(from, to);
    from = to;
  }
}

/** Lets sends go on together that came over several connections at the same moment. */
export class Gathering {
  #turn: Promise<void> | undefined;

  /** @returns nothing for what does not send; else when all that is there to be read has been read. */
  for(method: string): Promise<void> | undefined {
    return method === SENDS ? this.#next() : undefined;
  }

  #next(): Promise<void> {
    this.#turn ??= nextTurn().then(() => {
      this.#turn = undefined;
    });
    return this.#turn;
  }
}
