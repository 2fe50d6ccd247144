import type { Common } from '@ethereumjs/common';
import { opcodesOf } from '../src/opcodeTable.ts';
import { type CodeHash, coreRunner, type Outcome, oracleRun } from './runners.ts';
import { createScenario } from './scenario.ts';

export interface Difference {
  readonly seed: number;
  readonly ours: Outcome;
  readonly oracle: Outcome;
}

export interface Comparison {
  readonly cases: number;
  /** How often each way to end was seen: a generator that only fails proves nothing. */
  readonly mix: Readonly<Record<string, number>>;
  readonly differences: readonly Difference[];
}

const textOf = (outcome: Outcome): string =>
  JSON.stringify(outcome, (_key, value) => (typeof value === 'bigint' ? String(value) : value));

function kindsOf(outcome: Outcome): readonly string[] {
  const kinds = [outcome.status];
  if (outcome.logs.length > 0) kinds.push('logs');
  if (Object.keys(outcome.state).length > 2) kinds.push('writes');
  return kinds;
}

/** Runs scenarios of these seeds on the core and on EthereumJS. */
export async function compare(
  common: Common,
  seeds: Iterable<number>,
  options: { hash: CodeHash; run?: ReturnType<typeof coreRunner> },
): Promise<Comparison> {
  const run = options.run ?? coreRunner(common, options.hash);
  const mix: Record<string, number> = {};
  const differences: Difference[] = [];
  const opcodes = opcodesOf(common);
  let cases = 0;
  for (const seed of seeds) {
    const scenario = createScenario(seed, (opcode) => opcodes.has(opcode));
    const ours = run(scenario);
    const oracle = await oracleRun(scenario, common, { keys: Object.keys(ours.state) });
    cases++;
    for (const seen of kindsOf(ours)) mix[seen] = (mix[seen] ?? 0) + 1;
    if (textOf(ours) !== textOf(oracle)) differences.push({ seed, ours, oracle });
  }
  return { cases, mix, differences };
}
