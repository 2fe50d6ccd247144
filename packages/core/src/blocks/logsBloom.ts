import { keccak256 } from '../crypto/keccak.ts';
import type { Log } from './executedBlock.ts';

const BLOOM_BYTES = 256;
/** As many as the emitters and topics of a busy chain; forgotten all at once when there are more. */
const REMEMBERED = 4096;

/** Shared by all receipts without logs, which most have. */
export const NO_LOGS = new Uint8Array(BLOOM_BYTES);

/** The three bits of an address or topic, which come again and again. */
const known = new Map<string, readonly [number, number, number]>();

const bitAt = (hash: Uint8Array, offset: number): number =>
  (((hash[offset] as number) << 8) | (hash[offset + 1] as number)) & 2047;

function bitsOf(item: Uint8Array): readonly [number, number, number] {
  const key = Buffer.from(item.buffer, item.byteOffset, item.byteLength).toString('latin1');
  const remembered = known.get(key);
  if (remembered !== undefined) return remembered;
  const hash = keccak256(item);
  const bits = [bitAt(hash, 0), bitAt(hash, 2), bitAt(hash, 4)] as const;
  if (known.size === REMEMBERED) known.clear();
  known.set(key, bits);
  return bits;
}

function add(bloom: Uint8Array, item: Uint8Array): void {
  for (const bit of bitsOf(item)) {
    const place = BLOOM_BYTES - 1 - (bit >> 3);
    bloom[place] = (bloom[place] as number) | (1 << (bit & 7));
  }
}

/**
 * The 2048-bit filter over who logged and what (yellow paper §4.3.1).
 * @example bloomOfLogs([]) === NO_LOGS // true
 */
export function bloomOfLogs(logs: readonly Log[]): Uint8Array {
  if (logs.length === 0) return NO_LOGS;
  const bloom = new Uint8Array(BLOOM_BYTES);
  for (const { address, topics } of logs) {
    add(bloom, address);
    for (const topic of topics) add(bloom, topic);
  }
  return bloom;
}
