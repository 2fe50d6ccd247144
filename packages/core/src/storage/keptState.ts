import type { Database } from './database.ts';
import { keyOf, namePart } from './keys.ts';
import { bytesFromPlain, plainFromText, textFromPlain } from './plain.ts';

/** A part of the node whose settings outlive the process. What it captures is plain data. */
export interface KeptPart {
  capture(): unknown;
  restore(captured: never): void;
}

/**
 * Settings of the node's parts (clock, fees, mining, accounts, filters, …), one entry each, written with whatever is
 * committed next when they have changed. A chain in memory keeps nothing.
 */
export class KeptState {
  readonly #database: Database;
  readonly #parts = new Map<string, KeptPart>();
  /** As it is in the database. */
  readonly #saved = new Map<string, string>();
  /** Staged, and saved once the commit is done. */
  readonly #staged = new Map<string, string>();

  constructor(database: Database) {
    this.#database = database;
    database.onDiscard(() => this.#staged.clear());
  }

  /** From now on the part's settings are kept; those of the last time, if there are any, are given back to it first. */
  attach(name: string, part: KeptPart): void {
    if (!this.#database.isPersistent) return;
    const bytes = this.#database.get(keyOf('owner', namePart(name)));
    if (bytes !== undefined) {
      const text = new TextDecoder().decode(bytes);
      part.restore(plainFromText(text) as never);
      this.#saved.set(name, text);
    }
    this.#parts.set(name, part);
  }

  /** Whether something has changed since it was last written. */
  get isDirty(): boolean {
    for (const [name, part] of this.#parts) if (textFromPlain(part.capture()) !== this.#saved.get(name)) return true;
    return false;
  }

  /** Stages what has changed. Whoever commits calls {@link written} after it. */
  stage(): void {
    for (const [name, part] of this.#parts) {
      const captured = part.capture();
      const text = textFromPlain(captured);
      if (text === this.#saved.get(name)) continue;
      this.#database.put(keyOf('owner', namePart(name)), bytesFromPlain(captured));
      this.#staged.set(name, text);
    }
  }

  /** What was staged is in the database. */
  written(): void {
    for (const [name, text] of this.#staged) this.#saved.set(name, text);
    this.#staged.clear();
  }
}
