import type { Chain } from '@minichain/core';
import type { RequestRecord, Rpc, RpcServer } from '@minichain/rpc';
import { chainMetrics } from './chain.ts';
import { connectionMetrics } from './connections.ts';
import type { Exposition } from './exposition.ts';
import { type Family, gauge } from './family.ts';
import { nodeMetrics } from './node.ts';
import { poolMetrics } from './pool.ts';
import { RpcMetrics } from './rpc.ts';
import { storageMetrics } from './storage.ts';

export interface MetricsSources {
  readonly chain: Chain;
  readonly rpc: Pick<Rpc, 'methods' | 'counts' | 'vitals'>;
  readonly version: string;
  /** Undefined while nothing listens. */
  readonly connections: () => ReturnType<RpcServer['connections']> | undefined;
}

export interface Metrics {
  /** Counts a request; to be called with each. */
  readonly count: (record: RequestRecord) => void;
  /** Everything measured, in Prometheus's text format. */
  scrape(): Promise<{ readonly contentType: string; readonly body: string }>;
}

/**
 * Listens to a chain and counts, at a few additions per request and block. Whoever scrapes pays for the rest: prom-client
 * is loaded by the first.
 * @example
 * const metrics = createMetrics({ chain, rpc, version: '1.0.0', connections: () => server.connections() });
 * const { body } = await metrics.scrape();
 */
export function createMetrics({ chain, rpc, version, connections }: MetricsSources): Metrics {
  const requests = new RpcMetrics(rpc.methods);
  const families: Family[] = [
    ...nodeMetrics(rpc.vitals, version),
    ...chainMetrics(chain, () => rpc.vitals.headAgeMs),
    ...poolMetrics(chain),
    gauge('minichain_snapshots', 'snapshots that can be reverted to', () => chain.snapshots.taken().length),
    ...requests.families(),
    ...connectionMetrics(rpc, connections),
    ...storageMetrics(chain),
  ];
  let exposition: Promise<Exposition> | undefined;
  const open = async () => {
    const { createExposition } = await import('./exposition.ts');
    return createExposition(families);
  };
  return {
    count: requests.count,
    scrape: async () => {
      exposition ??= open();
      const { contentType, text } = await exposition;
      return { contentType, body: await text() };
    },
  };
}
