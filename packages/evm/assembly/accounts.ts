import { hostAccount, hostFull } from './host';
import {
  ACCOUNT_SIZE,
  accountBuckets,
  accountMask,
  accountsEnd,
  accountsStart,
  REGION_ACCOUNTS,
} from './layout';
import { noteBalance, noteCode, noteMeta, noteNonce, noteWarm } from './journal';
import { nextGeneration, stamp } from './transaction';
import { coldAccount, PRECOMPILES, warmAccess } from './rules';
import { copy } from './words';

/* Offsets in an account record. `journal.ts` and `src/memoryLayout.ts` know them as well. */
export const A0: usize = 0;
export const A1: usize = 8;
export const A2: usize = 16;
export const FLAGS: usize = 20;
export const NONCE: usize = 24;
export const BALANCE: usize = 32;
export const CODE_HASH: usize = 64;
/** The code's record; 0 while it was not asked for. */
export const CODE: usize = 96;
export const WARM: usize = 100;
export const GENERATION: usize = 104;
export const CREATED: usize = 108;
export const TOUCHED: usize = 112;
export const DESTROYED: usize = 116;
const NEXT: usize = 120;
/** Next in the list of accounts that may differ from the host's; 0 when it is in none. */
const DIRTY_NEXT: usize = 124;
/** The generation that the host knows. */
const TAKEN: usize = 128;
const PARTICIPANT: usize = 132;
/** Next in the list of accounts that the transaction may leave empty or destroyed. */
const FATE_NEXT: usize = 136;
const FATE_STAMP: usize = 140;
const PARTICIPANT_NEXT: usize = 144;
/** Who made it, where `CREATED` is the transaction's. */
const CREATOR: usize = 148;

export const EXISTS: u32 = 1;
export const HAS_STORAGE: u32 = 2;

const EMPTY_HASH_0: u64 = 0x3c23f7860146d2c5;
const EMPTY_HASH_1: u64 = 0xc003c7dcb27d7e92;
const EMPTY_HASH_2: u64 = 0x3b2782ca53b600e5;
const EMPTY_HASH_3: u64 = 0x70a4855d04d8fa7b;
/** Ends a list, where 0 means that the record is in none. */
const LAST: u32 = 1;

let count: usize = 0;
let dirtyHead: u32 = LAST;
let fateHead: u32 = LAST;
let participantHead: u32 = LAST;

export function forgetAccounts(): void {
  memory.fill(accountBuckets, 0, <usize>(accountMask + 1) << 2);
  count = 0;
  dirtyHead = LAST;
  fateHead = LAST;
  participantHead = LAST;
}

@inline
function bucketOf(a0: u64, a1: u64, a2: u32): usize {
  const mixed = (a0 ^ (a1 * 0x9e3779b97f4a7c15) ^ (<u64>a2 * 0xc2b2ae3d27d4eb4f)) * 0xd6e8feb86659fd93;
  return accountBuckets + (<usize>(<u32>(mixed >> 40) & accountMask) << 2);
}

function add(bucket: usize, a0: u64, a1: u64, a2: u32): usize {
  const record = accountsStart + count * ACCOUNT_SIZE;
  if (record >= accountsEnd) hostFull(REGION_ACCOUNTS);
  memory.fill(record, 0, ACCOUNT_SIZE);
  store<u64>(record, a0, A0);
  store<u64>(record, a1, A1);
  store<u32>(record, a2, A2);
  // Throws where the account must be fetched first: the record is not in the table by then.
  hostAccount(record);
  count++;
  store<u32>(record, load<u32>(bucket), NEXT);
  store<u32>(bucket, <u32>record);
  return record;
}

/** The record of an address: known, or made with what the host says of it. */
export function account(a0: u64, a1: u64, a2: u32): usize {
  const bucket = bucketOf(a0, a1, a2);
  for (let at = <usize>load<u32>(bucket); at != 0; at = <usize>load<u32>(at, NEXT)) {
    if (load<u64>(at, A0) == a0 && load<u64>(at, A1) == a1 && load<u32>(at, A2) == a2) return at;
  }
  return add(bucket, a0, a1, a2);
}

/** The account whose address is in the low 20 bytes of a word. */
@inline
export function accountOfWord(word: usize): usize {
  return account(load<u64>(word), load<u64>(word, 8), load<u32>(word, 16));
}

@inline
export function writeAddress(word: usize, record: usize): void {
  store<u64>(word, load<u64>(record, A0));
  store<u64>(word, load<u64>(record, A1), 8);
  store<u64>(word, <u64>load<u32>(record, A2), 16);
  store<u64>(word, 0, 24);
}

/** Makes it warm. @returns the price of this access (EIP-2929), 0 before Berlin. */
@inline
export function accessPrice(record: usize): i64 {
  return load<u32>(record, WARM) == stamp ? warmAccess : firstAccess(record);
}

/** A precompile is warm from the start. */
function firstAccess(record: usize): i64 {
  if (isPrecompile(record)) return warmAccess;
  warm(record);
  return coldAccount;
}

@inline
export function isPrecompile(record: usize): bool {
  if ((load<u64>(record, A1) | <u64>load<u32>(record, A2)) != 0) return false;
  const low = load<u64>(record, A0);
  return low < 1024 && load<u8>(PRECOMPILES + <usize>low) != 0;
}

export function warm(record: usize): void {
  if (load<u32>(record, WARM) == stamp) return;
  noteWarm(record + WARM);
  store<u32>(record, stamp, WARM);
}

function dirty(record: usize): void {
  if (load<u32>(record, DIRTY_NEXT) != 0) return;
  store<u32>(record, dirtyHead, DIRTY_NEXT);
  dirtyHead = <u32>record;
}

/** Puts the account among those that are looked at when the transaction ends. */
function watch(record: usize): void {
  if (load<u32>(record, FATE_STAMP) == stamp) return;
  store<u32>(record, stamp, FATE_STAMP);
  store<u32>(record, fateHead, FATE_NEXT);
  fateHead = <u32>record;
}

/** Before nonce or balance are written. */
export function changeBalance(record: usize): void {
  noteBalance(record);
  dirty(record);
}

export function setNonce(record: usize, nonce: u64): void {
  noteNonce(record);
  dirty(record);
  store<u64>(record, nonce, NONCE);
}

export function setCode(record: usize, hash: usize, code: usize): void {
  noteCode(record);
  dirty(record);
  copy(record + CODE_HASH, hash);
  store<u32>(record, <u32>code, CODE);
}

@inline
export function exists(record: usize): bool {
  return (load<u32>(record, FLAGS) & EXISTS) != 0;
}

export function hasCode(record: usize): bool {
  return !(
    load<u64>(record, CODE_HASH) == EMPTY_HASH_0 &&
    load<u64>(record, CODE_HASH + 8) == EMPTY_HASH_1 &&
    load<u64>(record, CODE_HASH + 16) == EMPTY_HASH_2 &&
    load<u64>(record, CODE_HASH + 24) == EMPTY_HASH_3
  );
}

export function writeEmptyHash(place: usize): void {
  store<u64>(place, EMPTY_HASH_0);
  store<u64>(place, EMPTY_HASH_1, 8);
  store<u64>(place, EMPTY_HASH_2, 16);
  store<u64>(place, EMPTY_HASH_3, 24);
}

/** EIP-161: no nonce, no balance, no code. */
export function isEmpty(record: usize): bool {
  const balance = load<u64>(record, BALANCE) | load<u64>(record, BALANCE + 8) | load<u64>(record, BALANCE + 16);
  return load<u64>(record, NONCE) == 0 && (balance | load<u64>(record, BALANCE + 24)) == 0 && !hasCode(record);
}

/** Makes it exist, and be looked at when the transaction ends (EIP-161). */
export function touch(record: usize): void {
  if (load<u32>(record, TOUCHED) == stamp && exists(record)) return;
  noteMeta(record);
  dirty(record);
  watch(record);
  store<u32>(record, load<u32>(record, FLAGS) | EXISTS, FLAGS);
  store<u32>(record, stamp, TOUCHED);
}

/** A contract comes to be here: existing, without storage. */
export function markCreated(record: usize, creator: usize): void {
  touch(record);
  store<u32>(record, <u32>creator, CREATOR);
  noteMeta(record);
  store<u32>(record, stamp, CREATED);
  const flags = load<u32>(record, FLAGS);
  if ((flags & HAS_STORAGE) == 0) return;
  store<u32>(record, flags & ~HAS_STORAGE, FLAGS);
  store<u32>(record, nextGeneration(), GENERATION);
}

@inline
export function isNew(record: usize): bool {
  return load<u32>(record, CREATED) == stamp;
}

@inline
export function isDestroyed(record: usize): bool {
  return load<u32>(record, DESTROYED) == stamp;
}

export function markDestroyed(record: usize): void {
  noteMeta(record);
  dirty(record);
  watch(record);
  store<u32>(record, stamp, DESTROYED);
}

/** Nothing of the account is left, its storage included. */
function remove(record: usize): void {
  noteMeta(record);
  noteBalance(record);
  noteNonce(record);
  noteCode(record);
  dirty(record);
  store<u32>(record, 0, FLAGS);
  store<u64>(record, 0, NONCE);
  memory.fill(record + BALANCE, 0, 32);
  writeEmptyHash(record + CODE_HASH);
  store<u32>(record, 0, CODE);
  store<u32>(record, nextGeneration(), GENERATION);
}

/** What has destroyed itself goes, and what was touched and is empty where the fork says so. */
export function settleFates(clearsEmpty: bool): void {
  while (fateHead != LAST) {
    const record = <usize>fateHead;
    fateHead = load<u32>(record, FATE_NEXT);
    const isGone = isDestroyed(record) || (clearsEmpty && load<u32>(record, TOUCHED) == stamp && isEmpty(record));
    if (isGone && exists(record)) remove(record);
  }
}

/** Accounts that took part in the transaction, whether or not they kept anything of it. */
export function participate(record: usize): void {
  if (load<u32>(record, PARTICIPANT) == stamp) return;
  store<u32>(record, stamp, PARTICIPANT);
  store<u32>(record, participantHead, PARTICIPANT_NEXT);
  participantHead = <u32>record;
}

/** Before the first frame of a transaction. */
export function beginAccounts(): void {
  fateHead = LAST;
  participantHead = LAST;
}

/** @returns the first of the transaction's participants; the last leads to 1. */
export function firstParticipant(): u32 {
  return participantHead;
}

/** @returns the first of the accounts that may differ from the host's; the last leads to 1. */
export function firstDirtyAccount(): u32 {
  return dirtyHead;
}

/** The host has what there was to have. */
export function takeAccounts(): void {
  while (dirtyHead != LAST) {
    const record = <usize>dirtyHead;
    dirtyHead = load<u32>(record, DIRTY_NEXT);
    store<u32>(record, 0, DIRTY_NEXT);
    store<u32>(record, load<u32>(record, GENERATION), TAKEN);
  }
}
