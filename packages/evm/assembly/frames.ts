import { arenaStart, FRAME_SIZE, framesStart, reserve, STACK_SIZE } from './layout';

/* Offsets in a frame's record. `src/memoryLayout.ts` and the compiler know them as well. */
export const IP: usize = 0;
/** Address of the word on top of the stack; of an empty stack, the word below its first. */
export const SP: usize = 4;
export const GAS: usize = 8;
export const STACK: usize = 16;
export const MEMORY: usize = 20;
export const MEMORY_SIZE: usize = 24;
export const CODE: usize = 28;
export const DATA: usize = 32;
export const DATA_LENGTH: usize = 36;
/** Whose storage it works on, and whose address it has. */
export const ACCOUNT: usize = 40;
export const CALLER: usize = 44;
export const IS_STATIC: usize = 48;
export const KIND: usize = 52;
/** Where in the caller's memory the output goes. */
export const OUTPUT: usize = 56;
export const OUTPUT_LENGTH: usize = 60;
export const VALUE: usize = 64;
export const JOURNAL_MARK: usize = 96;
export const LOG_MARK: usize = 100;
export const REFUND_MARK: usize = 104;
export const DEPTH: usize = 112;
export const CREATED_MARK: usize = 116;
/** Whose code it runs. */
export const CODE_ACCOUNT: usize = 120;
/** Gas that it began with. */
export const GAS_LIMIT: usize = 128;
/** Gas when its last instruction was paid for; negative when it could not be. For who looks on. */
export const END_GAS: usize = 136;
/** The byte that was no opcode, where that ended it. */
export const INVALID: usize = 144;

export const CALL: u32 = 0xf1;
export const CALLCODE: u32 = 0xf2;
export const DELEGATECALL: u32 = 0xf4;
export const STATICCALL: u32 = 0xfa;
export const CREATE: u32 = 0xf0;
export const CREATE2: u32 = 0xf5;

/** Where the first frame begins: behind its call data. */
let firstStart: usize = 0;

/** Room for the call data of the first frame. @returns where it goes. */
export function takeInput(length: u32): usize {
  const start = arenaStart;
  firstStart = start + <usize>length;
  reserve(firstStart + 64);
  return start;
}

/** The frame that runs; 0 when none does. */
export let current: usize = 0;

export function setCurrent(frame: usize): void {
  current = frame;
}

/** Room for a frame's record behind the present one; it does not run yet. */
export function nextFrame(): usize {
  return current == 0 ? framesStart : current + FRAME_SIZE;
}

/** Gives the frame its stack and its memory, behind those of the frame that called it, and lets it run. */
export function openFrame(frame: usize): void {
  let start = firstStart;
  if (current != 0) start = <usize>load<u32>(current, MEMORY) + <usize>load<u32>(current, MEMORY_SIZE);
  start = (start + 63) & ~63;
  reserve(start + STACK_SIZE + 4096);
  store<u32>(frame, <u32>start, STACK);
  store<u32>(frame, <u32>start, SP);
  store<u32>(frame, <u32>(start + STACK_SIZE), MEMORY);
  store<u32>(frame, 0, MEMORY_SIZE);
  current = frame;
}

/** The frame that called the present one runs again. */
export function closeFrame(): void {
  current = current == framesStart ? 0 : current - FRAME_SIZE;
}
