import { jsonSize } from './jsonSize.ts';
import { JsonText } from './jsonText.ts';
import { Turns } from './turns.ts';

/** What is written in one go, in characters: well under a millisecond. */
const PIECE = 64 * 1024;

const isContainer = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && typeof (value as { toJSON?: unknown }).toJSON !== 'function';

/** Writes a value piece by piece, and lets others have their turn in between. */
class JsonWriter {
  readonly #pieces: string[] = [];
  readonly #turns = new Turns();

  async write(value: unknown): Promise<void> {
    if (value instanceof JsonText) {
      for (const piece of value.pieces) this.#pieces.push(piece);
      return;
    }
    if (!isContainer(value) || jsonSize(value, PIECE) <= PIECE) {
      this.#pieces.push(JSON.stringify(value) ?? 'null');
      const turn = this.#turns.next();
      if (turn !== undefined) await turn;
      return;
    }
    await (Array.isArray(value) ? this.#array(value) : this.#object(value));
  }

  /** @throws RangeError for a text longer than a string can be. */
  text(): string {
    return this.#pieces.join('');
  }

  async #array(items: readonly unknown[]): Promise<void> {
    this.#pieces.push('[');
    for (let i = 0; i < items.length; i++) {
      if (i > 0) this.#pieces.push(',');
      await this.write(items[i]);
    }
    this.#pieces.push(']');
  }

  async #object(value: object): Promise<void> {
    let before = '{';
    for (const [key, member] of Object.entries(value)) {
      if (member === undefined) continue;
      this.#pieces.push(`${before}${JSON.stringify(key)}:`);
      await this.write(member);
      before = ',';
    }
    this.#pieces.push(before === '{' ? '{}' : '}');
  }
}

/**
 * As `JSON.stringify`, for wire values; what is large is written in turns with others.
 * @throws RangeError for a text longer than a string can be.
 * @example await writeJson({ jsonrpc: '2.0', id: 1, result: trace })
 */
export async function writeJson(value: unknown): Promise<string> {
  if (jsonSize(value, PIECE) <= PIECE) return JSON.stringify(value);
  const writer = new JsonWriter();
  await writer.write(value);
  return writer.text();
}
