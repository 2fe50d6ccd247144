import { BALANCE, writeAddress } from './accounts';
import {
  expPrice,
  opBalance,
  opBlobHash,
  opBlockHash,
  opExtCodeCopy,
  opExtCodeHash,
  opExtCodeSize,
} from './accountOps';
import { opCall, opCreate } from './calls';
import { BYTES, LENGTH, STEP_TARGETS, TARGETS } from './codes';
import {
  ACCOUNT,
  CALLER,
  CODE,
  current,
  DATA,
  DATA_LENGTH,
  END_GAS,
  GAS,
  INVALID,
  IP,
  IS_STATIC,
  MEMORY,
  MEMORY_SIZE,
  SP,
  STACK,
  VALUE,
} from './frames';
import { hostHot, hostStep } from './host';
import {
  BLOCK_GROWTH,
  BLOCK_SIZE,
  BLOCK_TAKEN,
  PUSH_WORD_SIZE,
} from './instructions';
import { outputStart } from './layout';
import { leave } from './leave';
import { endOf, expand, loadData } from './memory';
import { isInsideOutput, isWide, opCopy, opKeccak, opLog, opMcopy } from './memoryOps';
import { goOnWithPrecompile, isStepped } from './messages';
import { outputLength } from './output';
import {
  FINISHED,
  INVALID_JUMP,
  INVALID_OPCODE,
  OUT_OF_GAS,
  RETURN_DATA_OUT_OF_BOUNDS,
  REVERTED,
  SLICE_ENDED,
  STACK_OVERFLOW,
  STACK_UNDERFLOW,
  STATIC_VIOLATION,
  SUCCESS,
} from './status';
import { opSelfDestruct, opSload, opSstore, opTload, opTstore } from './storageOps';
import {
  add,
  addmod,
  and,
  byteAt,
  clz,
  copy,
  div,
  eq,
  exp,
  isZero,
  loadBE,
  ltu,
  mod,
  mul,
  mulmod,
  not,
  or,
  sar,
  sdiv,
  set64,
  shl,
  shr,
  signextend,
  slt,
  smod,
  storeBE,
  sub,
  xor,
} from './u256';

/**
 * Gas after which a unit returns, to be entered anew: the engine below has a better version of it by then, but changes to it
 * only at a call.
 */
const UNIT_GAS: i64 = 250_000;
/* How a unit returns: what it leaves to the interpreter begins in the frame at an instruction, or at a block to run as such. */
const UNIT_LEFT: u32 = 0;
const UNIT_OUT_OF_GAS: u32 = 2;

/** Gas that may still be spent before `run` returns to let others have their turn. */
let slice: i64 = i64.MAX_VALUE;

export function setSlice(gas: i64): void {
  slice = gas;
}

/** The stack holds as many words. */
const STACK_LIMIT: i32 = 1024;

/** @returns the address of the instruction that a word names as its target; 0 when none is there. */
function targetOf(frame: usize, word: usize): usize {
  if (isWide(word)) return 0;
  const pc = load<u32>(word);
  const code = <usize>load<u32>(frame, CODE);
  if (pc >= load<u32>(code, LENGTH)) return 0;
  const targets = <usize>(isStepped() ? load<u32>(code, STEP_TARGETS) : load<u32>(code, TARGETS));
  return <usize>load<u32>(targets + (<usize>pc << 2));
}

/** Whether a block's stack needs are met. @returns why not; SUCCESS when they are. */
@inline
function stackFault(block: usize, words: i32): u32 {
  if (words < <i32>load<u16>(block, BLOCK_TAKEN)) return STACK_UNDERFLOW;
  return words + <i32>load<u16>(block, BLOCK_GROWTH) > STACK_LIMIT ? STACK_OVERFLOW : SUCCESS;
}

/** The caller goes on behind the call, should the call begin. */
@inline
function callFrom(next: usize, kind: u32): u32 {
  const frame = current;
  const status = opCall(kind);
  store<u32>(frame, <u32>next, IP);
  return status;
}

@inline
function createFrom(next: usize, kind: u32): u32 {
  const frame = current;
  const status = opCreate(kind);
  store<u32>(frame, <u32>next, IP);
  return status;
}

@inline
function addSmall(word: usize, value: u64): void {
  const low = load<u64>(word) + value;
  store<u64>(word, low);
  if (low >= value) return;
  const second = load<u64>(word, 8) + 1;
  store<u64>(word, second, 8);
  if (second != 0) return;
  const third = load<u64>(word, 16) + 1;
  store<u64>(word, third, 16);
  if (third == 0) store<u64>(word, load<u64>(word, 24) + 1, 24);
}

@inline
function swap(a: usize, b: usize): void {
  const low = v128.load(a);
  const high = v128.load(a, 16);
  v128.store(a, v128.load(b));
  v128.store(a, v128.load(b, 16), 16);
  v128.store(b, low);
  v128.store(b, high, 16);
}

const SHIFT: usize = memory.data(32, 16);

function shlBy(word: usize, bits: u32): void {
  set64(SHIFT, <u64>bits);
  shl(word, SHIFT, word);
}

function shrBy(word: usize, bits: u32): void {
  set64(SHIFT, <u64>bits);
  shr(word, SHIFT, word);
}

/**
 * Runs the present frame and those that it calls.
 * @returns FINISHED when the first frame has ended, or why `run` is to be called again.
 */
export function run(): u32 {
  let frame = current;
  let ip = <usize>load<u32>(frame, IP);
  let sp = <usize>load<u32>(frame, SP);
  let gas = load<i64>(frame, GAS);
  let base = <usize>load<u32>(frame, MEMORY);
  let began = gas;
  let floor = gas > slice ? gas - slice : 0;
  for (;;) {
    let status: u32 = SUCCESS;
    let output: usize = outputStart;
    let length: u32 = 0;
    for (;;) {
      const operation = load<u32>(ip);
      let argument = load<u32>(ip, 4);
      ip += 8;
      switch (operation) {
        case 280 /* COUNTED_BLOCK */:
        case 281 /* UNIT_BLOCK */: {
          if (operation == 280) {
            const left = load<u32>(ip, 4) - 1;
            store<u32>(ip, left, 4);
            if (left == 0) {
              ip -= 8;
              hostHot(frame, ip);
              continue;
            }
          } else {
            const end = gas - floor > UNIT_GAS ? gas - UNIT_GAS : floor;
            const how = call_indirect<u32>(load<u32>(ip, 4), frame, sp, gas, end);
            sp = <usize>load<u32>(frame, SP);
            gas = load<i64>(frame, GAS);
            if (how == UNIT_OUT_OF_GAS) {
              status = OUT_OF_GAS;
              break;
            }
            ip = <usize>load<u32>(frame, IP);
            if (how == UNIT_LEFT) continue;
            argument = load<u32>(ip, 4);
            ip += 8;
          }
          // falls through: to run it as any other block
        }
        case 256 /* BLOCK */: {
          const block = ip - 8;
          gas -= <i64>argument;
          if (gas < floor) {
            if (gas < 0) {
              status = OUT_OF_GAS;
              break;
            }
            // Nothing of the block has happened yet.
            store<u32>(frame, <u32>block, IP);
            store<u32>(frame, <u32>sp, SP);
            store<i64>(frame, gas + <i64>argument, GAS);
            return SLICE_ENDED;
          }
          status = stackFault(block, <i32>(sp - <usize>load<u32>(frame, STACK)) >> 5);
          if (status != SUCCESS) break;
          ip = block + BLOCK_SIZE;
          continue;
        }
        case 257 /* PUSH_WORD */: {
          sp += 32;
          copy(sp, ip);
          ip += PUSH_WORD_SIZE - 8;
          continue;
        }
        case 258 /* PUSH_SMALL */: {
          sp += 32;
          set64(sp, <u64>argument);
          continue;
        }
        case 259 /* JUMP_TO */: {
          ip = <usize>argument;
          continue;
        }
        case 260 /* JUMP_IF */: {
          if (!isZero(sp)) ip = <usize>argument;
          sp -= 32;
          continue;
        }
        case 261 /* JUMP_UNLESS */: {
          if (isZero(sp)) ip = <usize>argument;
          sp -= 32;
          continue;
        }
        case 262 /* SWAP_POP */: {
          copy(sp - (<usize>argument << 5), sp);
          sp -= 32;
          continue;
        }
        case 263 /* ADD_SMALL */: {
          addSmall(sp, <u64>argument);
          continue;
        }
        case 264 /* AND_SMALL */: {
          set64(sp, load<u64>(sp) & <u64>argument);
          continue;
        }
        case 265 /* STEP */: {
          store<u32>(frame, <u32>(ip - 8), IP);
          store<u32>(frame, <u32>sp, SP);
          store<i64>(frame, gas, GAS);
          hostStep(frame, argument);
          continue;
        }
        case 266 /* JUMP_IF_LT */: {
          if (ltu(sp, sp - 32)) ip = <usize>argument;
          sp -= 64;
          continue;
        }
        case 267 /* JUMP_IF_GT */: {
          if (ltu(sp - 32, sp)) ip = <usize>argument;
          sp -= 64;
          continue;
        }
        case 268 /* JUMP_IF_EQ */: {
          if (eq(sp, sp - 32)) ip = <usize>argument;
          sp -= 64;
          continue;
        }
        case 269 /* JUMP_UNLESS_LT */: {
          if (!ltu(sp, sp - 32)) ip = <usize>argument;
          sp -= 64;
          continue;
        }
        case 270 /* JUMP_UNLESS_GT */: {
          if (!ltu(sp - 32, sp)) ip = <usize>argument;
          sp -= 64;
          continue;
        }
        case 271 /* JUMP_UNLESS_EQ */: {
          if (!eq(sp, sp - 32)) ip = <usize>argument;
          sp -= 64;
          continue;
        }
        case 272 /* MLOAD_AT */: {
          if (<u64>argument + 32 > <u64>load<u32>(frame, MEMORY_SIZE)) {
            gas = expand(frame, <u64>argument + 32, gas);
            if (gas < 0) {
              status = OUT_OF_GAS;
              break;
            }
          }
          sp += 32;
          loadBE(sp, base + <usize>argument);
          continue;
        }
        case 273 /* MSTORE_AT */: {
          if (<u64>argument + 32 > <u64>load<u32>(frame, MEMORY_SIZE)) {
            gas = expand(frame, <u64>argument + 32, gas);
            if (gas < 0) {
              status = OUT_OF_GAS;
              break;
            }
          }
          storeBE(base + <usize>argument, sp);
          sp -= 32;
          continue;
        }
        case 274 /* SHL_BY */: {
          shlBy(sp, argument);
          continue;
        }
        case 275 /* SHR_BY */: {
          shrBy(sp, argument);
          continue;
        }
        case 276 /* LOG */: {
          if (load<u32>(frame, IS_STATIC) != 0) {
            status = STATIC_VIOLATION;
            break;
          }
          gas = opLog(frame, argument, sp, gas);
          if (gas < 0) {
            status = OUT_OF_GAS;
            break;
          }
          sp -= 64 + (<usize>argument << 5);
          continue;
        }
        case 277 /* MESSAGE */: {
          store<u32>(frame, <u32>(ip - 8), IP);
          store<u32>(frame, <u32>sp, SP);
          store<i64>(frame, gas, GAS);
          slice -= began - gas;
          status = callFrom(ip, argument);
          if (status != SUCCESS) {
            gas = load<i64>(frame, GAS);
            break;
          }
          frame = current;
          ip = <usize>load<u32>(frame, IP);
          sp = <usize>load<u32>(frame, SP);
          gas = load<i64>(frame, GAS);
          base = <usize>load<u32>(frame, MEMORY);
          began = gas;
          floor = gas > slice ? gas - slice : 0;
          continue;
        }
        case 278 /* CREATION */: {
          store<u32>(frame, <u32>(ip - 8), IP);
          store<u32>(frame, <u32>sp, SP);
          store<i64>(frame, gas, GAS);
          slice -= began - gas;
          status = createFrom(ip, argument);
          if (status != SUCCESS) {
            gas = load<i64>(frame, GAS);
            break;
          }
          frame = current;
          ip = <usize>load<u32>(frame, IP);
          sp = <usize>load<u32>(frame, SP);
          gas = load<i64>(frame, GAS);
          base = <usize>load<u32>(frame, MEMORY);
          began = gas;
          floor = gas > slice ? gas - slice : 0;
          continue;
        }
        case 279 /* PUSH_FROM */: {
          sp += 32;
          copy(sp, <usize>argument);
          continue;
        }
        case 282 /* PRECOMPILE_WAITS */: {
          store<u32>(frame, <u32>ip, IP);
          return SLICE_ENDED;
        }
        case 283 /* PRECOMPILE_GOES_ON */: {
          slice -= began - gas;
          goOnWithPrecompile();
          frame = current;
          if (frame == 0) return FINISHED;
          ip = <usize>load<u32>(frame, IP);
          sp = <usize>load<u32>(frame, SP);
          gas = load<i64>(frame, GAS);
          base = <usize>load<u32>(frame, MEMORY);
          began = gas;
          floor = gas > slice ? gas - slice : 0;
          continue;
        }
        case 0x00: {
          break;
        }
        case 0x01: {
          add(sp - 32, sp, sp - 32);
          sp -= 32;
          continue;
        }
        case 0x02: {
          mul(sp - 32, sp, sp - 32);
          sp -= 32;
          continue;
        }
        case 0x03: {
          sub(sp - 32, sp, sp - 32);
          sp -= 32;
          continue;
        }
        case 0x04: {
          div(sp - 32, sp, sp - 32);
          sp -= 32;
          continue;
        }
        case 0x05: {
          sdiv(sp - 32, sp, sp - 32);
          sp -= 32;
          continue;
        }
        case 0x06: {
          mod(sp - 32, sp, sp - 32);
          sp -= 32;
          continue;
        }
        case 0x07: {
          smod(sp - 32, sp, sp - 32);
          sp -= 32;
          continue;
        }
        case 0x0b: {
          signextend(sp - 32, sp, sp - 32);
          sp -= 32;
          continue;
        }
        case 0x16: {
          and(sp - 32, sp, sp - 32);
          sp -= 32;
          continue;
        }
        case 0x17: {
          or(sp - 32, sp, sp - 32);
          sp -= 32;
          continue;
        }
        case 0x18: {
          xor(sp - 32, sp, sp - 32);
          sp -= 32;
          continue;
        }
        case 0x1a: {
          byteAt(sp - 32, sp, sp - 32);
          sp -= 32;
          continue;
        }
        case 0x08: {
          addmod(sp - 64, sp, sp - 32, sp - 64);
          sp -= 64;
          continue;
        }
        case 0x09: {
          mulmod(sp - 64, sp, sp - 32, sp - 64);
          sp -= 64;
          continue;
        }
        case 0x0a: {
          gas -= expPrice(sp - 32);
          if (gas < 0) {
            status = OUT_OF_GAS;
            break;
          }
          exp(sp - 32, sp, sp - 32);
          sp -= 32;
          continue;
        }
        case 0x10: {
          const result = ltu(sp, sp - 32);
          sp -= 32;
          set64(sp, <u64>result);
          continue;
        }
        case 0x11: {
          const result = ltu(sp - 32, sp);
          sp -= 32;
          set64(sp, <u64>result);
          continue;
        }
        case 0x12: {
          const result = slt(sp, sp - 32);
          sp -= 32;
          set64(sp, <u64>result);
          continue;
        }
        case 0x13: {
          const result = slt(sp - 32, sp);
          sp -= 32;
          set64(sp, <u64>result);
          continue;
        }
        case 0x14: {
          const result = eq(sp, sp - 32);
          sp -= 32;
          set64(sp, <u64>result);
          continue;
        }
        case 0x15: {
          set64(sp, <u64>isZero(sp));
          continue;
        }
        case 0x19: {
          not(sp, sp);
          continue;
        }
        case 0x1b: {
          shl(sp - 32, sp, sp - 32);
          sp -= 32;
          continue;
        }
        case 0x1c: {
          shr(sp - 32, sp, sp - 32);
          sp -= 32;
          continue;
        }
        case 0x1d: {
          sar(sp - 32, sp, sp - 32);
          sp -= 32;
          continue;
        }
        case 0x1e: {
          clz(sp, sp);
          continue;
        }
        case 0x20: {
          gas = opKeccak(frame, sp, gas);
          if (gas < 0) {
            status = OUT_OF_GAS;
            break;
          }
          sp -= 32;
          continue;
        }
        case 0x30: {
          sp += 32;
          writeAddress(sp, <usize>load<u32>(frame, ACCOUNT));
          continue;
        }
        case 0x31: {
          store<u32>(frame, <u32>(ip - 8), IP);
          store<u32>(frame, <u32>sp, SP);
          store<i64>(frame, gas, GAS);
          gas = opBalance(sp, gas);
          if (gas < 0) {
            status = OUT_OF_GAS;
            break;
          }
          continue;
        }
        case 0x33: {
          sp += 32;
          writeAddress(sp, <usize>load<u32>(frame, CALLER));
          continue;
        }
        case 0x34: {
          sp += 32;
          copy(sp, frame + VALUE);
          continue;
        }
        case 0x35: {
          loadData(sp, <usize>load<u32>(frame, DATA), load<u32>(frame, DATA_LENGTH));
          continue;
        }
        case 0x36: {
          sp += 32;
          set64(sp, <u64>load<u32>(frame, DATA_LENGTH));
          continue;
        }
        case 0x37: {
          gas = opCopy(frame, sp, gas, <usize>load<u32>(frame, DATA), load<u32>(frame, DATA_LENGTH));
          if (gas < 0) {
            status = OUT_OF_GAS;
            break;
          }
          sp -= 96;
          continue;
        }
        case 0x38: {
          sp += 32;
          set64(sp, <u64>load<u32>(<usize>load<u32>(frame, CODE), LENGTH));
          continue;
        }
        case 0x39: {
          const code = <usize>load<u32>(frame, CODE);
          gas = opCopy(frame, sp, gas, code + BYTES, load<u32>(code, LENGTH));
          if (gas < 0) {
            status = OUT_OF_GAS;
            break;
          }
          sp -= 96;
          continue;
        }
        case 0x3b: {
          store<u32>(frame, <u32>(ip - 8), IP);
          store<u32>(frame, <u32>sp, SP);
          store<i64>(frame, gas, GAS);
          gas = opExtCodeSize(sp, gas);
          if (gas < 0) {
            status = OUT_OF_GAS;
            break;
          }
          continue;
        }
        case 0x3c: {
          store<u32>(frame, <u32>(ip - 8), IP);
          store<u32>(frame, <u32>sp, SP);
          store<i64>(frame, gas, GAS);
          gas = opExtCodeCopy(sp, gas);
          if (gas < 0) {
            status = OUT_OF_GAS;
            break;
          }
          sp -= 128;
          continue;
        }
        case 0x3d: {
          sp += 32;
          set64(sp, <u64>outputLength);
          continue;
        }
        case 0x3e: {
          if (!isInsideOutput(sp - 32, sp - 64)) {
            status = RETURN_DATA_OUT_OF_BOUNDS;
            break;
          }
          gas = opCopy(frame, sp, gas, outputStart, outputLength);
          if (gas < 0) {
            status = OUT_OF_GAS;
            break;
          }
          sp -= 96;
          continue;
        }
        case 0x3f: {
          store<u32>(frame, <u32>(ip - 8), IP);
          store<u32>(frame, <u32>sp, SP);
          store<i64>(frame, gas, GAS);
          gas = opExtCodeHash(sp, gas);
          if (gas < 0) {
            status = OUT_OF_GAS;
            break;
          }
          continue;
        }
        case 0x40: {
          store<u32>(frame, <u32>(ip - 8), IP);
          store<u32>(frame, <u32>sp, SP);
          store<i64>(frame, gas, GAS);
          opBlockHash(sp);
          continue;
        }
        case 0x47: {
          sp += 32;
          copy(sp, <usize>load<u32>(frame, ACCOUNT) + BALANCE);
          continue;
        }
        case 0x49: {
          opBlobHash(sp);
          continue;
        }
        case 0x50: {
          sp -= 32;
          continue;
        }
        case 0x51: {
          const offset = load<u64>(sp);
          if (isWide(sp) || offset + 32 > <u64>load<u32>(frame, MEMORY_SIZE)) {
            gas = isWide(sp) ? -1 : expand(frame, offset + 32, gas);
            if (gas < 0) {
              status = OUT_OF_GAS;
              break;
            }
          }
          loadBE(sp, base + <usize>offset);
          continue;
        }
        case 0x52: {
          const offset = load<u64>(sp);
          if (isWide(sp) || offset + 32 > <u64>load<u32>(frame, MEMORY_SIZE)) {
            gas = isWide(sp) ? -1 : expand(frame, offset + 32, gas);
            if (gas < 0) {
              status = OUT_OF_GAS;
              break;
            }
          }
          storeBE(base + <usize>offset, sp - 32);
          sp -= 64;
          continue;
        }
        case 0x53: {
          const offset = load<u64>(sp);
          if (isWide(sp) || offset + 1 > <u64>load<u32>(frame, MEMORY_SIZE)) {
            gas = isWide(sp) ? -1 : expand(frame, offset + 1, gas);
            if (gas < 0) {
              status = OUT_OF_GAS;
              break;
            }
          }
          store<u8>(base + <usize>offset, load<u8>(sp - 32));
          sp -= 64;
          continue;
        }
        case 0x54: {
          store<u32>(frame, <u32>(ip - 8), IP);
          store<u32>(frame, <u32>sp, SP);
          store<i64>(frame, gas, GAS);
          gas = opSload(frame, sp, gas);
          if (gas < 0) {
            status = OUT_OF_GAS;
            break;
          }
          continue;
        }
        case 0x55: {
          if (load<u32>(frame, IS_STATIC) != 0) {
            status = STATIC_VIOLATION;
            break;
          }
          store<u32>(frame, <u32>(ip - 8), IP);
          store<u32>(frame, <u32>sp, SP);
          store<i64>(frame, gas, GAS);
          gas = opSstore(frame, sp, gas, <i64>argument);
          if (gas < 0) {
            status = OUT_OF_GAS;
            break;
          }
          sp -= 64;
          continue;
        }
        case 0x56: {
          const target = targetOf(frame, sp);
          if (target == 0) {
            status = INVALID_JUMP;
            break;
          }
          ip = target;
          sp -= 32;
          continue;
        }
        case 0x57: {
          if (!isZero(sp - 32)) {
            const target = targetOf(frame, sp);
            if (target == 0) {
              status = INVALID_JUMP;
              break;
            }
            ip = target;
          }
          sp -= 64;
          continue;
        }
        case 0x59: {
          sp += 32;
          set64(sp, <u64>load<u32>(frame, MEMORY_SIZE));
          continue;
        }
        case 0x5a: {
          sp += 32;
          set64(sp, <u64>(gas + <i64>argument));
          continue;
        }
        case 0x5c: {
          opTload(frame, sp);
          continue;
        }
        case 0x5d: {
          if (load<u32>(frame, IS_STATIC) != 0) {
            status = STATIC_VIOLATION;
            break;
          }
          opTstore(frame, sp);
          sp -= 64;
          continue;
        }
        case 0x5e: {
          gas = opMcopy(frame, sp, gas);
          if (gas < 0) {
            status = OUT_OF_GAS;
            break;
          }
          sp -= 96;
          continue;
        }
        case 0x80: { sp += 32; copy(sp, sp - 32); continue; }
        case 0x81: { sp += 32; copy(sp, sp - 64); continue; }
        case 0x82: { sp += 32; copy(sp, sp - 96); continue; }
        case 0x83: { sp += 32; copy(sp, sp - 128); continue; }
        case 0x84: { sp += 32; copy(sp, sp - 160); continue; }
        case 0x85: { sp += 32; copy(sp, sp - 192); continue; }
        case 0x86: { sp += 32; copy(sp, sp - 224); continue; }
        case 0x87: { sp += 32; copy(sp, sp - 256); continue; }
        case 0x88: { sp += 32; copy(sp, sp - 288); continue; }
        case 0x89: { sp += 32; copy(sp, sp - 320); continue; }
        case 0x8a: { sp += 32; copy(sp, sp - 352); continue; }
        case 0x8b: { sp += 32; copy(sp, sp - 384); continue; }
        case 0x8c: { sp += 32; copy(sp, sp - 416); continue; }
        case 0x8d: { sp += 32; copy(sp, sp - 448); continue; }
        case 0x8e: { sp += 32; copy(sp, sp - 480); continue; }
        case 0x8f: { sp += 32; copy(sp, sp - 512); continue; }
        case 0x90: { swap(sp, sp - 32); continue; }
        case 0x91: { swap(sp, sp - 64); continue; }
        case 0x92: { swap(sp, sp - 96); continue; }
        case 0x93: { swap(sp, sp - 128); continue; }
        case 0x94: { swap(sp, sp - 160); continue; }
        case 0x95: { swap(sp, sp - 192); continue; }
        case 0x96: { swap(sp, sp - 224); continue; }
        case 0x97: { swap(sp, sp - 256); continue; }
        case 0x98: { swap(sp, sp - 288); continue; }
        case 0x99: { swap(sp, sp - 320); continue; }
        case 0x9a: { swap(sp, sp - 352); continue; }
        case 0x9b: { swap(sp, sp - 384); continue; }
        case 0x9c: { swap(sp, sp - 416); continue; }
        case 0x9d: { swap(sp, sp - 448); continue; }
        case 0x9e: { swap(sp, sp - 480); continue; }
        case 0x9f: { swap(sp, sp - 512); continue; }
        case 0xf3: {
          const end = endOf(sp, sp - 32);
          gas = expand(frame, end, gas);
          if (gas < 0) {
            status = OUT_OF_GAS;
            break;
          }
          if (end != 0) {
            output = base + <usize>load<u32>(sp);
            length = load<u32>(sp - 32);
          }
          break;
        }
        case 0xfd: {
          const end = endOf(sp, sp - 32);
          gas = expand(frame, end, gas);
          if (gas < 0) {
            status = OUT_OF_GAS;
            break;
          }
          if (end != 0) {
            output = base + <usize>load<u32>(sp);
            length = load<u32>(sp - 32);
          }
          status = REVERTED;
          break;
        }
        case 0xff: {
          store<u32>(frame, <u32>(ip - 8), IP);
          store<u32>(frame, <u32>sp, SP);
          store<i64>(frame, gas, GAS);
          status = opSelfDestruct();
          gas = load<i64>(frame, GAS);
          break;
        }
        default: {
          store<u32>(frame, argument, INVALID);
          status = INVALID_OPCODE;
          break;
        }
      }
      break;
    }
    store<i64>(frame, gas, END_GAS);
    if (gas < 0) gas = 0;
    store<i64>(frame, gas, GAS);
    slice -= began - gas;
    leave(status, output, length);
    frame = current;
    if (frame == 0) return FINISHED;
    ip = <usize>load<u32>(frame, IP);
    sp = <usize>load<u32>(frame, SP);
    gas = load<i64>(frame, GAS);
    base = <usize>load<u32>(frame, MEMORY);
    began = gas;
    floor = gas > slice ? gas - slice : 0;
  }
  return FINISHED;
}
