/** One line of the exposition: what it counts, by its labels. */
export interface Sample {
  readonly value: number;
  readonly labels?: Readonly<Record<string, string>>;
  /** Where it is not the family's: a histogram's `…_bucket`, `…_sum` and `…_count`. */
  readonly metricName?: string;
}

/** A metric with all its labels. Nothing is computed before it is collected. */
export interface Family {
  /** `minichain_…` with its unit at the end, `_total` for what only grows. */
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly collect: () => readonly Sample[] | Promise<readonly Sample[]>;
}

type Value = () => number;

/** What goes up and down. @example gauge('minichain_snapshots', 'snapshots that can be reverted to', () => taken().length) */
export const gauge = (name: string, help: string, value: Value): Family => ({
  ...{ name, help, type: 'gauge' },
  collect: () => [{ value: value() }],
});

/** What only grows. */
export const counter = (name: string, help: string, value: Value): Family => ({
  ...{ name, help, type: 'counter' },
  collect: () => [{ value: value() }],
});

/** A sample for each value of one label. @example byLabel('state', { ready: 1, queued: 0 }) */
export const byLabel = (label: string, values: Iterable<readonly [string, number]>): Sample[] =>
  [...values].map(([name, value]) => ({ labels: { [label]: name }, value }));
