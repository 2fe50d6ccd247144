import type { Database } from './database.ts';
import { keyOf, namePart } from './keys.ts';
import { bytesFromPlain, plainFromText, textFromPlain } from './plain.ts';

/** A part of the node whose settings outlive the process. What it captures is plain data. */
export interface KeptPart {
  capture(): unknown;
  restore(captured: never): void;
  /** Gives back, while the node runs, what was kept before a change that could not be written. Default: {@link restore}. */
  takeBack?(captured: never): void;
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
  /** To which a part goes back when a change of it cannot be written. */
  readonly #accepted = new Map<string, string>();
  /** Staged, and saved once the commit is done. */
  readonly #staged = new Map<string, string>();
  #undone = 0;

  constructor(database: Database) {
    this.#database = database;
    database.onDiscard(() => this.#takeBack());
  }

  /** How often a change could not be written and was taken back. */
  get undone(): number {
    return this.#undone;
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
    this.#accepted.set(name, textFromPlain(part.capture()));
  }

  /** What the parts are now is what they go back to, although it may not be written yet: it is what the node starts with. */
  accept(): void {
    for (const [name, part] of this.#parts) this.#accepted.set(name, textFromPlain(part.capture()));
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
    for (const [name, text] of this.#staged) {
      this.#saved.set(name, text);
      this.#accepted.set(name, text);
    }
    this.#staged.clear();
  }

  /** What was refused must not be written later. */
  #takeBack(): void {
    this.#staged.clear();
    let isUndone = false;
    for (const [name, part] of this.#parts) {
      const accepted = this.#accepted.get(name) as string;
      if (textFromPlain(part.capture()) === accepted) continue;
      const captured = plainFromText(accepted) as never;
      if (part.takeBack === undefined) part.restore(captured);
      else part.takeBack(captured);
      isUndone = true;
    }
    if (isUndone) this.#undone++;
  }
}
