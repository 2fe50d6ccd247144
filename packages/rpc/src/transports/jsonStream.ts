import { StringDecoder } from 'node:string_decoder';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NEWLINE = 0x0a;
const isSpace = (code: number): boolean => code === 0x20 || code === 0x09 || code === 0x0d || code === NEWLINE;
const isOpening = (code: number): boolean => code === 0x7b || code === 0x5b;
const isClosing = (code: number): boolean => code === 0x7d || code === 0x5d;

/**
 * Cuts a stream into JSON values, which need nothing between them: clients end them by a newline, or by nothing at all.
 * What begins as no object or list is cut at its newline, so that one bad message costs no more than itself.
 */
export class JsonStream {
  readonly #decoder = new StringDecoder('utf8');
  #text = '';
  /** How far the text was looked at, and what was found there. */
  #at = 0;
  #depth = 0;
  #isString = false;

  /** Characters of the value that is not whole yet. */
  get pending(): number {
    return this.#text.length;
  }

  /** @returns the values that are whole now. */
  push(chunk: Buffer): string[] {
    this.#text += this.#decoder.write(chunk);
    const whole: string[] = [];
    for (let value = this.#next(); value !== undefined; value = this.#next()) whole.push(value);
    return whole;
  }

  #next(): string | undefined {
    if (this.#at === 0) this.#skipSpace();
    if (this.#text.length === 0) return undefined;
    return isOpening(this.#text.charCodeAt(0)) ? this.#value() : this.#line();
  }

  #skipSpace(): void {
    let from = 0;
    while (from < this.#text.length && isSpace(this.#text.charCodeAt(from))) from++;
    this.#text = this.#text.slice(from);
  }

  #line(): string | undefined {
    const end = this.#text.indexOf('\n', this.#at);
    this.#at = end < 0 ? this.#text.length : end;
    return end < 0 ? undefined : this.#cut(end);
  }

  #value(): string | undefined {
    for (; this.#at < this.#text.length; this.#at++) {
      const code = this.#text.charCodeAt(this.#at);
      if (this.#isString) this.#inString(code);
      else if (this.#isLast(code)) return this.#cut(this.#at + 1);
    }
    return undefined;
  }

  #inString(code: number): void {
    // What is escaped may be a quote. It may also be in the next piece.
    if (code === BACKSLASH) this.#at++;
    else if (code === QUOTE) this.#isString = false;
  }

  /** Whether a mark outside of strings ends the value. */
  #isLast(code: number): boolean {
    if (code === QUOTE) this.#isString = true;
    else if (isOpening(code)) this.#depth++;
    else if (isClosing(code)) this.#depth--;
    return this.#depth === 0;
  }

  #cut(end: number): string {
    const value = this.#text.slice(0, end);
    this.#text = this.#text.slice(end);
    this.#at = 0;
    this.#depth = 0;
    this.#isString = false;
    return value;
  }
}
