import type { Rpc } from '@minichain/rpc';
import { type Family, gauge } from './family.ts';

/** What a node knows of its own process. */
export function nodeMetrics(vitals: Rpc['vitals'], version: string): Family[] {
  return [
    {
      ...{ name: 'minichain_info', help: 'always 1; the labels tell what runs', type: 'gauge' },
      collect: () => [{ labels: { version, node: process.version }, value: 1 }],
    },
    gauge('minichain_uptime_seconds', 'since the node started', () => vitals.uptimeMs / 1000),
    gauge(
      'minichain_event_loop_lag_max_seconds',
      'how late the event loop was at most, in the last 15 to 30 seconds',
      () => vitals.lag().maxMs / 1000,
    ),
  ];
}
