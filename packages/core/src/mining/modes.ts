/**
 * When blocks are made. `instant`: as soon as a transaction is ready. `interval`: every `intervalMs`.
 * `mixed`: both. `manual`: only when asked (`evm_mine`).
 */
export type MiningMode =
  | { readonly type: 'instant' }
  | { readonly type: 'interval'; readonly intervalMs: number }
  | { readonly type: 'mixed'; readonly intervalMs: number }
  | { readonly type: 'manual' };
