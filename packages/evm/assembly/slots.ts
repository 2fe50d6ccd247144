import { GENERATION } from './accounts';
import { hostFull, hostSlot } from './host';
import { noteValue, noteWarm } from './journal';
import { REGION_SLOTS, SLOT_SIZE, slotBuckets, slotMask, slotsEnd, slotsStart } from './layout';
import { stamp } from './transaction';
import { copy } from './words';

/* Offsets in a slot record. */
export const KEY: usize = 0;
export const VALUE: usize = 32;
/** What it held when the transaction began; good while `STAMP` is the transaction's. */
export const ORIGINAL: usize = 64;
const ACCOUNT: usize = 96;
const OF_GENERATION: usize = 100;
const STAMP: usize = 104;
export const WARM: usize = 108;
const NEXT: usize = 112;
const DIRTY_NEXT: usize = 116;

/** Marks a generation as one transaction's transient storage (EIP-1153). */
const TRANSIENT: u32 = 0x80000000;
const LAST: u32 = 1;

let count: usize = 0;
let dirtyHead: u32 = LAST;

export function forgetSlots(): void {
  memory.fill(slotBuckets, 0, <usize>(slotMask + 1) << 2);
  count = 0;
  dirtyHead = LAST;
}

@inline
function bucketOf(account: usize, key: usize): usize {
  const a = load<u64>(key) ^ (load<u64>(key, 8) * 0x9e3779b97f4a7c15);
  const b = (load<u64>(key, 16) * 0xc2b2ae3d27d4eb4f) ^ load<u64>(key, 24) ^ (<u64>account << 17);
  const mixed = (a ^ b) * 0xd6e8feb86659fd93;
  return slotBuckets + (<usize>(<u32>(mixed >> 40) & slotMask) << 2);
}

@inline
function isAt(record: usize, account: usize, generation: u32, key: usize): bool {
  if (load<u32>(record, ACCOUNT) != <u32>account || load<u32>(record, OF_GENERATION) != generation) return false;
  const low = (load<u64>(record) ^ load<u64>(key)) | (load<u64>(record, 8) ^ load<u64>(key, 8));
  const high = (load<u64>(record, 16) ^ load<u64>(key, 16)) | (load<u64>(record, 24) ^ load<u64>(key, 24));
  return (low | high) == 0;
}

function add(bucket: usize, account: usize, generation: u32, key: usize): usize {
  const record = slotsStart + count * SLOT_SIZE;
  if (record >= slotsEnd) hostFull(REGION_SLOTS);
  memory.fill(record, 0, SLOT_SIZE);
  copy(record, key);
  store<u32>(record, <u32>account, ACCOUNT);
  store<u32>(record, generation, OF_GENERATION);
  // Only the first generation is the host's; throws where the slot must be fetched first.
  if (generation == 0) hostSlot(account, record);
  count++;
  store<u32>(record, load<u32>(bucket), NEXT);
  store<u32>(bucket, <u32>record);
  return record;
}

function find(account: usize, generation: u32, key: usize): usize {
  const bucket = bucketOf(account, key);
  for (let at = <usize>load<u32>(bucket); at != 0; at = <usize>load<u32>(at, NEXT)) {
    if (isAt(at, account, generation, key)) return at;
  }
  return add(bucket, account, generation, key);
}

/** The record of a slot of the account's present storage, with the value it had when the transaction began. */
export function slot(account: usize, key: usize): usize {
  const record = find(account, load<u32>(account, GENERATION), key);
  if (load<u32>(record, STAMP) != stamp) {
    copy(record + ORIGINAL, record + VALUE);
    store<u32>(record, stamp, STAMP);
  }
  return record;
}

/** A slot that is zero again in the next transaction. */
export function transientSlot(account: usize, key: usize): usize {
  return find(account, TRANSIENT | (stamp & ~TRANSIENT), key);
}

/** Makes it warm. @returns whether it was cold. */
export function warmSlot(record: usize): bool {
  if (load<u32>(record, WARM) == stamp) return false;
  noteWarm(record + WARM);
  store<u32>(record, stamp, WARM);
  return true;
}

export function setTransient(record: usize, value: usize): void {
  noteValue(record);
  copy(record + VALUE, value);
}

export function setValue(record: usize, value: usize): void {
  noteValue(record);
  copy(record + VALUE, value);
  if (load<u32>(record, DIRTY_NEXT) != 0) return;
  store<u32>(record, dirtyHead, DIRTY_NEXT);
  dirtyHead = <u32>record;
}

/** @returns the first of the slots that may differ from the host's; the last leads to 1. */
export function firstDirtySlot(): u32 {
  return dirtyHead;
}

export function takeSlots(): void {
  while (dirtyHead != LAST) {
    const record = <usize>dirtyHead;
    dirtyHead = load<u32>(record, DIRTY_NEXT);
    store<u32>(record, 0, DIRTY_NEXT);
  }
}
