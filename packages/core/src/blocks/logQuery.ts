import { bytesToUnprefixedHex } from '@ethereumjs/util';
import { keccak256 } from '../crypto/keccak.ts';
import type { LocatedLog, LogQuery } from '../readers.ts';
import type { ExecutedBlock, Log } from './executedBlock.ts';

type Match = Pick<LogQuery, 'addresses' | 'topics'>;

const BLOOM_BYTES = 256;

/** Whether the bloom filter (yellow paper §4.3.1) may hold the item. */
function bloomHas(bloom: Uint8Array, item: Uint8Array): boolean {
  const hash = keccak256(item);
  for (let i = 0; i < 6; i += 2) {
    const bit = (((hash[i] as number) << 8) | (hash[i + 1] as number)) & 2047;
    if (((bloom[BLOOM_BYTES - 1 - (bit >> 3)] as number) & (1 << (bit & 7))) === 0) return false;
  }
  return true;
}

function bloomMayMatch(bloom: Uint8Array, { addresses, topics }: Match): boolean {
  const anyOf = (items: readonly Uint8Array[]) => items.some((item) => bloomHas(bloom, item));
  if (addresses !== undefined && addresses.length > 0 && !anyOf(addresses)) return false;
  return (topics ?? []).every((options) => options === null || options.length === 0 || anyOf(options));
}

const same = (a: Uint8Array, b: Uint8Array): boolean => bytesToUnprefixedHex(a) === bytesToUnprefixedHex(b);

function logMatches(log: Log, { addresses, topics }: Match): boolean {
  if (addresses !== undefined && addresses.length > 0 && !addresses.some((one) => same(one, log.address))) return false;
  if (topics === undefined) return true;
  if (topics.length > log.topics.length) return false;
  return topics.every(
    (options, i) =>
      options === null || options.length === 0 || options.some((one) => same(one, log.topics[i] as Uint8Array)),
  );
}

/** The logs of one block that match, with their places; a block whose bloom rules them out costs nothing. */
export function logsOfBlock(block: ExecutedBlock, match: Match): LocatedLog[] {
  if (block.receipts.length === 0 || !bloomMayMatch(block.block.header.logsBloom, match)) return [];
  const found: LocatedLog[] = [];
  let logIndex = 0;
  block.receipts.forEach((receipt, transactionIndex) => {
    for (const log of receipt.logs) {
      if (logMatches(log, match)) found.push({ log, block, transactionIndex, logIndex });
      logIndex++;
    }
  });
  return found;
}
