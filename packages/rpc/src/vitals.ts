import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import type { Chain } from '@minichain/core';

/** How late the event loop was, in milliseconds, within the last seconds. */
export interface EventLoopLag {
  readonly meanMs: number;
  readonly maxMs: number;
}

/** How often the lag is measured, once somebody wants to know. */
const RESOLUTION_MS = 20;
/** A lag is remembered for as long, and for at most twice that. */
const WINDOW_MS = 15_000;

const NONE: EventLoopLag = { meanMs: 0, maxMs: 0 };

/** The histogram measures time between its ticks: what goes beyond its own interval is lag. */
const beyond = (ns: number): number => (Number.isFinite(ns) ? Math.max(0, ns / 1e6 - RESOLUTION_MS) : 0);

function lagOf(histogram: IntervalHistogram): EventLoopLag {
  return histogram.count === 0 ? NONE : { meanMs: beyond(histogram.mean), maxMs: beyond(histogram.max) };
}

/** What tells whether a node is well: for how long it runs, how old its head is, how late its event loop. */
export class Vitals {
  readonly #startedMs = performance.now();
  #headMs = performance.now();
  #headWallMs: number;
  #histogram: IntervalHistogram | undefined;
  #windowMs = 0;
  #before: EventLoopLag = NONE;

  constructor(chain: Pick<Chain, 'events' | 'options'>) {
    this.#headWallMs = chain.options.now();
    chain.events.on('headChanged', () => {
      this.#headMs = performance.now();
      this.#headWallMs = chain.options.now();
    });
    chain.events.on('closed', () => this.#histogram?.disable());
  }

  get uptimeMs(): number {
    return performance.now() - this.#startedMs;
  }

  /** Since the head moved, or since the node started; by the clock of this machine, whatever the chain's clock shows. */
  get headAgeMs(): number {
    return performance.now() - this.#headMs;
  }

  /** When the head moved last, or the node started: milliseconds since 1970, whatever timestamp the block has. */
  get headWallMs(): number {
    return this.#headWallMs;
  }

  /** Measured from the first call on: it costs nothing to who never asks. */
  lag(): EventLoopLag {
    if (this.#histogram === undefined) {
      this.#histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
      this.#histogram.enable();
      this.#windowMs = performance.now();
      return NONE;
    }
    const now = lagOf(this.#histogram);
    const { maxMs } = this.#before;
    if (performance.now() - this.#windowMs > WINDOW_MS) {
      this.#before = now;
      this.#windowMs = performance.now();
      this.#histogram.reset();
    }
    return { meanMs: now.meanMs, maxMs: Math.max(now.maxMs, maxMs) };
  }
}
