import type { Sample } from './family.ts';

/**
 * Observations sorted into buckets. prom-client's own hashes labels for every observation; this adds to two numbers, so
 * that a node that nobody scrapes pays nothing for it.
 * @example const latency = new Histogram([0.1, 1]); latency.observe(0.3);
 */
export class Histogram {
  /** Upper bounds, ascending. */
  readonly #bounds: readonly number[];
  /** One more than there are bounds: what is above all of them. */
  readonly #counts: number[];
  #sum = 0;

  constructor(bounds: readonly number[]) {
    this.#bounds = bounds;
    this.#counts = new Array(bounds.length + 1).fill(0);
  }

  observe(value: number): void {
    let bucket = 0;
    while (bucket < this.#bounds.length && value > (this.#bounds[bucket] as number)) bucket++;
    this.#counts[bucket] = (this.#counts[bucket] as number) + 1;
    this.#sum += value;
  }

  /** As Prometheus has it: each bucket holds what the smaller ones hold. */
  samples(name: string, labels: Readonly<Record<string, string>> = {}): Sample[] {
    let count = 0;
    const buckets = this.#counts.map((own, index) => {
      count += own;
      const le = index < this.#bounds.length ? String(this.#bounds[index]) : '+Inf';
      return { metricName: `${name}_bucket`, labels: { le, ...labels }, value: count };
    });
    return [
      ...buckets,
      { metricName: `${name}_sum`, labels, value: this.#sum },
      { metricName: `${name}_count`, labels, value: count },
    ];
  }
}

/** Seconds: from what a read in memory takes to what a heavy trace does. */
export const LATENCY_BOUNDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
