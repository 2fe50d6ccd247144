import type { ChainOptions } from '@minichain/core';
import type { Engine } from '../../packages/core/src/execution/engine/engine.ts';

/**
 * Which official fixtures run: every file of the newest forks, and of each file so many cases, evenly spread over it, the
 * same in every run. The numbers are chosen so that each suite takes well under a minute on two cores.
 */
export const forks = ['Cancun', 'Prague', 'Osaka'] as const;

export type Fork = (typeof forks)[number];

export const isChosenFork = (name: string): name is Fork => (forks as readonly string[]).includes(name);

/** `MINICHAIN_TEST_ENGINE=jit`: only that one, compiling every block before it first runs. */
const only = process.env['MINICHAIN_TEST_ENGINE'];
export const compiling: NonNullable<ChainOptions['compiling']> = { threshold: 1, reach: 'all', hasBudget: false };

export const engines: readonly Engine[] = only === undefined ? ['ethereumjs', 'core', 'jit'] : [only as Engine];

/** One case of so many runs on an engine: all on the core, and of the others as many as keep the suite as short as before. */
const STEP: Readonly<Record<Engine, number>> = { ethereumjs: 3, core: 1, jit: 2, verify: 1 };

/** The cases of a list that run on an engine; all where one engine was asked for. */
export function casesOn<T>(engine: Engine, cases: readonly T[]): T[] {
  return cases.filter((_, index) => only !== undefined || index % STEP[engine] === 0);
}

/** `MINICHAIN_TEST_CASES=1000`: as many of each file, in the place of a few. */
const most = process.env['MINICHAIN_TEST_CASES'];
const orAsked = (few: number): number => (most === undefined ? few : Number(most));

export const casesPerFile = {
  stateTests: orAsked(4),
  stateTestsOverRpc: orAsked(3),
  blockchainTests: orAsked(2),
} as const;

/** Files left out, with the reason. */
export const leftOut: Readonly<Record<string, string>> = {
  'test_run_until_out_of_gas.json':
    'burns the gas of a whole block by TSTORE: a minute of the interpreter, nothing new',
  'test_tx_gas_limit_cap_authorized_tx.json': 'thousands of authorisations: seconds of signature recovery per case',
};

export const isLeftOut = (path: string): boolean => Object.keys(leftOut).some((name) => path.endsWith(`/${name}`));
