/* What compiled code calls, beside the functions that the interpreter calls as well. Words lie where the stack has them. */
import { expPrice } from './accountOps';
import { BYTES, LENGTH } from './codes';
import { CODE, DATA, DATA_LENGTH } from './frames';
import { outputStart } from './layout';
import { loadData } from './memory';
import { opCopy } from './memoryOps';
import { outputLength } from './output';
import { exp } from './u256';

/** CALLDATALOAD: the word becomes what it names. */
export function unitDataLoad(frame: usize, word: usize): void {
  loadData(word, <usize>load<u32>(frame, DATA), load<u32>(frame, DATA_LENGTH));
}

/** CALLDATACOPY. @returns the gas that is left, here and below. */
export function unitDataCopy(frame: usize, sp: usize, gas: i64): i64 {
  return opCopy(frame, sp, gas, <usize>load<u32>(frame, DATA), load<u32>(frame, DATA_LENGTH));
}

/** CODECOPY. */
export function unitCodeCopy(frame: usize, sp: usize, gas: i64): i64 {
  const code = <usize>load<u32>(frame, CODE);
  return opCopy(frame, sp, gas, code + BYTES, load<u32>(code, LENGTH));
}

/** EXP. */
export function unitExp(sp: usize, gas: i64): i64 {
  const left = gas - expPrice(sp - 32);
  if (left >= 0) exp(sp - 32, sp, sp - 32);
  return left;
}

/** RETURNDATACOPY of a piece that lies inside of the return data. */
export function unitReturnDataCopy(frame: usize, sp: usize, gas: i64): i64 {
  return opCopy(frame, sp, gas, outputStart, outputLength);
}
