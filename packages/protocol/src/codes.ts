/** JSON-RPC error codes that minichain answers with (JSON-RPC 2.0, EIP-1474, geth's code 3). */
export const RPC_CODES = {
  parse: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  internal: -32603,
  invalidInput: -32000,
  notFound: -32001,
  rejected: -32003,
  unsupported: -32004,
  limitExceeded: -32005,
  reverted: 3,
  /** geth's, after EIP-4444. */
  prunedHistory: 4444,
} as const;

/** One of the codes in {@link RPC_CODES}, or another integer that a specification names (`eth_simulateV1`, `engine_*`). */
export type RpcCode = number;
