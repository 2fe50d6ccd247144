import { hostFull } from './host';

/*
 * One linear memory: what the compiler placed, then these regions in order, then the arena, where each frame has its stack and
 * its memory behind it. The host chooses the sizes; a region that turns out too small ends the run (`hostFull`).
 */
export const REGION_ACCOUNTS: u32 = 0;
export const REGION_SLOTS: u32 = 1;
export const REGION_JOURNAL: u32 = 2;
export const REGION_LOGS: u32 = 3;
export const REGION_CODES: u32 = 4;
export const REGION_OUTPUT: u32 = 5;
export const REGION_ARENA: u32 = 6;

export const ACCOUNT_SIZE: usize = 160;
export const SLOT_SIZE: usize = 128;
export const JOURNAL_SIZE: usize = 48;
export const FRAME_SIZE: usize = 256;
export const MAX_DEPTH: u32 = 1024;
export const WORD: usize = 32;
const PAGE: usize = 65536;
/** Stack of a frame: 1,024 words, and one below it, so that an empty stack's top lies inside. */
export const STACK_SIZE: usize = 1025 * 32;

export let accountsStart: usize = 0;
export let accountsEnd: usize = 0;
export let slotsStart: usize = 0;
export let slotsEnd: usize = 0;
export let journalStart: usize = 0;
export let journalEnd: usize = 0;
export let logsStart: usize = 0;
export let logsEnd: usize = 0;
export let codesStart: usize = 0;
export let codesEnd: usize = 0;
export let outputStart: usize = 0;
export let outputEnd: usize = 0;
export let framesStart: usize = 0;
export let arenaStart: usize = 0;
export let accountBuckets: usize = 0;
export let accountMask: u32 = 0;
export let slotBuckets: usize = 0;
export let slotMask: u32 = 0;
export let codeBuckets: usize = 0;
export const CODE_MASK: u32 = 4095;

let next: usize = 0;

function take(size: usize): usize {
  const start = next;
  next = (next + size + 63) & ~63;
  return start;
}

/** Lays the regions out. Counts are powers of two; sizes are in bytes. */
export function setup(accounts: u32, slots: u32, journal: u32, logs: u32, codes: u32, output: u32): void {
  next = (__heap_base + 63) & ~63;
  accountBuckets = take(<usize>accounts * 4);
  accountMask = accounts - 1;
  slotBuckets = take(<usize>slots * 4);
  slotMask = slots - 1;
  codeBuckets = take(<usize>(CODE_MASK + 1) * 4);
  framesStart = take(<usize>(MAX_DEPTH + 4) * FRAME_SIZE);
  accountsStart = take(<usize>accounts * ACCOUNT_SIZE);
  accountsEnd = accountsStart + <usize>accounts * ACCOUNT_SIZE;
  slotsStart = take(<usize>slots * SLOT_SIZE);
  slotsEnd = slotsStart + <usize>slots * SLOT_SIZE;
  journalStart = take(<usize>journal * JOURNAL_SIZE);
  journalEnd = journalStart + <usize>journal * JOURNAL_SIZE;
  logsStart = take(logs);
  logsEnd = logsStart + logs;
  codesStart = take(codes);
  codesEnd = codesStart + codes;
  outputStart = take(output);
  outputEnd = outputStart + output;
  arenaStart = take(0);
  reserve(arenaStart + 64 * PAGE);
}

/** Makes the memory reach to `end`. */
export function reserve(end: usize): void {
  const have = <usize>memory.size() * PAGE;
  if (end <= have) return;
  const missing = (end - have + PAGE - 1) / PAGE;
  // A little more each time, since a contract that grows its memory does it again.
  if (memory.grow(<i32>(missing + 16)) < 0) hostFull(REGION_ARENA);
}
