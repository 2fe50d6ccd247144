import { hostFull } from './host';
import { journalEnd, journalStart, JOURNAL_SIZE, REGION_JOURNAL } from './layout';
import { copy } from './words';

/*
 * The undo log: for each write the record it went to and what stood there. Entry: kind u32, record u32, 40 bytes of old value.
 */
const BALANCE: u32 = 0;
const NONCE: u32 = 1;
const CODE: u32 = 2;
const META: u32 = 3;
const WARM: u32 = 4;
const VALUE: u32 = 5;

/** Where both kinds of record keep what is undone alike; see `accounts.ts` and `slots.ts`. */
const ACCOUNT_NONCE: usize = 24;
const ACCOUNT_BALANCE: usize = 32;
const ACCOUNT_CODE_HASH: usize = 64;
const ACCOUNT_CODE: usize = 96;
const ACCOUNT_FLAGS: usize = 20;
const ACCOUNT_GENERATION: usize = 104;
const SLOT_VALUE: usize = 32;

let length: usize = 0;

/** Entries so far: a mark to go back to. */
export function mark(): u32 {
  return <u32>length;
}

export function forgetJournal(): void {
  length = 0;
}

function entry(kind: u32, record: usize): usize {
  const place = journalStart + length * JOURNAL_SIZE;
  if (place >= journalEnd) hostFull(REGION_JOURNAL);
  length++;
  store<u32>(place, kind);
  store<u32>(place, <u32>record, 4);
  return place + 8;
}

export function noteBalance(account: usize): void {
  copy(entry(BALANCE, account), account + ACCOUNT_BALANCE);
}

export function noteNonce(account: usize): void {
  store<u64>(entry(NONCE, account), load<u64>(account, ACCOUNT_NONCE));
}

export function noteCode(account: usize): void {
  const place = entry(CODE, account);
  copy(place, account + ACCOUNT_CODE_HASH);
  store<u32>(place, load<u32>(account, ACCOUNT_CODE), 32);
}

/** Flags, generation, and the stamps of creation, touch and destruction. */
export function noteMeta(account: usize): void {
  const place = entry(META, account);
  store<u32>(place, load<u32>(account, ACCOUNT_FLAGS));
  memory.copy(place + 4, account + ACCOUNT_GENERATION, 16);
}

/** @param field the address of the stamp that says when the record was first accessed. */
export function noteWarm(field: usize): void {
  store<u32>(entry(WARM, field), load<u32>(field));
}

export function noteValue(slot: usize): void {
  copy(entry(VALUE, slot), slot + SLOT_VALUE);
}

function undo(place: usize): void {
  const kind = load<u32>(place);
  const record = <usize>load<u32>(place, 4);
  const old = place + 8;
  if (kind == VALUE) copy(record + SLOT_VALUE, old);
  else if (kind == WARM) store<u32>(record, load<u32>(old));
  else if (kind == BALANCE) copy(record + ACCOUNT_BALANCE, old);
  else if (kind == NONCE) store<u64>(record, load<u64>(old), ACCOUNT_NONCE);
  else if (kind == CODE) {
    copy(record + ACCOUNT_CODE_HASH, old);
    store<u32>(record, load<u32>(old, 32), ACCOUNT_CODE);
  } else {
    store<u32>(record, load<u32>(old), ACCOUNT_FLAGS);
    memory.copy(record + ACCOUNT_GENERATION, old + 4, 16);
  }
}

/** Takes back everything that was noted since the mark, last first. */
export function revertTo(to: u32): void {
  while (length > <usize>to) {
    length--;
    undo(journalStart + length * JOURNAL_SIZE);
  }
}
