import type { HttpConnection } from './httpConnection.ts';
import type { OpenTarget } from './target.ts';

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
  /** Heights at which a block is measured after that; ascending. */
  readonly growthBlocks: readonly number[];
}

export const fullSizes: Sizes = {
  sequential: 300,
  perSender: 25,
  pooled: 5_000,
  calls: 2_000,
  memory: 20_000,
  loops: 20,
  growthSlots: [1_000, 10_000, 100_000],
  growthBlocks: [1_000, 10_000],
};

export const quickSizes: Sizes = {
  sequential: 20,
  perSender: 2,
  pooled: 160,
  calls: 50,
  memory: 160,
  loops: 2,
  growthSlots: [10, 300],
  growthBlocks: [100],
};

export interface Metric {
  readonly name: string;
  readonly unit: 'ms' | '/s' | 'MiB';
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
  readonly connection: HttpConnection;
  readonly parallel: readonly HttpConnection[];
  readonly sizes: Sizes;
}

export interface Workload {
  readonly name: string;
  /** On a fresh node of its own: what ran before would be part of the figure. */
  readonly isolated?: boolean;
  /** Only in the first round, because it takes long and varies little. */
  readonly once?: boolean;
  run(session: Session): Promise<Sample[]>;
}
