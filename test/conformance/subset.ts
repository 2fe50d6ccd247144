/**
 * Which official fixtures run: every file of the newest forks, and of each file so many cases, evenly spread over it, the
 * same in every run. The numbers are chosen so that each suite takes well under a minute on two cores.
 */
export const forks = ['Cancun', 'Prague', 'Osaka'] as const;

export type Fork = (typeof forks)[number];

export const isChosenFork = (name: string): name is Fork => (forks as readonly string[]).includes(name);

/** Precompiles that the core does not have yet: point evaluation (EIP-4844) and BLS12-381 (EIP-2537). */
const NOT_ON_CORE =
  /eip2537|point_evaluation|eip4844_blobs\/test_(call_opcode|external|invalid_inputs|tx_entry|valid_inputs)/;

/** What a case runs on. */
export function enginesFor(name: string): readonly ('ethereumjs' | 'core')[] {
  return NOT_ON_CORE.test(name) ? ['ethereumjs'] : ['ethereumjs', 'core'];
}

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
