import { keccak256 } from '../crypto/keccak.ts';
import type { Preimages } from '../storage/nodeStore.ts';
import { hexFrom } from './hexFrom.ts';

const SLOT_BYTES = 32;
/** Slots below need no preimage kept: the contracts in which every block leaves something use 24,573 of them. */
const SMALL = 1 << 15;

/** Whether a key is the number of a slot that {@link withSmallSlots} knows. */
export function isSmallSlot(key: Uint8Array): boolean {
  if (key.length !== SLOT_BYTES || (key[SLOT_BYTES - 2] as number) >= SMALL >> 8) return false;
  for (let i = 0; i < SLOT_BYTES - 2; i++) if (key[i] !== 0) return false;
  return true;
}

function smallSlot(number: number): Uint8Array {
  const slot = new Uint8Array(SLOT_BYTES);
  new DataView(slot.buffer).setUint16(SLOT_BYTES - 2, number);
  return slot;
}

/** One for all chains of a process: a test worker makes many, and it takes longer than most of what they do. */
let numbers: Map<string, number> | undefined;

function numberOf(hash: string): number | undefined {
  numbers ??= new Map(Array.from({ length: SMALL }, (_, number) => [hexFrom(keccak256(smallSlot(number))), number]));
  return numbers.get(hash);
}

/** Knows the hashes of the smallest numbers as well, which takes some milliseconds once in a process. */
export function withSmallSlots(kept: Pick<Preimages, 'get'>): Pick<Preimages, 'get'> {
  return {
    get: (hash) => {
      const known = kept.get(hash);
      if (known !== undefined) return known;
      const number = numberOf(hash);
      return number === undefined ? undefined : smallSlot(number);
    },
  };
}
