/**
 * A result that is already written as JSON: what is made as text from the beginning costs a fraction of what objects do.
 * @example new JsonText(['{"a":', '1}']).toJSON() // { a: 1 }
 */
export class JsonText {
  readonly pieces: readonly string[];
  /** In characters. */
  readonly size: number;

  constructor(pieces: readonly string[]) {
    this.pieces = pieces;
    this.size = pieces.reduce((sum, { length }) => sum + length, 0);
  }

  /** What it says, for whoever is in the same process. */
  toJSON(): unknown {
    return JSON.parse(this.pieces.join(''));
  }
}
