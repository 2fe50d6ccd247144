import type { Metric, Sample } from './workload.ts';

/** One metric: every target's median, and how many times better than the baseline it is. */
export interface Row {
  readonly metric: Metric;
  readonly targets: readonly {
    readonly name: string;
    readonly median: number | undefined;
    /** Above 1 is better than the baseline, whichever way the metric points. */
    readonly ratio: number | undefined;
    readonly samples: readonly number[];
  }[];
}

/** @example medianOf([3, 1, 2]) // 2 */
export function medianOf(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}

function ratioTo(baseline: number | undefined, value: number | undefined, { better }: Metric): number | undefined {
  if (baseline === undefined || value === undefined || baseline === 0 || value === 0) return undefined;
  return better === 'higher' ? value / baseline : baseline / value;
}

/** Medians and ratios; the first target is the baseline. */
export function summarise(samples: ReadonlyMap<string, readonly Sample[]>): Row[] {
  const metrics = new Map<string, Metric>();
  for (const list of samples.values()) for (const { metric } of list) metrics.set(metric.name, metric);
  return [...metrics.values()].map((metric) => {
    const columns = [...samples].map(([name, list]) => {
      const values = list.filter((sample) => sample.metric.name === metric.name).map(({ value }) => value);
      return { name, values, median: medianOf(values) };
    });
    const baseline = columns[0]?.median;
    const targets = columns.map(({ name, values, median }) => ({
      name,
      median,
      ratio: ratioTo(baseline, median, metric),
      samples: values,
    }));
    return { metric, targets };
  });
}

function digits(value: number | undefined): string {
  if (value === undefined) return '–';
  return value >= 100 ? Math.round(value).toLocaleString('en-US') : value.toPrecision(3);
}

/** A Markdown table; ratios above 1 are better than the first target. */
export function markdownFrom(rows: readonly Row[]): string {
  const names = rows[0]?.targets.map(({ name }) => name) ?? [];
  const [baseline, ...others] = names;
  const header = ['metric', 'unit', ...names, ...others.map((name) => `${name} / ${baseline}`)];
  const body = rows.map(({ metric, targets }) => [
    metric.name,
    metric.unit,
    ...targets.map(({ median }) => digits(median)),
    ...targets.slice(1).map(({ ratio }) => (ratio === undefined ? '–' : `${ratio.toFixed(2)}×`)),
  ]);
  const rule = header.map((_, column) => (column < 2 ? '---' : '---:'));
  return [header, rule, ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
