import { expect, it } from 'vitest';
import { RpcMetrics } from './rpc.ts';

async function samplesOf(metrics: RpcMetrics, name: string) {
  return metrics
    .families()
    .find((family) => family.name === name)
    ?.collect();
}

it('counts requests, errors and time by method', async () => {
  const metrics = new RpcMetrics(['eth_call', 'eth_chainId']);
  metrics.count({ method: 'eth_chainId', ms: 0.2 });
  metrics.count({ method: 'eth_call', ms: 30 });
  metrics.count({ method: 'eth_call', ms: 3, error: { code: 3 } });
  expect(await samplesOf(metrics, 'minichain_rpc_requests_total')).toEqual([
    { labels: { method: 'eth_chainId' }, value: 1 },
    { labels: { method: 'eth_call' }, value: 2 },
  ]);
  expect(await samplesOf(metrics, 'minichain_rpc_errors_total')).toEqual([
    { labels: { method: 'eth_call', code: '3' }, value: 1 },
  ]);
  const buckets = await samplesOf(metrics, 'minichain_rpc_request_duration_seconds');
  const name = 'minichain_rpc_request_duration_seconds';
  expect(buckets).toContainEqual({
    metricName: `${name}_bucket`,
    labels: { le: '0.005', method: 'eth_call' },
    value: 1,
  });
  expect(buckets).toContainEqual({ metricName: `${name}_sum`, labels: { method: 'eth_call' }, value: 0.033 });
});

it('makes one label of all methods that nobody has', async () => {
  const metrics = new RpcMetrics(['eth_call']);
  const error = { code: -32601 };
  for (let i = 0; i < 1000; i++) metrics.count({ method: `made_up${i}`, ms: 1, error });
  metrics.count({ method: 'constructor', ms: 1, error });
  expect(await samplesOf(metrics, 'minichain_rpc_requests_total')).toEqual([
    { labels: { method: 'unknown' }, value: 1001 },
  ]);
  expect(await samplesOf(metrics, 'minichain_rpc_errors_total')).toEqual([
    { labels: { method: 'unknown', code: '-32601' }, value: 1001 },
  ]);
});
