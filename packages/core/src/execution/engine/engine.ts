/**
 * What runs transactions: EthereumJS, our core in WebAssembly, or both against each other, where any difference is an error.
 */
export const ENGINES = ['ethereumjs', 'core', 'verify'] as const;

export type Engine = (typeof ENGINES)[number];

export const DEFAULT_ENGINE: Engine = 'core';
