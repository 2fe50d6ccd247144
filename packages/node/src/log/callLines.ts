import { CallTally, EMPTY_BLOCK } from './callTally.ts';

/** Tells what happens over and over on one line, until something else is to be printed. */
export interface CallLines {
  add(method: string): void;
  addEmptyBlock(number: bigint): void;
  /** Takes back a request that turned out to be worth lines of its own; it may have been told already. */
  takeBack(method: string): void;
  /** Ends the line. */
  end(): void;
}

type Write = (text: string) => void;

/** Something to count, and about how wide it can get. */
interface Change {
  readonly kind: string;
  readonly width: number;
  readonly apply: (tally: CallTally) => void;
}

const call = (method: string): Change => ({
  kind: method,
  width: method.length + ' (1000)'.length,
  apply: (tally) => tally.add(method),
});

const emptyBlock = (number: bigint): Change => ({
  kind: EMPTY_BLOCK,
  width: `${EMPTY_BLOCK}s #${number} to #${number}`.length,
  apply: (tally) => tally.addEmptyBlock(number),
});

const PIPE_COLUMNS = 120;

/** Whether the line stays within the columns. An empty line has room for anything. */
function hasRoom(tally: CallTally, { kind, width }: Change, columns: number): boolean {
  const { kinds, text } = tally;
  return kinds.length === 0 || text.length + (kinds.includes(kind) ? ' (1000)'.length : width + 2) < columns;
}

/** How often a line of a terminal is drawn anew. */
const REDRAW_MS = 50;
const ERASE_LINE = '\r\u001b[2K';

/** The last line of a terminal, which grows in place. It must not wrap, or it could not be drawn again. */
class LiveLine implements CallLines {
  readonly #write: Write;
  readonly #columns: () => number;
  readonly #tally = new CallTally();
  #drawn = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(write: Write, columns: () => number) {
    this.#write = write;
    this.#columns = columns;
  }

  add(method: string): void {
    this.#change(call(method));
  }

  addEmptyBlock(number: bigint): void {
    this.#change(emptyBlock(number));
  }

  takeBack(method: string): void {
    this.#tally.takeBack(method);
    this.#draw();
  }

  end(): void {
    this.#draw();
    if (this.#drawn !== '') this.#write('\n');
    this.#tally.clear();
    this.#drawn = '';
  }

  #change(change: Change): void {
    if (!hasRoom(this.#tally, change, this.#columns())) this.end();
    change.apply(this.#tally);
    if (this.#drawn === '') this.#draw();
    else this.#timer ??= setTimeout(() => this.#draw(), REDRAW_MS).unref();
  }

  #draw(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { text } = this.#tally;
    if (text === this.#drawn) return;
    this.#write(this.#drawn === '' ? text : `${ERASE_LINE}${text}`);
    this.#drawn = text;
  }
}

/** How long a line waits for more of the same: what is new is told soon, repetitions seldom. */
const FRESH_MS = 250;
const REPEATED_MS = 10_000;

/** Whole lines for a file or a pipe. */
class HeldLine implements CallLines {
  readonly #write: Write;
  readonly #tally = new CallTally();
  /** What the lines before this one told, when nothing else came in between. */
  readonly #told = new Set<string>();
  #timer: { readonly handle: NodeJS.Timeout; readonly isFresh: boolean } | undefined;

  constructor(write: Write) {
    this.#write = write;
  }

  add(method: string): void {
    this.#change(call(method));
  }

  addEmptyBlock(number: bigint): void {
    this.#change(emptyBlock(number));
  }

  takeBack(method: string): void {
    this.#tally.takeBack(method);
  }

  end(): void {
    this.#tell();
    this.#told.clear();
  }

  #change(change: Change): void {
    if (!hasRoom(this.#tally, change, PIPE_COLUMNS)) this.#tell();
    change.apply(this.#tally);
    const isFresh = this.#tally.kinds.some((kind) => !this.#told.has(kind));
    if (this.#timer !== undefined && (this.#timer.isFresh || !isFresh)) return;
    this.#stopTimer();
    const handle = setTimeout(() => this.#tell(), isFresh ? FRESH_MS : REPEATED_MS).unref();
    this.#timer = { handle, isFresh };
  }

  #tell(): void {
    this.#stopTimer();
    const { text, kinds } = this.#tally;
    if (text !== '') this.#write(`${text}\n`);
    for (const kind of kinds) this.#told.add(kind);
    this.#tally.clear();
  }

  #stopTimer(): void {
    clearTimeout(this.#timer?.handle);
    this.#timer = undefined;
  }
}

/** @param columns width of the terminal; undefined for a file or a pipe, where nothing can be drawn again. */
export function createCallLines(write: Write, columns: (() => number) | undefined): CallLines {
  return columns === undefined ? new HeldLine(write) : new LiveLine(write, columns);
}
