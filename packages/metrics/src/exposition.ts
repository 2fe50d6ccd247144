import { type Metric, Registry } from 'prom-client';
import type { Family } from './family.ts';
import { processRegistry } from './process.ts';

/** The shape that a registry reads its metrics in; what is counted outside it comes in by the same door. */
function metricFrom({ name, help, type, collect }: Family): Metric {
  const get = async () => ({ name, help, type, values: await collect(), aggregator: 'sum' });
  return { name, get } as unknown as Metric;
}

export interface Exposition {
  readonly contentType: string;
  text(): Promise<string>;
}

/** Renders families, and those of the process, in Prometheus's text format. */
export function createExposition(families: readonly Family[]): Exposition {
  const registry = new Registry();
  for (const family of families) registry.registerMetric(metricFrom(family));
  return {
    contentType: registry.contentType,
    text: () => Registry.merge([registry, processRegistry()]).metrics(),
  };
}
