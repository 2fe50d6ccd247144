/* Which instruction stands for an opcode, or for several. */
import {
  BASE_FEE,
  BLOB_BASE_FEE,
  CHAIN_ID,
  COINBASE,
  GAS_LIMIT,
  GAS_PRICE,
  NUMBER,
  ORIGIN,
  RANDAO,
  TIMESTAMP,
} from './environment';
import {
  ADD_SMALL,
  AND_SMALL,
  JUMP_IF_EQ,
  JUMP_IF_GT,
  JUMP_IF_LT,
  JUMP_UNLESS,
  JUMP_UNLESS_EQ,
  JUMP_UNLESS_GT,
  JUMP_UNLESS_LT,
  MLOAD_AT,
  MSTORE_AT,
  SHL_BY,
  SHR_BY,
} from './instructions';
import { isKnown } from './rules';

/** Opcodes after which a new block begins: they leave the frame, jump, or start another frame. */
export function ends(op: u32): bool {
  if (!isKnown(op)) return true;
  if (op == 0x00 || op == 0x56 || op == 0x57) return true;
  return op >= 0xf0;
}

/** The comparison before a PUSH JUMPI as one instruction with it; 0 where there is none. */
export function conditionOf(operation: u32): u32 {
  if (operation == 0x15) return JUMP_UNLESS;
  if (operation == 0x10) return JUMP_IF_LT;
  if (operation == 0x11) return JUMP_IF_GT;
  return operation == 0x14 ? JUMP_IF_EQ : 0;
}

export function negationOf(operation: u32): u32 {
  if (operation == 0x10) return JUMP_UNLESS_LT;
  if (operation == 0x11) return JUMP_UNLESS_GT;
  return operation == 0x14 ? JUMP_UNLESS_EQ : 0;
}

/** @returns the single instruction for a PUSH of a small word and this opcode; 0 where there is none. */
export function mergedPush(value: u32, next: u32): u32 {
  if (next == 0x01) return ADD_SMALL;
  if (next == 0x16) return AND_SMALL;
  if (next == 0x51) return MLOAD_AT;
  if (next == 0x52) return MSTORE_AT;
  if (value > 255) return 0;
  if (next == 0x1b) return SHL_BY;
  return next == 0x1c ? SHR_BY : 0;
}

/** Where the word lies that an opcode of the environment pushes; 0 for other opcodes. */
export function placeOf(op: u32): usize {
  switch (op) {
    case 0x32:
      return ORIGIN;
    case 0x3a:
      return GAS_PRICE;
    case 0x41:
      return COINBASE;
    case 0x42:
      return TIMESTAMP;
    case 0x43:
      return NUMBER;
    case 0x44:
      return RANDAO;
    case 0x45:
      return GAS_LIMIT;
    case 0x46:
      return CHAIN_ID;
    case 0x48:
      return BASE_FEE;
    case 0x4a:
      return BLOB_BASE_FEE;
    default:
      return 0;
  }
}
