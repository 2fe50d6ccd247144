import type { Chain } from '@minichain/core';
import { hexFromBytes } from '@minichain/protocol';
import type { MethodContext } from '../context.ts';
import { method, type Serve } from '../method.ts';

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);
const seconds = (ms: number): number => Math.round(ms) / 1000;
const milliseconds = (ms: number): number => Math.round(ms * 1000) / 1000;

/** The size is not worth a failing answer. */
async function storageOf({ storage }: Chain) {
  const kind = storage.isPersistent ? ('disk' as const) : ('memory' as const);
  return { kind, path: storage.path ?? null, sizeBytes: await storage.sizeBytes().catch(() => null) };
}

async function statusOf({ chain, vitals, subscriptions, filters, ...context }: MethodContext) {
  const { head } = chain.chain;
  const { mode } = chain.miner;
  const { rss, heapUsed, heapTotal } = process.memoryUsage();
  const { meanMs, maxMs } = vitals.lag();
  return {
    version: context.version,
    uptimeSeconds: seconds(vitals.uptimeMs),
    chainId: Number(chain.chainId()),
    head: {
      number: Number(head.block.header.number),
      hash: head.hash,
      timestamp: Number(head.block.header.timestamp),
      ageSeconds: seconds(vitals.headAgeMs),
    },
    mining: { mode: mode.type, intervalSeconds: 'intervalMs' in mode ? seconds(mode.intervalMs) : null },
    pool: { ready: chain.pool.ready.length, queued: chain.pool.queued.length },
    peers: [],
    memory: { residentBytes: rss, heapUsedBytes: heapUsed, heapTotalBytes: heapTotal },
    eventLoopLag: { meanMs: milliseconds(meanMs), maxMs: milliseconds(maxMs) },
    storage: await storageOf(chain),
    snapshots: chain.snapshots.taken().length,
    subscriptions: sum(subscriptions.counts()),
    filters: sum(filters.counts()),
    limits: context.limits(),
  };
}

/** What the node says of itself. */
export const status = {
  minichain_status: method({
    params: [],
    run: statusOf,
    result: ({ head, ...rest }) => ({ ...rest, head: { ...head, hash: hexFromBytes(head.hash) } }),
  }),
} satisfies Partial<Serve>;
