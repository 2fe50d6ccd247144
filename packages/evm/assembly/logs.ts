import { hostFull } from './host';
import { logsEnd, logsStart, REGION_LOGS } from './layout';
import { storeBE } from './u256';
import { copyBytes } from './words';

/* A log: account u32, topics u32, length u32, bytes to the next u32, then the topics (big endian), then the data. */
const HEADER: usize = 16;

let next: usize = 0;

export function forgetLogs(): void {
  next = logsStart;
}

/** Where the next log goes: a mark to go back to. */
export function logMark(): u32 {
  return <u32>next;
}

export function revertLogs(to: u32): void {
  next = <usize>to;
}

/** @param firstTopic the topic word on top of the stack; the others lie below it. */
export function addLog(account: usize, topics: u32, firstTopic: usize, data: usize, length: u32): void {
  const size = (HEADER + (<usize>topics << 5) + <usize>length + 7) & ~7;
  if (next + size > logsEnd) hostFull(REGION_LOGS);
  store<u32>(next, <u32>account);
  store<u32>(next, topics, 4);
  store<u32>(next, length, 8);
  store<u32>(next, <u32>size, 12);
  let place = next + HEADER;
  for (let i: u32 = 0; i < topics; i++) {
    storeBE(place, firstTopic - (<usize>i << 5));
    place += 32;
  }
  copyBytes(place, data, <usize>length);
  next += size;
}
