import { expect, it } from 'vitest';
import { Histogram } from './histogram.ts';

it('counts what is at or below each bound, and all of it at the end', () => {
  const histogram = new Histogram([0.5, 1]);
  for (const value of [0, 0.5, 0.75, 1, 1.25]) histogram.observe(value);
  expect(histogram.samples('x_seconds', { method: 'm' })).toEqual([
    { metricName: 'x_seconds_bucket', labels: { le: '0.5', method: 'm' }, value: 2 },
    { metricName: 'x_seconds_bucket', labels: { le: '1', method: 'm' }, value: 4 },
    { metricName: 'x_seconds_bucket', labels: { le: '+Inf', method: 'm' }, value: 5 },
    { metricName: 'x_seconds_sum', labels: { method: 'm' }, value: 3.5 },
    { metricName: 'x_seconds_count', labels: { method: 'm' }, value: 5 },
  ]);
});
