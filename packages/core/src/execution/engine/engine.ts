/**
 * What runs transactions: EthereumJS, our core in WebAssembly, the core with code that runs often compiled, or the first and
 * the last against each other, where any difference is an error.
 */
export const ENGINES = ['ethereumjs', 'core', 'jit', 'verify'] as const;

export type Engine = (typeof ENGINES)[number];

export const DEFAULT_ENGINE: Engine = 'jit';
