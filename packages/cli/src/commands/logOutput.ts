import type { Writable } from 'node:stream';

/** A log that nobody reads is cut rather than kept in memory for ever. */
const MAX_WAITING_BYTES = 4 * 1024 * 1024;

/** Where the log goes: nothing before the first lines, and no more than the reader takes. */
export class LogOutput {
  readonly #stream: Pick<Writable, 'write' | 'writableLength'>;
  #held: string[] | undefined = [];

  constructor(stream: Pick<Writable, 'write' | 'writableLength'>) {
    this.#stream = stream;
  }

  readonly write = (text: string): void => {
    if (this.#held !== undefined) this.#held.push(text);
    else if (this.#stream.writableLength < MAX_WAITING_BYTES) this.#stream.write(text);
  };

  /** Writes the first lines, then what came meanwhile: a request may be faster than the banner. */
  open(first: string): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const text of [first, ...held]) this.write(text);
  }
}
