import { counter, type Family } from './family.ts';
import { Histogram, LATENCY_BOUNDS } from './histogram.ts';

/** What a database tells of itself. */
export interface StorageSource {
  readonly stats: () => {
    readonly reads: number;
    readonly cacheHits: number;
    readonly commits: number;
    readonly failedCommits: number;
  };
  readonly sizeBytes: () => Promise<number>;
  /** Hears of each commit how long it took. */
  readonly onCommit: (listener: (ms: number) => void) => void;
}

const COMMIT = 'minichain_storage_commit_duration_seconds';

/** Size, reads, and how long writes take. */
export function storageMetrics({ stats, sizeBytes, onCommit }: StorageSource): Family[] {
  const commit = new Histogram(LATENCY_BOUNDS);
  onCommit((ms) => commit.observe(ms / 1000));
  return [
    {
      ...{ name: 'minichain_storage_size_bytes', help: 'size of the database', type: 'gauge' },
      collect: async () => [{ value: await sizeBytes() }],
    },
    counter('minichain_storage_reads_total', 'values asked for', () => stats().reads),
    counter('minichain_storage_cache_hits_total', 'values found in memory', () => stats().cacheHits),
    counter('minichain_storage_commits_total', 'batches written', () => stats().commits),
    counter(
      'minichain_storage_commit_failures_total',
      'batches that could not be written',
      () => stats().failedCommits,
    ),
    { name: COMMIT, help: 'time to write a batch', type: 'histogram', collect: () => commit.samples(COMMIT) },
  ];
}
