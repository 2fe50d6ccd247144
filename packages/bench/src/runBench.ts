import { HttpConnection } from './httpConnection.ts';
import { type Row, summarise } from './report.ts';
import { type OpenTarget, openTarget, type Target } from './target.ts';
import type { Sample, Session, Sizes, Workload } from './workload.ts';
import { calls, estimates, fixtureLoop } from './workloads/calls.ts';
import { coldStart } from './workloads/coldStart.ts';
import { compute } from './workloads/compute.ts';
import { growth } from './workloads/growth.ts';
import { memoryGrowth } from './workloads/memory.ts';
import { pooledTransfers } from './workloads/pool.ts';
import { parallelTransfers, sequentialTransfers } from './workloads/transfers.ts';

export const workloads: readonly Workload[] = [
  coldStart,
  sequentialTransfers,
  parallelTransfers,
  calls,
  compute,
  estimates,
  fixtureLoop,
  pooledTransfers,
  memoryGrowth,
  growth,
];

export interface BenchOptions {
  readonly targets: readonly Target[];
  readonly rounds: number;
  readonly sizes: Sizes;
  /** Names of workloads; all when empty. */
  readonly only: readonly string[];
  readonly progress: (line: string) => void;
}

export interface BenchResult {
  readonly rows: readonly Row[];
  /** One line each: target, workload, round, why. */
  readonly failures: readonly string[];
}

interface MeasureOptions {
  readonly sizes: Sizes;
  readonly failed: (workload: Workload, error: unknown) => void;
}

const CONNECTIONS = 16;

async function withSession<T>(target: OpenTarget, sizes: Sizes, use: (session: Session) => Promise<T>): Promise<T> {
  const connection = await HttpConnection.open(target.url);
  const parallel = await Promise.all(Array.from({ length: CONNECTIONS }, () => HttpConnection.open(target.url)));
  try {
    const chainId = Number(await connection.call<string>('eth_chainId'));
    return await use({ target, chainId, connection, parallel, sizes });
  } finally {
    for (const one of [connection, ...parallel]) one.close();
  }
}

/** Runs workloads one after the other on one node that is started for them; one that fails does not end the others. */
async function measure(target: Target, list: readonly Workload[], options: MeasureOptions): Promise<Sample[]> {
  const open = await openTarget(target);
  try {
    return await withSession(open, options.sizes, async (session) => {
      const samples: Sample[] = [];
      for (const workload of list) {
        try {
          samples.push(...(await workload.run(session)));
        } catch (error) {
          options.failed(workload, error);
        }
      }
      return samples;
    });
  } finally {
    await open.close();
  }
}

/**
 * Measures every target in every round, one after the other, so that a slow spell of the machine meets all of them.
 * @returns medians and ratios to the first target, and which workloads did not come to their end.
 * @throws BenchError naming the target that does not start.
 */
export async function runBench({ targets, rounds, sizes, only, progress }: BenchOptions): Promise<BenchResult> {
  const chosen = workloads.filter(({ name }) => only.length === 0 || only.includes(name));
  const failures: string[] = [];
  const samples = new Map<string, Sample[]>(targets.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    const ofRound = chosen.filter((workload) => round === 0 || workload.once !== true);
    const groups = [
      ...ofRound.filter(({ isolated }) => isolated === true).map((workload) => [workload]),
      ofRound.filter(({ isolated }) => isolated !== true),
    ];
    for (const group of groups.filter((list) => list.length > 0)) {
      for (const target of targets) {
        progress(`round ${round + 1}/${rounds} ${target.name}: ${group.map(({ name }) => name).join(', ')}`);
        const failed = (workload: Workload, error: unknown) => {
          failures.push(`${target.name}, ${workload.name}, round ${round + 1}: ${(error as Error).message}`);
        };
        samples.get(target.name)?.push(...(await measure(target, group, { sizes, failed })));
      }
    }
  }
  return { rows: summarise(samples), failures };
}
