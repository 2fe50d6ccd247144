import { expect, it } from 'vitest';
import { type StorageSource, storageMetrics } from './storage.ts';

it('tells what the database tells, and how long it took to write', async () => {
  let commit: (ms: number) => void = () => {};
  const source: StorageSource = {
    stats: () => ({ reads: 10, cacheHits: 7, commits: 2, failedCommits: 1 }),
    sizeBytes: async () => 4096,
    onCommit: (listener) => {
      commit = listener;
    },
  };
  const families = storageMetrics(source);
  commit(3);
  commit(30);
  const collected = Object.fromEntries(
    await Promise.all(families.map(async ({ name, collect }) => [name, (await collect()).at(-1)?.value])),
  );
  expect(collected).toEqual({
    minichain_storage_size_bytes: 4096,
    minichain_storage_reads_total: 10,
    minichain_storage_cache_hits_total: 7,
    minichain_storage_commits_total: 2,
    minichain_storage_commit_failures_total: 1,
    minichain_storage_commit_duration_seconds: 2,
  });
});
