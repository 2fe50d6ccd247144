export { createMetrics, type Metrics, type MetricsSources } from './createMetrics.ts';
