import {
  A0,
  A1,
  A2,
  account,
  accountOfWord,
  BALANCE,
  changeBalance,
  CODE,
  CODE_HASH,
  exists,
  hasCode,
  isEmpty,
  isPrecompile,
  participate,
  touch,
} from './accounts';
import { BYTES, findCode, INSTRUCTIONS, isDelegation, LENGTH, newCode, STEP_INSTRUCTIONS } from './codes';
import { decode, decodeSteps } from './decode';
import {
  ACCOUNT,
  CALL,
  CALLCODE,
  CALLER,
  CODE as FRAME_CODE,
  CODE_ACCOUNT,
  current,
  DATA,
  DATA_LENGTH,
  GAS,
  GAS_LIMIT,
  IP,
  JOURNAL_MARK,
  KIND,
  LOG_MARK,
  openFrame,
  REFUND_MARK,
  VALUE,
} from './frames';
import { hostCode, hostConsole, hostEnter, hostPrecompile } from './host';
import { PRECOMPILE_GOES_ON, PRECOMPILE_WAITS } from './instructions';
import { mark } from './journal';
import { outputStart } from './layout';
import { outputLength, setOutputLength } from './output';
import { logMark } from './logs';
import { clearsEmpty, hasDelegation } from './rules';
import { PRECOMPILE_FAILED, SUCCESS } from './status';
import { isObserved, refund, watchesConsole } from './transaction';
import { add, isZero, ltu, sub } from './u256';
import { leave } from './leave';

const CONSOLE_0: u64 = 0x736f6c652e6c6f67;
const CONSOLE_1: u64 = 0x636f6e;
const IDENTITY: u64 = 4;
/** What `hostPrecompile` returns of one that has not ended, and the instructions that such a frame stands at. */
const UNFINISHED: i64 = -2;
const WAITING: usize = memory.data<u32>([PRECOMPILE_WAITS, 0, PRECOMPILE_GOES_ON, 0], 16);

let emptyCode: usize = 0;
/** Whether frames run in the form that reports each step. */
let isStepping: bool = false;

export function step(on: bool): void {
  isStepping = on;
}

export function isStepped(): bool {
  return isStepping;
}

export function forgetEmptyCode(): void {
  emptyCode = newCode(0);
}

/** The code of an account, asked for when it is needed. */
export function codeOf(record: usize): usize {
  const known = <usize>load<u32>(record, CODE);
  if (known != 0) return known;
  let code = emptyCode;
  if (hasCode(record)) {
    code = findCode(record + CODE_HASH);
    if (code == 0) code = hostCode(record);
  }
  store<u32>(record, <u32>code, CODE);
  return code;
}

/** EIP-7702: the account that the code points to; 0 when it points nowhere. */
export function delegateOf(code: usize): usize {
  if (!hasDelegation || !isDelegation(code)) return 0;
  const address = code + BYTES + 3;
  const a2 = bswap<u32>(load<u32>(address));
  const a1 = bswap<u64>(load<u64>(address, 4));
  const a0 = bswap<u64>(load<u64>(address, 12));
  return account(a0, a1, a2);
}

export function transfer(from: usize, to: usize, value: usize): void {
  changeBalance(from);
  sub(from + BALANCE, from + BALANCE, value);
  changeBalance(to);
  add(to + BALANCE, to + BALANCE, value);
}

export function canPay(record: usize, value: usize): bool {
  return !ltu(record + BALANCE, value);
}

/** Where frames begin that run this code. */
export function firstInstruction(code: usize): usize {
  if (isStepping) {
    if (load<u32>(code, STEP_INSTRUCTIONS) == 0) decodeSteps(code);
    return <usize>load<u32>(code, STEP_INSTRUCTIONS);
  }
  if (load<u32>(code, INSTRUCTIONS) == 0) decode(code);
  return <usize>load<u32>(code, INSTRUCTIONS);
}

/** What a frame goes back to when it fails. */
export function setMarks(frame: usize): void {
  store<u32>(frame, mark(), JOURNAL_MARK);
  store<u32>(frame, logMark(), LOG_MARK);
  store<i64>(frame, refund, REFUND_MARK);
}

function moveValue(frame: usize, target: usize): void {
  const isMoved = !isZero(frame + VALUE);
  // EIP-161: a call without value makes nothing of an account that is not there.
  if (isEmpty(target) && (isMoved || !clearsEmpty || exists(target))) touch(target);
  if (isMoved) transfer(<usize>load<u32>(frame, CALLER), target, frame + VALUE);
}

function runPrecompile(frame: usize, target: usize): void {
  const gas = load<i64>(frame, GAS);
  const data = <usize>load<u32>(frame, DATA);
  const length = load<u32>(frame, DATA_LENGTH);
  const address = load<u64>(target, A0);
  let used: i64 = 0;
  if (address == IDENTITY) {
    used = 15 + 3 * <i64>((length + 31) >> 5);
    if (used <= gas) {
      setOutputLength(length);
      memory.copy(outputStart, data, length);
    }
  } else used = hostPrecompile(<u32>address, data, length, gas);
  if (used == UNFINISHED) {
    store<u32>(frame, <u32>WAITING, IP);
    return;
  }
  const hasFailed = used < 0 || used > gas;
  store<i64>(frame, hasFailed ? 0 : gas - used, GAS);
  leave(hasFailed ? PRECOMPILE_FAILED : SUCCESS, outputStart, hasFailed ? 0 : outputLength);
}

/** Lets the precompile of the present frame go on. */
export function goOnWithPrecompile(): void {
  runPrecompile(current, <usize>load<u32>(current, CODE_ACCOUNT));
}

/**
 * Begins a call whose frame's record is complete but for its marks: value moves, and then its code runs, unless it ends at once.
 * @param code what it runs; ignored at the address of a precompile.
 */
export function enter(frame: usize, target: usize, code: usize): void {
  const kind = load<u32>(frame, KIND);
  setMarks(frame);
  participate(<usize>load<u32>(frame, CALLER));
  participate(<usize>load<u32>(frame, ACCOUNT));
  store<i64>(frame, load<i64>(frame, GAS), GAS_LIMIT);
  store<u32>(frame, <u32>target, CODE_ACCOUNT);
  openFrame(frame);
  if (isObserved) hostEnter(frame);
  if (watchesConsole && load<u64>(target, A0) == CONSOLE_0 && load<u64>(target, A1) == CONSOLE_1) {
    if (load<u32>(target, A2) == 0) hostConsole(<usize>load<u32>(frame, DATA), load<u32>(frame, DATA_LENGTH));
  }
  if (kind == CALL) moveValue(frame, target);
  else if (kind != CALLCODE && isEmpty(target) && exists(target)) touch(target);
  if (isPrecompile(target)) {
    runPrecompile(frame, target);
    return;
  }
  if (load<u32>(code, LENGTH) == 0) {
    leave(SUCCESS, outputStart, 0);
    return;
  }
  store<u32>(frame, <u32>code, FRAME_CODE);
  store<u32>(frame, <u32>firstInstruction(code), IP);
}
