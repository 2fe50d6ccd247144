import {
  BYTES,
  codesNext,
  INSTRUCTIONS,
  LENGTH,
  requireCodeRoom,
  STEP_INSTRUCTIONS,
  STEP_TARGETS,
  takeCodeRoom,
  TARGETS,
} from './codes';
import {
  ADD_SMALL,
  AND_SMALL,
  BLOCK,
  BLOCK_COUNTDOWN,
  BLOCK_GAS,
  BLOCK_GROWTH,
  BLOCK_PC,
  BLOCK_SIZE,
  BLOCK_TAKEN,
  INSTRUCTION_SIZE,
  isStaticJump,
  JUMP_IF,
  JUMP_IF_EQ,
  JUMP_IF_GT,
  JUMP_IF_LT,
  JUMP_TO,
  JUMP_UNLESS,
  JUMP_UNLESS_EQ,
  JUMP_UNLESS_GT,
  JUMP_UNLESS_LT,
  MLOAD_AT,
  MSTORE_AT,
  PUSH_SMALL,
  PUSH_WORD,
  PUSH_WORD_SIZE,
  SHL_BY,
  SHR_BY,
  sizeOf,
  STEP,
  SWAP_POP,
} from './instructions';
import { isKnown, staticGas, wordsPut, wordsTaken } from './rules';

/** Entries of a block after which it is worth compiling; none are counted while it is negative. */
export let hotAfter: i32 = -1;

export function setHotAfter(entries: i32): void {
  hotAfter = entries;
}

/** Most bytes of instructions for a byte of code: a block, the instruction itself, and in steps its report. */
const MOST_PER_BYTE: usize = 40;

let code: usize = 0;
let length: u32 = 0;
let targets: usize = 0;
let out: usize = 0;
/** The open block; 0 when none is. */
let block: usize = 0;
let height: i32 = 0;
let taken: i32 = 0;
let growth: i32 = 0;
let gas: u32 = 0;
/** The instruction before the present one in this block; 0 when it may not be merged with. */
let previous: usize = 0;

@inline
function byteAt(pc: u32): u32 {
  return <u32>load<u8>(code + BYTES + <usize>pc);
}

@inline
function isPush(op: u32): bool {
  return op >= 0x60 && op < 0x80;
}

/** Marks every JUMPDEST that is not part of an immediate. */
function findTargets(): void {
  memory.fill(targets, 0, (<usize>length + 1) << 2);
  for (let pc: u32 = 0; pc < length; pc++) {
    const op = byteAt(pc);
    if (op == 0x5b) store<u32>(targets + (<usize>pc << 2), 1);
    else if (isPush(op)) pc += op - 0x5f;
  }
}

function emit(operation: u32, argument: u32): void {
  store<u32>(out, operation);
  store<u32>(out, argument, 4);
  previous = out;
  out += INSTRUCTION_SIZE;
}

function openBlock(pc: u32): void {
  block = out;
  memory.fill(out, 0, BLOCK_SIZE);
  store<u32>(out, BLOCK);
  store<u32>(out, pc, BLOCK_PC);
  store<i32>(out, hotAfter < 0 ? i32.MAX_VALUE : hotAfter, BLOCK_COUNTDOWN);
  out += BLOCK_SIZE;
  height = 0;
  taken = 0;
  growth = 0;
  gas = 0;
  previous = 0;
}

function closeBlock(): void {
  if (block == 0) return;
  store<u32>(block, gas, BLOCK_GAS);
  store<u16>(block, <u16>taken, BLOCK_TAKEN);
  store<u16>(block, <u16>growth, BLOCK_GROWTH);
  block = 0;
}

/** Takes an opcode into the block's account of gas and stack. */
function count(op: u32): void {
  const below = wordsTaken(op) - height;
  if (below > taken) taken = below;
  height += wordsPut(op) - wordsTaken(op);
  if (height > growth) growth = height;
  gas += staticGas(op);
}

/** Opcodes after which a new block begins: they leave the frame, jump, or start another frame. */
function ends(op: u32): bool {
  if (!isKnown(op)) return true;
  if (op == 0x00 || op == 0x56 || op == 0x57) return true;
  return op >= 0xf0;
}

const IMMEDIATE: usize = memory.data(32, 16);

/** Reads a PUSH's immediate into `IMMEDIATE`. @returns whether it fits 32 bits. */
function readImmediate(pc: u32, size: u32): bool {
  memory.fill(IMMEDIATE, 0, 32);
  // The bytes behind the code are zeros.
  for (let i: u32 = 0; i < size; i++) store<u8>(IMMEDIATE + <usize>(size - 1 - i), load<u8>(code + BYTES + <usize>(pc + 1 + i)));
  const high = load<u64>(IMMEDIATE, 8) | load<u64>(IMMEDIATE, 16) | load<u64>(IMMEDIATE, 24);
  return (high | (load<u64>(IMMEDIATE) >> 32)) == 0;
}

function isTarget(pc: u32): bool {
  return pc < length && load<u32>(targets + (<usize>pc << 2)) != 0;
}

/** The comparison before a PUSH JUMPI as one instruction with it; 0 where there is none. */
function conditionOf(operation: u32): u32 {
  if (operation == 0x15) return JUMP_UNLESS;
  if (operation == 0x10) return JUMP_IF_LT;
  if (operation == 0x11) return JUMP_IF_GT;
  return operation == 0x14 ? JUMP_IF_EQ : 0;
}

function negationOf(operation: u32): u32 {
  if (operation == 0x10) return JUMP_UNLESS_LT;
  if (operation == 0x11) return JUMP_UNLESS_GT;
  return operation == 0x14 ? JUMP_UNLESS_EQ : 0;
}

let beforePrevious: usize = 0;

/** PUSH JUMPI, merged with the comparison before it. */
function emitJumpIf(target: u32): void {
  const merged = previous == 0 ? 0 : conditionOf(load<u32>(previous));
  if (merged == 0) {
    emit(JUMP_IF, target);
    return;
  }
  const isNegation = merged == JUMP_UNLESS && beforePrevious != 0 && beforePrevious + INSTRUCTION_SIZE == previous;
  const negated = isNegation ? negationOf(load<u32>(beforePrevious)) : 0;
  out = negated == 0 ? previous : beforePrevious;
  emit(negated == 0 ? merged : negated, target);
}

/** @returns the single instruction for a PUSH of a small word and this opcode; 0 where there is none. */
function mergedPush(value: u32, next: u32): u32 {
  if (next == 0x01) return ADD_SMALL;
  if (next == 0x16) return AND_SMALL;
  if (next == 0x51) return MLOAD_AT;
  if (next == 0x52) return MSTORE_AT;
  if (value > 255) return 0;
  if (next == 0x1b) return SHL_BY;
  return next == 0x1c ? SHR_BY : 0;
}

/** @returns how many bytes of code it stands for. */
function decodePush(pc: u32, op: u32): u32 {
  const size = op - 0x5f;
  const isSmall = readImmediate(pc, size);
  const value = load<u32>(IMMEDIATE);
  const next = pc + 1 + size < length ? byteAt(pc + 1 + size) : 0;
  count(op);
  if (isSmall && (next == 0x56 || next == 0x57) && isTarget(value)) {
    count(next);
    if (next == 0x56) emit(JUMP_TO, value);
    else emitJumpIf(value);
    closeBlock();
    return size + 2;
  }
  const merged = isSmall ? mergedPush(value, next) : 0;
  if (merged != 0 && isKnown(next)) {
    count(next);
    emit(merged, value);
    return size + 2;
  }
  if (isSmall) {
    emit(PUSH_SMALL, value);
    return size + 1;
  }
  emit(PUSH_WORD, 0);
  memory.copy(out, IMMEDIATE, 32);
  out += PUSH_WORD_SIZE - INSTRUCTION_SIZE;
  return size + 1;
}

/** @returns how many bytes of code it stands for. */
function decodeOne(pc: u32): u32 {
  const op = byteAt(pc);
  if (isPush(op)) return decodePush(pc, op);
  if (op >= 0x90 && op < 0xa0 && pc + 1 < length && byteAt(pc + 1) == 0x50) {
    count(op);
    count(0x50);
    emit(SWAP_POP, op - 0x8f);
    return 2;
  }
  count(op);
  if (op == 0x5b) return 1;
  if (op == 0x5f && isKnown(op)) emit(PUSH_SMALL, 0);
  else if (op == 0x58) emit(PUSH_SMALL, pc);
  // The gas of the block that is not due yet is known when the block is closed.
  else if (op == 0x5a || op == 0x55) emit(op, gas);
  else emit(isKnown(op) ? op : 0xfe, isKnown(op) ? 0 : op);
  if (ends(op)) closeBlock();
  return 1;
}

/** Turns pcs into addresses, and gas paid so far into gas that is paid but not due yet. */
function resolve(start: usize): void {
  let blockGas: u32 = 0;
  for (let at = start; at < out; ) {
    const operation = load<u32>(at);
    const argument = load<u32>(at, 4);
    if (operation == BLOCK) blockGas = argument;
    else if (operation == 0x5a || operation == 0x55) store<u32>(at, blockGas - argument, 4);
    else if (isStaticJump(operation)) store<u32>(at, load<u32>(targets + (<usize>argument << 2)), 4);
    at += sizeOf(operation);
  }
}

function begin(record: usize): usize {
  code = record;
  length = load<u32>(record, LENGTH);
  requireCodeRoom((<usize>length + 2) * (MOST_PER_BYTE + 4));
  targets = takeCodeRoom((<usize>length + 1) << 2);
  findTargets();
  out = codesNext;
  block = 0;
  return out;
}

/** Decodes for running. */
export function decode(record: usize): void {
  const start = begin(record);
  beforePrevious = 0;
  for (let pc: u32 = 0; pc < length; ) {
    const isJumpTarget = isTarget(pc);
    if (block == 0 || isJumpTarget) {
      closeBlock();
      if (isJumpTarget) store<u32>(targets + (<usize>pc << 2), <u32>out);
      openBlock(pc);
    }
    const last = previous;
    pc += decodeOne(pc);
    beforePrevious = last;
  }
  closeBlock();
  // Code that ends within an immediate stops there as well.
  openBlock(length);
  emit(0, 0);
  closeBlock();
  resolve(start);
  takeCodeRoom(out - start);
  store<u32>(record, <u32>targets, TARGETS);
  store<u32>(record, <u32>start, INSTRUCTIONS);
}

/** Decodes one opcode at a time, each with its report. */
export function decodeSteps(record: usize): void {
  const start = begin(record);
  let pc: u32 = 0;
  // Behind the last byte stand zeros: STOP, also after an immediate that the code ends in.
  for (let isEnd = false; !isEnd; ) {
    isEnd = pc >= length;
    if (isTarget(pc)) store<u32>(targets + (<usize>pc << 2), <u32>out);
    emit(STEP, pc);
    openBlock(pc);
    store<i32>(block, i32.MAX_VALUE, BLOCK_COUNTDOWN);
    pc += isEnd ? stopStep() : decodeStep(pc);
    closeBlock();
  }
  resolve(start);
  takeCodeRoom(out - start);
  store<u32>(record, <u32>targets, STEP_TARGETS);
  store<u32>(record, <u32>start, STEP_INSTRUCTIONS);
}

function stopStep(): u32 {
  emit(0, 0);
  return 1;
}

function decodeStep(pc: u32): u32 {
  const op = byteAt(pc);
  if (!isPush(op)) {
    count(op);
    if (op == 0x5f && isKnown(op)) emit(PUSH_SMALL, 0);
    else if (op == 0x58) emit(PUSH_SMALL, pc);
    else if (op == 0x5a || op == 0x55) emit(op, gas);
    else if (op != 0x5b) emit(isKnown(op) ? op : 0xfe, isKnown(op) ? 0 : op);
    return 1;
  }
  count(op);
  readImmediate(pc, op - 0x5f);
  emit(PUSH_WORD, 0);
  memory.copy(out, IMMEDIATE, 32);
  out += PUSH_WORD_SIZE - INSTRUCTION_SIZE;
  return op - 0x5e;
}
