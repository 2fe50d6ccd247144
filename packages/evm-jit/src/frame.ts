/** Offsets of a frame's fields and an account's, as `assembly/frames.ts` and `assembly/accounts.ts` of the core have them. */
export const FRAME = {
  ip: 0,
  sp: 4,
  gas: 8,
  stack: 16,
  memory: 20,
  memorySize: 24,
  code: 28,
  dataLength: 36,
  account: 40,
  caller: 44,
  isStatic: 48,
  value: 64,
} as const;

export const ACCOUNT = { address: 0, balance: 32 } as const;
/** Where a code's record has the address of its first instruction. */
export const CODE_INSTRUCTIONS = 40;
export const STACK_LIMIT = 1024;

/** How a unit returns; `assembly/interpreter.ts` knows them as well. */
export const LEFT = 0;
/** The block at the frame's instruction is to be run by the interpreter, whatever kind of block it is. */
export const AS_BLOCK = 1;
export const OUT_OF_GAS = 2;

/** The locals of a unit; behind them its words, four each, and then what is needed within a block. */
export const LOCAL = {
  frame: 0,
  sp: 1,
  gas: 2,
  floor: 3,
  base: 4,
  memory: 5,
  memorySize: 6,
  code: 7,
  ip: 8,
  height: 9,
  how: 10,
  condition: 11,
  firstFlag: 12,
  vector: 44,
  firstWord: 45,
} as const;
export const FLAGS = LOCAL.vector - LOCAL.firstFlag;
