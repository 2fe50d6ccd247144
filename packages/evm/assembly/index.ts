import {
  account,
  accountOfWord,
  BALANCE,
  beginAccounts,
  changeBalance,
  firstDirtyAccount,
  firstParticipant,
  forgetAccounts,
  isPrecompile,
  setCode,
  setNonce,
  settleFates,
  takeAccounts,
  touch,
  warm,
} from './accounts';
import { enterCreation } from './calls';
import { codeOfBytes, forgetCodes, knowCode, newCode } from './codes';
import { opBalance, opBlockHash, opExtCodeCopy, opExtCodeHash, opExtCodeSize } from './accountOps';
import { createAddress, createAddress2 } from './addresses';
import { countDown } from './decode';
import { BLOB_HASHES, setBlobCount, WORDS } from './environment';
import {
  ACCOUNT,
  CALL,
  CALLER,
  CREATE,
  CREATE2,
  current,
  DATA,
  DATA_LENGTH,
  DEPTH,
  GAS,
  IS_STATIC,
  KIND,
  nextFrame,
  setCurrent,
  takeInput,
  VALUE,
} from './frames';
import { run, setSlice } from './interpreter';
import { forgetJournal, mark, revertTo } from './journal';
import { logsStart, outputStart, setup } from './layout';
import { resultAccount, resultGas, resultStatus } from './leave';
import { forgetLogs, logMark } from './logs';
import { expand } from './memory';
import { isInsideOutput, opKeccak, opLog, opMcopy } from './memoryOps';
import { codeOf, delegateOf, enter, forgetEmptyCode, step } from './messages';
import { outputLength, setOutputLength } from './output';
import { clearsEmpty, NUMBERS, OPCODES, PRECOMPILES, readRules } from './rules';
import { firstDirtySlot, forgetSlots, slot, takeSlots, warmSlot } from './slots';
import { opSload, opSstore, opTload, opTstore } from './storageOps';
import { nextTransaction, observe, refund } from './transaction';
import { addmod, byteAt, clz, copy, div, mod, mul, mulmod, sar, sdiv, shl, shr, signextend, smod } from './u256';
import { unitCodeCopy, unitDataCopy, unitDataLoad, unitExp, unitReturnDataCopy } from './units';

export {
  account,
  changeBalance,
  codeOf,
  codeOfBytes,
  countDown,
  firstDirtyAccount,
  firstDirtySlot,
  firstParticipant,
  forgetJournal,
  knowCode,
  logMark,
  mark,
  newCode,
  observe,
  readRules,
  revertTo,
  run,
  setBlobCount,
  setCode,
  setNonce,
  setOutputLength,
  setSlice,
  setup,
  slot,
  step,
  takeInput,
  touch,
  warm,
  warmSlot,
};

/** For compiled code. */
export {
  addmod,
  byteAt,
  clz,
  div,
  expand,
  isInsideOutput,
  mod,
  mul,
  mulmod,
  opBalance,
  opBlockHash,
  opExtCodeCopy,
  opExtCodeHash,
  opExtCodeSize,
  opKeccak,
  opLog,
  opMcopy,
  opSload,
  opSstore,
  opTload,
  opTstore,
  sar,
  sdiv,
  shl,
  shr,
  signextend,
  smod,
  unitCodeCopy,
  unitDataCopy,
  unitDataLoad,
  unitExp,
  unitReturnDataCopy,
};

/** Addresses that the host reads and writes at; they do not change after `setup`. */
export function wordsAt(): usize {
  return WORDS;
}
export function blobHashesAt(): usize {
  return BLOB_HASHES;
}
export function opcodesAt(): usize {
  return OPCODES;
}
export function precompilesAt(): usize {
  return PRECOMPILES;
}
export function numbersAt(): usize {
  return NUMBERS;
}
export function outputAt(): usize {
  return outputStart;
}
export function logsAt(): usize {
  return logsStart;
}
/** Five words for the message that begins: caller, target, value, salt, and one to pass keys in. */
const MESSAGE: usize = memory.data(5 * 32, 16);
export function messageAt(): usize {
  return MESSAGE;
}

export function outputSize(): u32 {
  return outputLength;
}
export function gasRefund(): i64 {
  return refund;
}
export function statusOfResult(): u32 {
  return resultStatus;
}
export function gasOfResult(): i64 {
  return resultGas;
}
export function accountOfResult(): usize {
  return resultAccount;
}
export function frameAt(): usize {
  return current;
}

/** Forgets everything that came from the host: accounts, slots and codes. */
export function forget(): void {
  forgetAccounts();
  forgetSlots();
  forgetCodes();
  forgetEmptyCode();
  forgetJournal();
  forgetLogs();
  setCurrent(0);
}

/** A transaction begins: nothing is warm, nothing transient, no log yet. */
export function beginTransaction(): void {
  nextTransaction();
  beginAccounts();
  forgetLogs();
  setCurrent(0);
}

/** A transaction ends: what is destroyed or empty goes. */
export function endTransaction(): void {
  settleFates(clearsEmpty);
}

/** Whatever was written is known to the host. */
export function taken(): void {
  takeAccounts();
  takeSlots();
}

/** The account whose address is in a word. */
export function accountAt(word: usize): usize {
  return accountOfWord(word);
}

/** Gives the account the balance in a word. */
export function setBalance(record: usize, balance: usize): void {
  changeBalance(record);
  copy(record + BALANCE, balance);
}

function newFrame(kind: u32, gas: i64, isStatic: bool): usize {
  setCurrent(0);
  setOutputLength(0);
  const frame = nextFrame();
  store<u32>(frame, kind, KIND);
  store<i64>(frame, gas, GAS);
  store<u32>(frame, isStatic ? 1 : 0, IS_STATIC);
  store<u32>(frame, 0, DEPTH);
  store<u32>(frame, <u32>accountOfWord(MESSAGE), CALLER);
  copy(frame + VALUE, MESSAGE + 64);
  return frame;
}

/** Begins the call that `MESSAGE` describes, with its data where `takeInput` said. */
export function startCall(gas: i64, isStatic: bool, data: usize, length: u32): void {
  const target = accountOfWord(MESSAGE + 32);
  let code = codeOf(target);
  const delegate = isPrecompile(target) ? <usize>0 : delegateOf(code);
  if (delegate != 0) {
    code = codeOf(delegate);
    // EIP-7702: as if the transaction had accessed it.
    warm(delegate);
  }
  const frame = newFrame(CALL, gas, isStatic);
  store<u32>(frame, <u32>target, ACCOUNT);
  store<u32>(frame, <u32>data, DATA);
  store<u32>(frame, length, DATA_LENGTH);
  enter(frame, target, code);
}

/** Begins the creation that `MESSAGE` describes, for the nonce that the creator had before the transaction. */
export function startCreate(gas: i64, hasSalt: bool, data: usize, length: u32): void {
  const creator = accountOfWord(MESSAGE);
  const made = hasSalt ? createAddress2(creator, MESSAGE + 96, codeOfBytes(data, length)) : createAddress(creator);
  const frame = newFrame(hasSalt ? CREATE2 : CREATE, gas, false);
  warm(made);
  setNonce(creator, load<u64>(creator, 24) + 1);
  enterCreation(frame, made, data, length);
}
