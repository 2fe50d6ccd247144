import type { OpenTarget } from './connection.ts';
import { BenchError } from './errors.ts';
import { type Row, summarise } from './report.ts';
import { openTarget, type Target } from './target.ts';
import { DEFAULT_LIMIT_MS, type Metric, type Sample, type Session, type Sizes, type Workload } from './workload.ts';
import { batchedTransfers } from './workloads/batch.ts';
import { calls, estimates, fixtureLoop } from './workloads/calls.ts';
import { coldStart } from './workloads/coldStart.ts';
import { compute } from './workloads/compute.ts';
import { emptyBlocks } from './workloads/emptyBlocks.ts';
import { growth, height } from './workloads/growth.ts';
import { innerCalls, solidityKernels } from './workloads/kernels.ts';
import { memoryGrowth } from './workloads/memory.ts';
import { pooledTransfers } from './workloads/pool.ts';
import { precompiles } from './workloads/precompiles.ts';
import { fullBlocks, logQueries } from './workloads/reads.ts';
import { snapshots } from './workloads/snapshots.ts';
import { tokenTransfers } from './workloads/token.ts';
import { traces } from './workloads/traces.ts';
import { parallelTransfers, sequentialTransfers } from './workloads/transfers.ts';

export const workloads: readonly Workload[] = [
  coldStart,
  sequentialTransfers,
  parallelTransfers,
  tokenTransfers,
  batchedTransfers,
  compute,
  solidityKernels,
  innerCalls,
  precompiles,
  calls,
  estimates,
  fixtureLoop,
  pooledTransfers,
  fullBlocks,
  traces,
  logQueries,
  snapshots,
  emptyBlocks,
  memoryGrowth,
  growth,
  height,
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
  /** Of whole workloads: the node's processor time, and wall time with the client's own work. */
  readonly usage: readonly Row[];
  /** One line each: target, workload, round, why. */
  readonly failures: readonly string[];
}

interface MeasureOptions {
  readonly sizes: Sizes;
  readonly failed: (workload: Workload, why: string) => void;
}

interface Measured {
  readonly samples: Sample[];
  readonly usage: Sample[];
}

const CONNECTIONS = 16;

async function sessionOf(target: OpenTarget, sizes: Sizes): Promise<Omit<Session, 'failed'>> {
  const connection = await target.connect();
  const parallel = await Promise.all(Array.from({ length: CONNECTIONS }, () => target.connect()));
  return { target, chainId: Number(await connection.call<string>('eth_chainId')), connection, parallel, sizes };
}

const spent = (kind: string, workload: Workload, value: number): Sample => {
  const metric: Metric = { name: `${workload.name}, ${kind}`, unit: 'ms', better: 'lower' };
  return { metric, value };
};

/** @throws Error when it takes longer than it may. */
async function withinLimit<T>({ limitMs = DEFAULT_LIMIT_MS }: Workload, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new BenchError(`not done within ${limitMs / 1000} s; stopped`)), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function runOne(workload: Workload, session: Session): Promise<Measured> {
  const { target } = session;
  const cpuBefore = target.cpuMs();
  const began = performance.now();
  const samples = await withinLimit(workload, workload.run(session));
  const wall = spent('wall', workload, performance.now() - began);
  const cpuAfter = target.cpuMs();
  if (cpuBefore === undefined || cpuAfter === undefined) return { samples, usage: [wall] };
  return { samples, usage: [wall, spent("node's CPU", workload, cpuAfter - cpuBefore)] };
}

/**
 * Runs workloads one after the other on a node that is started for them; after one that fails the others get a new one,
 * for nobody knows what it left behind.
 */
async function measure(target: Target, list: readonly Workload[], options: MeasureOptions): Promise<Measured> {
  const samples: Sample[] = [];
  const usage: Sample[] = [];
  const left = [...list];
  while (left.length > 0) {
    const open = await openTarget(target);
    try {
      const session = await sessionOf(open, options.sizes);
      for (let isFine = true, workload = left.shift(); isFine && workload !== undefined; ) {
        const current = workload;
        const failed = (why: string) => options.failed(current, why);
        try {
          const measured = await runOne(current, { ...session, failed });
          samples.push(...measured.samples);
          usage.push(...measured.usage);
          workload = left.shift();
        } catch (error) {
          failed((error as Error).message);
          isFine = false;
        }
      }
      for (const one of [session.connection, ...session.parallel]) one.close();
    } finally {
      await open.close();
    }
  }
  return { samples, usage };
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
  const usage = new Map<string, Sample[]>(targets.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    const ofRound = chosen.filter((workload) => round === 0 || workload.once !== true);
    const groups = [
      ...ofRound.filter(({ isolated }) => isolated === true).map((workload) => [workload]),
      ofRound.filter(({ isolated }) => isolated !== true),
    ];
    for (const group of groups.filter((list) => list.length > 0)) {
      for (const target of targets) {
        progress(`round ${round + 1}/${rounds} ${target.name}: ${group.map(({ name }) => name).join(', ')}`);
        const failed = (workload: Workload, why: string) => {
          failures.push(`${target.name}, ${workload.name}, round ${round + 1}: ${why}`);
        };
        const measured = await measure(target, group, { sizes, failed });
        samples.get(target.name)?.push(...measured.samples);
        usage.get(target.name)?.push(...measured.usage);
      }
    }
  }
  return { rows: summarise(samples), usage: summarise(usage), failures };
}
