import type { Database } from './database.ts';
import { keyOf, namePart } from './keys.ts';
import { bytesFromPlain, plainFromText, textFromPlain } from './plain.ts';

/** A part of the node whose settings outlive the process. What it captures is plain data. */
export interface KeptPart {
  capture(): unknown;
  restore(captured: never): void;
  /** Gives back, while the node runs, what was kept before a change that could not be written. Default: {@link restore}. */
  takeBack?(captured: never): void;
  /** Moves with what happens, and not because somebody has set it. */
  readonly isCounter?: boolean;
}

/** What the parts were at a moment, by name. */
export type KeptTexts = ReadonlyMap<string, string>;

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
  /** How often each part could not be written and was taken back. */
  readonly #takenBack = new Map<string, number>();

  constructor(database: Database) {
    this.#database = database;
    database.onDiscard(() => this.#takeBack());
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

  /** What the parts are now. */
  texts(): KeptTexts {
    return new Map([...this.#parts].map(([name, part]) => [name, textFromPlain(part.capture())]));
  }

  /**
   * Parts that somebody has set.
   * @param before what they were before; default: as they were written last.
   */
  setSince(before: KeptTexts = this.#saved): string[] {
    return [...this.#parts]
      .filter(([name, part]) => part.isCounter !== true && textFromPlain(part.capture()) !== before.get(name))
      .map(([name]) => name);
  }

  /** How often some parts could not be written and were taken back, together. */
  takenBack(names: readonly string[]): number {
    return names.reduce((sum, name) => sum + (this.#takenBack.get(name) ?? 0), 0);
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
    for (const [name, part] of this.#parts) {
      const accepted = this.#accepted.get(name) as string;
      if (textFromPlain(part.capture()) === accepted) continue;
      const captured = plainFromText(accepted) as never;
      if (part.takeBack === undefined) part.restore(captured);
      else part.takeBack(captured);
      this.#takenBack.set(name, (this.#takenBack.get(name) ?? 0) + 1);
    }
  }
}
