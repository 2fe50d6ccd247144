import type { Account } from '@ethereumjs/util';
import { keccak256 } from '../crypto/keccak.ts';
import type { Preimages } from '../storage/nodeStore.ts';
import type { Entry } from './accountEntry.ts';
import { bytesFrom, hexFrom } from './hexFrom.ts';
import { isSmallSlot } from './smallSlots.ts';
import { StateDelta } from './stateDelta.ts';
import type { WriteNotes } from './stateTries.ts';

/** Keeps what keys are the hashes of. */
export function noteKeys(noted: ReadonlyMap<string, Uint8Array>, preimages: Preimages): void {
  for (const key of noted.values()) {
    if (isSmallSlot(key)) continue;
    const hash = hexFrom(keccak256(key));
    if (preimages.get(hash) === undefined) preimages.put(hash, key);
  }
}

/** What is written into the tries of one state. */
export class StateWrites implements WriteNotes {
  readonly delta = new StateDelta();
  readonly #keys = new Map<string, Uint8Array>();
  /** Whether the delta says all that was written, and nothing else. */
  isExact = true;

  note(entry: Entry, next: Account | undefined, isFinal: boolean): void {
    const { address, stored, written } = entry;
    if (stored === undefined && next !== undefined) this.#keys.set(hexFrom(address), address);
    for (const slot of written) this.#keys.set(slot, bytesFrom(slot));
    if (isFinal) this.delta.note(entry, next);
    else this.isExact = false;
  }

  forget(): void {
    this.isExact = false;
  }

  /** Forgets it once it is stored. */
  flush(preimages: Preimages): void {
    noteKeys(this.#keys, preimages);
    this.#keys.clear();
    this.delta.clear();
    this.isExact = true;
  }
}
