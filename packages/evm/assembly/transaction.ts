/** Number of the transaction: what is stamped with it belongs to it, everything else to the past. */
export let stamp: u32 = 1;
/** Gas to be given back (EIP-3529 caps it outside). */
export let refund: i64 = 0;
/** Whether frames are reported to the host. */
export let isObserved: bool = false;
/** Whether call data for the console address is reported to the host. */
export let watchesConsole: bool = false;
let generations: u32 = 0;

export function nextTransaction(): void {
  stamp++;
  refund = 0;
}

@inline
export function setRefund(value: i64): void {
  refund = value;
}

/** A storage that nobody has written to yet. */
export function nextGeneration(): u32 {
  return ++generations;
}

export function observe(frames: bool, console: bool): void {
  isObserved = frames;
  watchesConsole = console;
}
