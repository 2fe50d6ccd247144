import {
  accessPrice,
  accountOfWord,
  BALANCE,
  changeBalance,
  exists,
  isDestroyed,
  isEmpty,
  isNew,
  markDestroyed,
  touch,
} from './accounts';
import { ACCOUNT, current, GAS, IS_STATIC, SP } from './frames';
import { hostSelfDestruct } from './host';
import {
  clearsEmpty,
  coldSlot,
  destroysOnlyNew,
  selfDestructNewAccount,
  selfDestructRefund,
  sstoreClearRefund,
  sstoreDirty,
  sstoreReset,
  sstoreRules,
  sstoreSentry,
  sstoreSet,
  warmAccess,
} from './rules';
import { ORIGINAL, setTransient, setValue, slot, transientSlot, VALUE, warmSlot } from './slots';
import { OUT_OF_GAS, STATIC_VIOLATION, SUCCESS } from './status';
import { isObserved, refund, setRefund } from './transaction';
import { transfer } from './messages';
import { copy, eq, isZero, set64 } from './u256';

const AMOUNT: usize = memory.data(32, 16);

/** SLOAD: the word on top of the stack becomes the slot's value. @returns the gas that is left. */
export function opSload(frame: usize, word: usize, gas: i64): i64 {
  const record = slot(<usize>load<u32>(frame, ACCOUNT), word);
  // Before Berlin both are zero: the opcode's own price is all.
  const left = gas - (warmSlot(record) ? coldSlot : warmAccess);
  copy(word, record + VALUE);
  return left;
}

/** Frontier's price: by what is there and what comes. */
function frontierPrice(record: usize, value: usize): i64 {
  const wasZero = isZero(record + VALUE);
  const becomesZero = isZero(value);
  if (!wasZero && becomesZero) setRefund(refund + sstoreClearRefund);
  return wasZero && !becomesZero ? sstoreSet : sstoreReset;
}

/** What a later write to a slot gives back or takes back (EIP-2200, EIP-3529). */
function dirtyRefund(record: usize, value: usize): i64 {
  const original = record + ORIGINAL;
  const wasZero = isZero(original);
  let change: i64 = 0;
  if (!wasZero) {
    if (isZero(record + VALUE)) change -= sstoreClearRefund;
    else if (isZero(value)) change += sstoreClearRefund;
  }
  if (eq(original, value)) change += (wasZero ? sstoreSet : sstoreReset) - sstoreDirty;
  return change;
}

function meteredPrice(record: usize, value: usize): i64 {
  if (eq(record + VALUE, value)) return sstoreDirty;
  if (!eq(record + ORIGINAL, record + VALUE)) {
    setRefund(refund + dirtyRefund(record, value));
    return sstoreDirty;
  }
  if (isZero(record + ORIGINAL)) return sstoreSet;
  if (isZero(value)) setRefund(refund + sstoreClearRefund);
  return sstoreReset;
}

/**
 * SSTORE. @param reserved gas of the block that is paid but not due yet.
 * @returns the gas that is left; negative when there was too little.
 */
export function opSstore(frame: usize, sp: usize, gas: i64, reserved: i64): i64 {
  if (gas + reserved <= sstoreSentry) return -1;
  const record = slot(<usize>load<u32>(frame, ACCOUNT), sp);
  const value = sp - 32;
  let left = gas;
  if (warmSlot(record)) left -= coldSlot;
  left -= sstoreRules == 0 ? frontierPrice(record, value) : meteredPrice(record, value);
  if (left >= 0 && !eq(record + VALUE, value)) setValue(record, value);
  return left;
}

export function opTload(frame: usize, word: usize): void {
  copy(word, transientSlot(<usize>load<u32>(frame, ACCOUNT), word) + VALUE);
}

export function opTstore(frame: usize, sp: usize): void {
  setTransient(transientSlot(<usize>load<u32>(frame, ACCOUNT), sp), sp - 32);
}

function destructPrice(heir: usize, hasBalance: bool): i64 {
  const isMade = clearsEmpty ? hasBalance && isEmpty(heir) : !exists(heir);
  return isMade ? selfDestructNewAccount : 0;
}

/** SELFDESTRUCT but for leaving the frame. @returns why the frame fails; SUCCESS when it does not. */
export function opSelfDestruct(): u32 {
  const frame = current;
  if (load<u32>(frame, IS_STATIC) != 0) return STATIC_VIOLATION;
  const self = <usize>load<u32>(frame, ACCOUNT);
  const heir = accountOfWord(<usize>load<u32>(frame, SP));
  const hasBalance = !isZero(self + BALANCE);
  // A warm heir costs nothing more here.
  const access = accessPrice(heir);
  let gas = load<i64>(frame, GAS) - (access == warmAccess ? 0 : access);
  gas -= destructPrice(heir, hasBalance);
  store<i64>(frame, gas, GAS);
  if (gas < 0) return OUT_OF_GAS;
  if (isObserved) hostSelfDestruct(self, heir);
  if (!isDestroyed(self)) setRefund(refund + selfDestructRefund);
  const isKept = destroysOnlyNew && !isNew(self);
  if (heir != self) {
    if (hasBalance || !clearsEmpty || exists(heir)) touch(heir);
    if (hasBalance) {
      copy(AMOUNT, self + BALANCE);
      transfer(self, heir, AMOUNT);
    }
  } else if (hasBalance && !isKept) {
    changeBalance(self);
    set64(self + BALANCE, 0);
  }
  if (!isKept) markDestroyed(self);
  return SUCCESS;
}
