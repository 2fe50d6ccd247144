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

/** Each case runs on each of them. */
export const engines: readonly Engine[] = only === undefined ? ['ethereumjs', 'core'] : [only as Engine];

export const casesPerFile = {
  stateTests: 4,
  stateTestsOverRpc: 3,
  blockchainTests: 2,
} as const;

/** Files left out, with the reason. */
export const leftOut: Readonly<Record<string, string>> = {
  'test_run_until_out_of_gas.json':
    'burns the gas of a whole block by TSTORE: a minute of the interpreter, nothing new',
  'test_tx_gas_limit_cap_authorized_tx.json': 'thousands of authorisations: seconds of signature recovery per case',
};

export const isLeftOut = (path: string): boolean => Object.keys(leftOut).some((name) => path.endsWith(`/${name}`));
