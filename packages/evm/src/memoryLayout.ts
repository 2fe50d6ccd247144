/* Offsets in the core's records, as `assembly/accounts.ts`, `slots.ts`, `codes.ts`, `frames.ts` and `logs.ts` lay them out. */

export const ACCOUNT = {
  address: 0,
  flags: 20,
  nonce: 24,
  balance: 32,
  codeHash: 64,
  code: 96,
  generation: 104,
  created: 108,
  dirtyNext: 124,
  takenGeneration: 128,
  participantNext: 144,
  creator: 148,
} as const;

export const ACCOUNT_EXISTS = 1;
export const ACCOUNT_HAS_STORAGE = 2;

export const SLOT = { key: 0, value: 32, account: 96, generation: 100, dirtyNext: 116 } as const;

export const CODE = { hash: 0, length: 32, isHosts: 56, bytes: 64 } as const;

export const FRAME = {
  ip: 0,
  sp: 4,
  gas: 8,
  stack: 16,
  memory: 20,
  memorySize: 24,
  code: 28,
  data: 32,
  dataLength: 36,
  account: 40,
  caller: 44,
  isStatic: 48,
  kind: 52,
  value: 64,
  depth: 112,
  codeAccount: 120,
  endGas: 136,
  invalid: 144,
  size: 256,
} as const;

export const LOG = { account: 0, topics: 4, length: 8, size: 12, header: 16 } as const;

export const WORD = {
  origin: 0,
  gasPrice: 1,
  coinbase: 2,
  timestamp: 3,
  number: 4,
  randao: 5,
  gasLimit: 6,
  chainId: 7,
  baseFee: 8,
  blobBaseFee: 9,
} as const;

/** Ends a list of records. */
export const LAST = 1;
