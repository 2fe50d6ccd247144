import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { storageMetrics } from './storage.ts';

it('tells what the database tells, and how long each write took', async () => {
  const stats = { reads: 10, cacheHits: 7, commits: 2, commitMsTotal: 5, lastCommitMs: 3, failedCommits: 1 };
  const events = new EventEmitter();
  const storage = { stats: () => stats, sizeBytes: async () => 4096 };
  const families = storageMetrics({ storage, events } as never);
  events.emit('committed', { ms: 250, isBlock: true });
  // Without a block: two writes between two blocks are two.
  events.emit('committed', { ms: 500, isBlock: false });
  Object.assign(stats, { commits: 5 });
  const collected = Object.fromEntries(
    await Promise.all(families.map(async ({ name, collect }) => [name, (await collect()).slice(-2)])),
  );
  const name = 'minichain_storage_commit_duration_seconds';
  expect(collected).toEqual({
    minichain_storage_size_bytes: [{ value: 4096 }],
    minichain_storage_reads_total: [{ value: 10 }],
    minichain_storage_cache_hits_total: [{ value: 7 }],
    minichain_storage_commits_total: [{ value: 5 }],
    minichain_storage_commit_failures_total: [{ value: 1 }],
    [name]: [
      { metricName: `${name}_sum`, labels: {}, value: 0.75 },
      { metricName: `${name}_count`, labels: {}, value: 2 },
    ],
  });
});
