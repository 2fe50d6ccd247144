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
import { CALL, CALLCODE, CREATE, CREATE2, DELEGATECALL, STATICCALL } from './frames';
import { hostDecoded } from './host';
import {
  BLOCK,
  BLOCK_COUNT,
  BLOCK_GAS,
  BLOCK_GROWTH,
  BLOCK_SIZE,
  BLOCK_TAKEN,
  COUNTED_BLOCK,
  CREATION,
  INSTRUCTION_SIZE,
  isBlock,
  isStaticJump,
  JUMP_IF,
  JUMP_TO,
  JUMP_UNLESS,
  LOG,
  MESSAGE,
  PUSH_FROM,
  PUSH_SMALL,
  PUSH_WORD,
  PUSH_WORD_SIZE,
  sizeOf,
  STEP,
  SWAP_POP,
} from './instructions';
import { conditionOf, ends, mergedPush, negationOf, placeOf } from './merging';
import { isKnown, staticGas, wordsPut, wordsTaken } from './rules';

/** Entries after which a block is offered to a compiler; 0 where there is none. */
let countFrom: u32 = 0;

export function countDown(from: u32): void {
  countFrom = from;
}

/** Most bytes of instructions for a byte of code: a block, the instruction itself, and in steps its report. */
const MOST_PER_BYTE: usize = 32;

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
/** That the blocks of this code count down from. */
let entries: u32 = 0;
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

function openBlock(): void {
  block = out;
  memory.fill(out, 0, BLOCK_SIZE);
  store<u32>(out, entries == 0 ? BLOCK : COUNTED_BLOCK);
  store<u32>(out, entries, BLOCK_COUNT);
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

/**
 * Opcodes that differ by a number only. DUPn and SWAPn stay apart: the machine guesses best what follows each of them.
 * @returns whether it is one of them.
 */
function emitOfRange(op: u32): bool {
  if (op >= 0xa0 && op < 0xa5) emit(LOG, op - 0xa0);
  else if (op == CREATE || op == CREATE2) emit(CREATION, op);
  else if (op == CALL || op == CALLCODE || op == DELEGATECALL || op == STATICCALL) emit(MESSAGE, op);
  else return false;
  return true;
}

/** Any opcode but PUSH1 to PUSH32, counted before. */
function emitOpcode(op: u32, pc: u32): void {
  // A JUMPDEST is the beginning of its block, and nothing else.
  if (op == 0x5b) return;
  if (!isKnown(op)) {
    emit(0xfe, op);
    return;
  }
  if (emitOfRange(op)) return;
  const place = placeOf(op);
  if (place != 0) emit(PUSH_FROM, <u32>place);
  else if (op == 0x5f) emit(PUSH_SMALL, 0);
  else if (op == 0x58) emit(PUSH_SMALL, pc);
  // The gas of the block that is not due yet is known when the block is closed.
  else emit(op, op == 0x5a || op == 0x55 ? gas : 0);
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
  emitOpcode(op, pc);
  if (ends(op)) closeBlock();
  return 1;
}

/** Turns pcs into addresses, and gas paid so far into gas that is paid but not due yet. */
function resolve(start: usize): void {
  let blockGas: u32 = 0;
  for (let at = start; at < out; ) {
    const operation = load<u32>(at);
    const argument = load<u32>(at, 4);
    if (isBlock(operation)) blockGas = argument;
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
  entries = countFrom;
  beforePrevious = 0;
  for (let pc: u32 = 0; pc < length; ) {
    const isJumpTarget = isTarget(pc);
    if (block == 0 || isJumpTarget) {
      closeBlock();
      if (isJumpTarget) store<u32>(targets + (<usize>pc << 2), <u32>out);
      openBlock();
    }
    const last = previous;
    pc += decodeOne(pc);
    beforePrevious = last;
  }
  closeBlock();
  // Code that ends within an immediate stops there as well.
  openBlock();
  emit(0, 0);
  closeBlock();
  resolve(start);
  takeCodeRoom(out - start);
  store<u32>(record, <u32>targets, TARGETS);
  store<u32>(record, <u32>start, INSTRUCTIONS);
  if (entries != 0) hostDecoded(record);
}

/** Decodes one opcode at a time, each with its report. */
export function decodeSteps(record: usize): void {
  const start = begin(record);
  entries = 0;
  let pc: u32 = 0;
  // Behind the last byte stand zeros: STOP, also after an immediate that the code ends in.
  for (let isEnd = false; !isEnd; ) {
    isEnd = pc >= length;
    if (isTarget(pc)) store<u32>(targets + (<usize>pc << 2), <u32>out);
    emit(STEP, pc);
    openBlock();
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
    emitOpcode(op, pc);
    return 1;
  }
  count(op);
  readImmediate(pc, op - 0x5f);
  emit(PUSH_WORD, 0);
  memory.copy(out, IMMEDIATE, 32);
  out += PUSH_WORD_SIZE - INSTRUCTION_SIZE;
  return op - 0x5e;
}
