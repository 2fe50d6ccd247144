/*
 * What code is decoded into: instructions of 8 bytes, an operation (u32) and an argument (u32). Operations below 256 are EVM
 * opcodes; those here stand for several opcodes, or for none.
 */
/** Begins a straight run of instructions and pays for all of them: argument gas; then taken u16, growth u16. */
export const BLOCK: u32 = 256;
/** Pushes the word that follows the instruction. */
export const PUSH_WORD: u32 = 257;
/** Pushes the argument. */
export const PUSH_SMALL: u32 = 258;
/** PUSH JUMP: the argument is the address of the target's instruction, here and below. */
export const JUMP_TO: u32 = 259;
/** PUSH JUMPI. */
export const JUMP_IF: u32 = 260;
/** ISZERO PUSH JUMPI. */
export const JUMP_UNLESS: u32 = 261;
/** SWAPn POP. */
export const SWAP_POP: u32 = 262;
/** PUSH ADD. */
export const ADD_SMALL: u32 = 263;
/** PUSH AND. */
export const AND_SMALL: u32 = 264;
/** Reports the instruction at the argument's pc. */
export const STEP: u32 = 265;
/** LT PUSH JUMPI, and so on; then the same with ISZERO between. */
export const JUMP_IF_LT: u32 = 266;
export const JUMP_IF_GT: u32 = 267;
export const JUMP_IF_EQ: u32 = 268;
export const JUMP_UNLESS_LT: u32 = 269;
export const JUMP_UNLESS_GT: u32 = 270;
export const JUMP_UNLESS_EQ: u32 = 271;
/** PUSH MLOAD. */
export const MLOAD_AT: u32 = 272;
/** PUSH MSTORE. */
export const MSTORE_AT: u32 = 273;
/** PUSH SHL. */
export const SHL_BY: u32 = 274;
/** PUSH SHR. */
export const SHR_BY: u32 = 275;

/** LOGn: the argument is the number of topics. */
export const LOG: u32 = 276;
/** CALL and its kin, CREATE and CREATE2: the argument is the opcode. */
export const MESSAGE: u32 = 277;
export const CREATION: u32 = 278;
/** Pushes the word of the block or the transaction at the argument's address. */
export const PUSH_FROM: u32 = 279;

/** A block whose entries are counted down; the host decides what becomes of it at the end. */
export const COUNTED_BLOCK: u32 = 280;
/** A block whose code is a function of the table, as far as that goes. */
export const UNIT_BLOCK: u32 = 281;

/** A precompile has run for long: others have their turn, and then it goes on. These two stand in no code. */
export const PRECOMPILE_WAITS: u32 = 282;
export const PRECOMPILE_GOES_ON: u32 = 283;

export const INSTRUCTION_SIZE: usize = 8;
export const BLOCK_SIZE: usize = 16;
export const PUSH_WORD_SIZE: usize = 40;

/* Offsets of a block's fields. */
export const BLOCK_GAS: usize = 4;
export const BLOCK_TAKEN: usize = 8;
export const BLOCK_GROWTH: usize = 10;
/** Entries left of a counted block; a compiled one's place in the table. */
export const BLOCK_COUNT: usize = 12;

export function isBlock(operation: u32): bool {
  return operation == BLOCK || operation == COUNTED_BLOCK || operation == UNIT_BLOCK;
}

/** Bytes from an instruction to the next. */
export function sizeOf(operation: u32): usize {
  if (isBlock(operation)) return BLOCK_SIZE;
  return operation == PUSH_WORD ? PUSH_WORD_SIZE : INSTRUCTION_SIZE;
}

export function isStaticJump(operation: u32): bool {
  return (operation >= JUMP_TO && operation <= JUMP_UNLESS) || (operation >= JUMP_IF_LT && operation <= JUMP_UNLESS_EQ);
}
