import type { Connection, OpenTarget } from './connection.ts';

/** Numbers that decide how long a run takes. */
export interface Sizes {
  readonly sequential: number;
  readonly perSender: number;
  readonly pooled: number;
  readonly calls: number;
  readonly memory: number;
  readonly loops: number;
  /** Slots, with as many accounts, at which a block is measured; ascending. */
  readonly growthSlots: readonly number[];
  /** Heights at which a block is measured; ascending. */
  readonly growthBlocks: readonly number[];
  /** How long a target may take to grow, milliseconds. */
  readonly growthMs: number;
  /** How often a kernel, a query or a trace is repeated. */
  readonly kernelCalls: number;
  /** Requests of one batch. */
  readonly batch: number;
  /** Slots, with as many accounts, that a revert leaves alone. */
  readonly stateSize: number;
  /** Logs that a query finds; five in a block. */
  readonly logs: number;
  readonly blockTransactions: number;
  /** Rounds of the loop that is traced: about 97 steps each. */
  readonly traceLoops: number;
  readonly emptyBlocks: number;
  /** Whether kernels are to run only a few rounds. */
  readonly isQuick: boolean;
}

export const fullSizes: Sizes = {
  sequential: 300,
  perSender: 25,
  pooled: 5_000,
  calls: 2_000,
  memory: 20_000,
  loops: 20,
  growthSlots: [1_000, 100_000, 1_000_000],
  growthBlocks: [10, 10_000, 1_000_000],
  growthMs: 1_500_000,
  kernelCalls: 5,
  batch: 500,
  stateSize: 50_000,
  logs: 10_000,
  blockTransactions: 200,
  traceLoops: 330,
  emptyBlocks: 100_000,
  isQuick: false,
};

export const quickSizes: Sizes = {
  sequential: 20,
  perSender: 2,
  pooled: 160,
  calls: 50,
  memory: 160,
  loops: 2,
  growthSlots: [10, 300],
  growthBlocks: [50, 100],
  growthMs: 60_000,
  kernelCalls: 2,
  batch: 20,
  stateSize: 200,
  logs: 20,
  blockTransactions: 10,
  traceLoops: 5,
  emptyBlocks: 50,
  isQuick: true,
};

export interface Metric {
  readonly name: string;
  readonly unit: 'ms' | 'µs' | '/s' | 'MiB';
  readonly better: 'higher' | 'lower';
}

export interface Sample {
  readonly metric: Metric;
  readonly value: number;
}

/** What a workload may use: a node that answers, one connection, and sixteen for parallel work. */
export interface Session {
  readonly target: OpenTarget;
  readonly chainId: number;
  readonly connection: Connection;
  readonly parallel: readonly Connection[];
  readonly sizes: Sizes;
  /** Reports a part of a workload that the target cannot do, when the rest goes on. */
  readonly failed: (why: string) => void;
}

export const DEFAULT_LIMIT_MS = 120_000;

export interface Workload {
  readonly name: string;
  /** On a fresh node of its own: what ran before would be part of the figure. */
  readonly isolated?: boolean;
  /** Only in the first round, because it takes long and varies little. */
  readonly once?: boolean;
  /** How long it may take; {@link DEFAULT_LIMIT_MS} when left out. A target that takes longer is stopped and reported. */
  readonly limitMs?: number;
  run(session: Session): Promise<Sample[]>;
}
