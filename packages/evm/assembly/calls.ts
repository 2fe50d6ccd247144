import {
  accountOfWord,
  accessPrice,
  exists,
  FLAGS,
  HAS_STORAGE,
  hasCode,
  isEmpty,
  isPrecompile,
  markCreated,
  NONCE,
  participate,
  setNonce,
  warm,
} from './accounts';
import { codeOfBytes } from './codes';
import {
  ACCOUNT,
  CALL,
  CALLCODE,
  CALLER,
  CODE,
  CODE_ACCOUNT,
  CREATE,
  CREATE2,
  current,
  DATA,
  DATA_LENGTH,
  DELEGATECALL,
  DEPTH,
  GAS,
  GAS_LIMIT,
  IP,
  IS_STATIC,
  KIND,
  MEMORY,
  nextFrame,
  openFrame,
  OUTPUT,
  OUTPUT_LENGTH,
  SP,
  STATICCALL,
  VALUE,
} from './frames';
import { hostEnter, hostExit } from './host';
import { MAX_DEPTH, outputStart } from './layout';
import { leave } from './leave';
import { endOf, expand } from './memory';
import { setOutputLength } from './output';
import {
  canPay,
  codeOf,
  delegateOf,
  enter,
  firstInstruction,
  setMarks,
  transfer,
} from './messages';
import { createAddress, createAddress2 } from './addresses';
import {
  callNewAccount,
  clearsEmpty,
  hasAllBut64th,
  initcodeWord,
  maxInitcodeSize,
} from './rules';
import {
  BALANCE_TOO_LOW,
  CREATE_COLLISION,
  DEPTH_EXCEEDED,
  INITCODE_TOO_LARGE,
  NONCE_OVERFLOW,
  OUT_OF_GAS,
  STATIC_VIOLATION,
  SUCCESS,
} from './status';
import { isObserved } from './transaction';
import { copy, isZero, set64 } from './u256';

const VALUE_GAS: i64 = 9000;
const STIPEND: i64 = 2300;
const HASH_WORD_GAS: i64 = 6;

/** All of the gas but one 64th (EIP-150), or all of it before. */
@inline
function mostForChild(gas: i64): i64 {
  return hasAllBut64th ? gas - gas / 64 : gas;
}

/** @returns the gas that a word asks for; more than there can be when it does not fit. */
function requestedGas(word: usize): i64 {
  const high = load<u64>(word, 8) | load<u64>(word, 16) | load<u64>(word, 24) | (load<u64>(word) >> 63);
  return high != 0 ? i64.MAX_VALUE : load<i64>(word);
}

/** Price of moving value, and of an account that comes to be by it. */
function valuePrice(kind: u32, target: usize, isMoved: bool): i64 {
  let price: i64 = isMoved ? VALUE_GAS : 0;
  if (kind != CALL) return price;
  const isMade = clearsEmpty ? isMoved && isEmpty(target) : !exists(target);
  if (isMade) price += callNewAccount;
  return price;
}

/** What is missing stays written, for who looks on. */
function tooLittle(caller: usize, gas: i64): u32 {
  store<i64>(caller, gas, GAS);
  return OUT_OF_GAS;
}

/** A message that comes to nothing before it begins: its gas goes back, and the caller sees a zero. */
function refuse(frame: usize, target: usize, status: u32, gas: i64): void {
  store<u32>(frame, <u32>target, CODE_ACCOUNT);
  // Written for what is told of it: it has the record of a frame, but never runs.
  store<i64>(frame, gas, GAS_LIMIT);
  store<i64>(frame, gas, GAS);
  if (isObserved) {
    hostEnter(frame);
    hostExit(frame, status, outputStart, 0, gas);
  }
  store<i64>(current, load<i64>(current, GAS) + gas, GAS);
  const word = <usize>load<u32>(current, SP) + 32;
  store<u32>(current, <u32>word, SP);
  set64(word, 0);
}

/** Who calls, on whose storage, with which value, by the kind of the call. */
function setParties(frame: usize, kind: u32, target: usize, value: usize): void {
  const caller = current;
  const self = load<u32>(caller, ACCOUNT);
  store<u32>(frame, kind, KIND);
  store<u32>(frame, kind == DELEGATECALL ? load<u32>(caller, CALLER) : self, CALLER);
  store<u32>(frame, kind == CALL || kind == STATICCALL ? <u32>target : self, ACCOUNT);
  store<u32>(frame, kind == STATICCALL ? 1 : load<u32>(caller, IS_STATIC), IS_STATIC);
  store<u32>(frame, load<u32>(caller, DEPTH) + 1, DEPTH);
  if (value != 0) copy(frame + VALUE, value);
  else if (kind == DELEGATECALL) copy(frame + VALUE, caller + VALUE);
  else set64(frame + VALUE, 0);
}

/** Where the call data lies in the caller's memory, and where the output goes. */
function setPieces(frame: usize, pieces: usize): void {
  const base = load<u32>(current, MEMORY);
  store<u32>(frame, base + load<u32>(pieces), DATA);
  store<u32>(frame, load<u32>(pieces - 32), DATA_LENGTH);
  store<u32>(frame, base + load<u32>(pieces - 64), OUTPUT);
  store<u32>(frame, load<u32>(pieces - 96), OUTPUT_LENGTH);
}

/**
 * CALL and its kin. The caller's gas and stack are in its frame; `current` is the callee's frame afterwards, or the caller's
 * with the answer when the call is over.
 * @returns why the caller fails; SUCCESS when it does not.
 */
export function opCall(kind: u32): u32 {
  const caller = current;
  const sp = <usize>load<u32>(caller, SP);
  const hasValue = kind == CALL || kind == CALLCODE;
  const value = hasValue ? sp - 64 : <usize>0;
  const pieces = hasValue ? sp - 96 : sp - 64;
  // What may have to be fetched comes before anything is changed.
  const target = accountOfWord(sp - 32);
  let code = codeOf(target);
  const delegate = isPrecompile(target) ? <usize>0 : delegateOf(code);
  if (delegate != 0) code = codeOf(delegate);
  const isMoved = hasValue && !isZero(value);
  if (isMoved && kind == CALL && load<u32>(caller, IS_STATIC) != 0) return STATIC_VIOLATION;
  let gas = load<i64>(caller, GAS) - accessPrice(target);
  const inputEnd = endOf(pieces, pieces - 32);
  const outputEnd = endOf(pieces - 64, pieces - 96);
  if (gas < 0) return tooLittle(caller, gas);
  gas = expand(caller, inputEnd > outputEnd ? inputEnd : outputEnd, gas);
  if (gas >= 0 && delegate != 0) gas -= accessPrice(delegate);
  if (gas >= 0) gas -= valuePrice(kind, target, isMoved);
  if (gas < 0) return tooLittle(caller, gas);
  const requested = requestedGas(sp);
  let given = mostForChild(gas);
  if (requested < given) given = requested;
  else if (!hasAllBut64th && requested > gas) return tooLittle(caller, gas - requested);
  store<i64>(caller, gas - given, GAS);
  if (isMoved) given += STIPEND;
  const frame = nextFrame();
  setParties(frame, kind, target, value);
  setPieces(frame, pieces);
  store<u32>(caller, <u32>(pieces - 128), SP);
  setOutputLength(0);
  if (load<u32>(frame, DEPTH) > MAX_DEPTH) refuse(frame, target, DEPTH_EXCEEDED, given);
  else if (isMoved && !canPay(<usize>load<u32>(caller, ACCOUNT), value)) refuse(frame, target, BALANCE_TOO_LOW, given);
  else {
    store<i64>(frame, given, GAS);
    enter(frame, target, code);
  }
  return SUCCESS;
}

/** The frame of a creation whose record is complete but for its marks begins. */
export function enterCreation(frame: usize, made: usize, bytes: usize, length: u32): void {
  const creator = <usize>load<u32>(frame, CALLER);
  participate(creator);
  participate(made);
  store<i64>(frame, load<i64>(frame, GAS), GAS_LIMIT);
  store<u32>(frame, <u32>made, ACCOUNT);
  store<u32>(frame, <u32>made, CODE_ACCOUNT);
  store<u32>(frame, <u32>bytes, DATA);
  store<u32>(frame, length, DATA_LENGTH);
  setMarks(frame);
  openFrame(frame);
  if (isObserved) hostEnter(frame);
  // EIP-684 and EIP-7610.
  if (load<u64>(made, NONCE) != 0 || hasCode(made) || (load<u32>(made, FLAGS) & HAS_STORAGE) != 0) {
    leave(CREATE_COLLISION, outputStart, 0);
    return;
  }
  markCreated(made, creator);
  if (clearsEmpty) setNonce(made, 1);
  if (!isZero(frame + VALUE)) transfer(creator, made, frame + VALUE);
  const code = codeOfBytes(bytes, length);
  store<u32>(frame, 0, DATA_LENGTH);
  if (length == 0) {
    leave(SUCCESS, outputStart, 0);
    return;
  }
  store<u32>(frame, <u32>code, CODE);
  store<u32>(frame, <u32>firstInstruction(code), IP);
}

/** Price of the initcode itself, beside the memory it lies in. */
function initcodePrice(kind: u32, length: u32): i64 {
  const words = <i64>((length + 31) >> 5);
  return words * (initcodeWord + (kind == CREATE2 ? HASH_WORD_GAS : 0));
}

/** Why a creation comes to nothing before it begins; SUCCESS when it begins. */
function obstacle(frame: usize, self: usize): u32 {
  if (load<u32>(frame, DEPTH) > MAX_DEPTH) return DEPTH_EXCEEDED;
  if (!canPay(self, frame + VALUE)) return BALANCE_TOO_LOW;
  return load<u64>(self, NONCE) == u64.MAX_VALUE ? NONCE_OVERFLOW : SUCCESS;
}

/** CREATE and CREATE2; see `opCall`. */
export function opCreate(kind: u32): u32 {
  const caller = current;
  const sp = <usize>load<u32>(caller, SP);
  if (load<u32>(caller, IS_STATIC) != 0) return STATIC_VIOLATION;
  const length = load<u32>(sp - 64);
  const end = endOf(sp - 32, sp - 64);
  let gas = expand(caller, end, load<i64>(caller, GAS));
  if (gas < 0) return tooLittle(caller, gas);
  if (maxInitcodeSize > 0 && <i64>length > maxInitcodeSize) return INITCODE_TOO_LARGE;
  // The memory stays, and is paid for, should what follows have to wait and begin again.
  store<i64>(caller, gas, GAS);
  gas -= initcodePrice(kind, length);
  if (gas < 0) return tooLittle(caller, gas);
  const self = <usize>load<u32>(caller, ACCOUNT);
  const bytes = <usize>load<u32>(caller, MEMORY) + (length == 0 ? 0 : <usize>load<u32>(sp - 32));
  const made = kind == CREATE ? createAddress(self) : createAddress2(self, sp - 96, codeOfBytes(bytes, length));
  const given = mostForChild(gas);
  store<i64>(caller, gas - given, GAS);
  const frame = nextFrame();
  setParties(frame, kind, made, sp);
  store<u32>(frame, load<u32>(caller, ACCOUNT), CALLER);
  store<u32>(caller, <u32>(kind == CREATE ? sp - 96 : sp - 128), SP);
  setOutputLength(0);
  const why = obstacle(frame, self);
  if (why != SUCCESS) {
    store<u32>(frame, <u32>made, ACCOUNT);
    store<u32>(frame, <u32>bytes, DATA);
    store<u32>(frame, length, DATA_LENGTH);
    refuse(frame, made, why, given);
    return SUCCESS;
  }
  setNonce(self, load<u64>(self, NONCE) + 1);
  warm(made);
  store<i64>(frame, given, GAS);
  enterCreation(frame, made, bytes, length);
  return SUCCESS;
}
