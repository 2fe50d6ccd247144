/*
 * What a fork decides, written by the host before anything runs: a row for each opcode, and the numbers below.
 */

/** For each opcode, 8 bytes: gas that is always charged (u32), words taken (u8), words put (u8), whether it exists (u8). */
export const OPCODES: usize = memory.data(256 * 8, 8);
/** For each address below 1,024, one byte: whether a precompile is there. */
export const PRECOMPILES: usize = memory.data(1024);
/** 32 numbers (i64), in the order of the names below. */
export const NUMBERS: usize = memory.data(32 * 8, 8);

@inline
function number(index: usize): i64 {
  return load<i64>(NUMBERS + (index << 3));
}

/** EIP-2929: price of the first access to an account; zero before Berlin, when the price is part of the opcode's. */
export let coldAccount: i64 = 0;
export let warmAccess: i64 = 0;
export let coldSlot: i64 = 0;
/** Which rules SSTORE follows: 0 Frontier, 1 EIP-1283, 2 EIP-2200. */
export let sstoreRules: i64 = 0;
export let sstoreSet: i64 = 0;
export let sstoreReset: i64 = 0;
/** Price of an SSTORE that changes nothing that a later one could not (dirty or same). */
export let sstoreDirty: i64 = 0;
export let sstoreClearRefund: i64 = 0;
export let expByte: i64 = 0;
/** EIP-150: all but one 64th. */
export let hasAllBut64th: bool = false;
/** EIP-158/161. */
export let clearsEmpty: bool = false;
export let isHomestead: bool = false;
export let selfDestructNewAccount: i64 = 0;
export let selfDestructRefund: i64 = 0;
/** EIP-6780. */
export let destroysOnlyNew: bool = false;
export let maxCodeSize: i64 = 0;
export let maxInitcodeSize: i64 = 0;
/** EIP-3860: gas for each word of initcode. */
export let initcodeWord: i64 = 0;
/** EIP-3541. */
export let refusesEf: bool = false;
/** EIP-7702. */
export let hasDelegation: bool = false;
/** Gas below which SSTORE fails (EIP-2200); -1 where it may run on any gas. */
export let sstoreSentry: i64 = -1;
/** Frontier keeps a contract without its code when the gas does not pay for the code. */
export let callNewAccount: i64 = 0;

/** Takes over what the host wrote to `NUMBERS`. */
export function readRules(): void {
  coldAccount = number(0);
  warmAccess = number(1);
  coldSlot = number(2);
  sstoreRules = number(3);
  sstoreSet = number(4);
  sstoreReset = number(5);
  sstoreDirty = number(6);
  sstoreClearRefund = number(7);
  expByte = number(8);
  hasAllBut64th = number(9) != 0;
  clearsEmpty = number(10) != 0;
  isHomestead = number(11) != 0;
  selfDestructNewAccount = number(12);
  selfDestructRefund = number(13);
  destroysOnlyNew = number(14) != 0;
  maxCodeSize = number(15);
  maxInitcodeSize = number(16);
  initcodeWord = number(17);
  refusesEf = number(18) != 0;
  hasDelegation = number(19) != 0;
  sstoreSentry = number(20);
  callNewAccount = number(21);
}

@inline
export function staticGas(op: u32): u32 {
  return load<u32>(OPCODES + (<usize>op << 3));
}

@inline
export function wordsTaken(op: u32): i32 {
  return <i32>load<u8>(OPCODES + (<usize>op << 3), 4);
}

@inline
export function wordsPut(op: u32): i32 {
  return <i32>load<u8>(OPCODES + (<usize>op << 3), 5);
}

@inline
export function isKnown(op: u32): bool {
  return load<u8>(OPCODES + (<usize>op << 3), 6) != 0;
}
