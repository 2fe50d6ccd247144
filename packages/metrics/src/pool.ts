import type { Chain } from '@minichain/core';
import { byLabel, type Family } from './family.ts';

/** What waits to be mined. */
export function poolMetrics({ pool }: Chain): Family[] {
  return [
    {
      name: 'minichain_pool_transactions',
      help: 'transactions in the pool: ready ones can be mined, queued ones wait for a nonce',
      type: 'gauge',
      collect: () => byLabel('state', Object.entries({ ready: pool.ready.length, queued: pool.queued.length })),
    },
  ];
}
