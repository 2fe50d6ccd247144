import type { Chain } from '@minichain/core';
import { counter, type Family } from './family.ts';
import { Histogram, LATENCY_BOUNDS } from './histogram.ts';

const COMMIT = 'minichain_storage_commit_duration_seconds';

/** Size, reads, and how long writes take. */
export function storageMetrics({ storage, events }: Pick<Chain, 'storage' | 'events'>): Family[] {
  const commit = new Histogram(LATENCY_BOUNDS);
  events.on('committed', ({ ms }) => commit.observe(ms / 1000));
  const stat = (name: 'reads' | 'cacheHits' | 'commits' | 'failedCommits') => () => storage.stats()[name];
  return [
    {
      ...{ name: 'minichain_storage_size_bytes', type: 'gauge' },
      help: 'what the chain takes on disk, or in memory',
      collect: async () => [{ value: await storage.sizeBytes() }],
    },
    counter('minichain_storage_reads_total', 'values asked for', stat('reads')),
    counter('minichain_storage_cache_hits_total', 'values found in memory', stat('cacheHits')),
    counter('minichain_storage_commits_total', 'batches written', stat('commits')),
    counter('minichain_storage_commit_failures_total', 'batches that could not be written', stat('failedCommits')),
    { name: COMMIT, help: 'time to write a batch', type: 'histogram', collect: () => commit.samples(COMMIT) },
  ];
}
