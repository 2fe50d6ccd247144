import { byteText, durationText } from './units.ts';

/** Where progress is drawn. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

interface ProgressOptions {
  /** @example 'copying' */
  readonly label: string;
  readonly unit: 'bytes' | 'blocks' | 'entries' | 'states';
  /** Default: standard error, so that results can be piped. */
  readonly stream?: ProgressStream;
  /** Milliseconds; default: the process's clock. */
  readonly now?: () => number;
}

/** Nothing is drawn of what is done sooner. */
const SILENT_MS = 1000;
const TERMINAL_MS = 100;
const LINES_MS = 5000;
const BAR_CELLS = 20;

function bar(part: number): string {
  const full = Math.round(part * BAR_CELLS);
  return `[${'#'.repeat(full)}${'-'.repeat(BAR_CELLS - full)}] ${String(Math.floor(part * 100)).padStart(3)} %`;
}

/** How far something has come: a bar with rate and time left on a terminal, a line now and then elsewhere. */
export class Progress {
  readonly #options: ProgressOptions;
  readonly #stream: ProgressStream;
  readonly #now: () => number;
  /** When the first step was reported, and when the last was drawn. */
  #began: number | undefined;
  #drawn = 0;
  #isShown = false;
  #note = '';

  constructor(options: ProgressOptions) {
    this.#options = options;
    this.#stream = options.stream ?? process.stderr;
    this.#now = options.now ?? (() => performance.now());
  }

  /** @param total left out where nobody knows it. */
  update(done: number, total?: number): void {
    const now = this.#now();
    const began = this.start(now);
    if (now - this.#drawn < this.#pauseMs) return;
    this.#draw(this.#text(done, total, (now - began) / 1000), now);
  }

  /** Begins to count time; the first step does it otherwise. */
  start(now: number = this.#now()): number {
    if (this.#began === undefined) {
      this.#began = now;
      this.#drawn = now + SILENT_MS - this.#pauseMs;
    }
    return this.#began;
  }

  #draw(text: string, now: number): void {
    this.#drawn = now;
    if (this.#isTerminal) {
      this.#stream.write(`\r\u001b[K${text.slice(0, (this.#stream.columns ?? 80) - 1)}`);
      this.#isShown = true;
    } else this.#stream.write(`${text}\n`);
  }

  /** What is known of it, where nobody knows how far it has come. @example progress.note('the head is 7') */
  note(text: string): void {
    this.#note = `; ${text}`;
  }

  /** Says that it goes on, where nobody knows how far it has come. */
  tick(): void {
    const now = this.#now();
    if (this.#began === undefined || now - this.#drawn < this.#pauseMs) return;
    this.#draw(`${this.#options.label} for ${durationText((now - this.#began) / 1000)}${this.#note}`, now);
  }

  /** Takes the bar away. */
  end(): void {
    if (this.#isShown) this.#stream.write('\r\u001b[K');
    this.#isShown = false;
  }

  get #isTerminal(): boolean {
    return this.#stream.isTTY === true;
  }

  get #pauseMs(): number {
    return this.#isTerminal ? TERMINAL_MS : LINES_MS;
  }

  #amount(value: number): string {
    return this.#options.unit === 'bytes' ? byteText(value) : Math.round(value).toLocaleString('en-US');
  }

  #text(done: number, total: number | undefined, seconds: number): string {
    const { label, unit } = this.#options;
    const noun = unit === 'bytes' ? '' : ` ${unit}`;
    const rate = seconds > 0 ? done / seconds : 0;
    const speed = `${this.#amount(rate)}${noun}/s`;
    if (total === undefined || total === 0) return `${label} ${this.#amount(done)}${noun}, ${speed}`;
    const left = rate > 0 ? `, ${durationText((total - done) / rate)} left` : '';
    const share = bar(Math.min(1, done / total));
    return `${label} ${share} ${this.#amount(done)} of ${this.#amount(total)}${noun}, ${speed}${left}`;
  }
}

/** Runs what reports how far it has come. */
export async function withProgress<T>(
  options: ProgressOptions,
  work: (update: (done: number, total?: number) => void) => Promise<T>,
): Promise<T> {
  const progress = new Progress(options);
  try {
    return await work((done, total) => progress.update(done, total));
  } finally {
    progress.end();
  }
}

/** Runs what cannot say how far it has come: shows for how long it has been at it, and what it says meanwhile. */
export async function withWaiting<T>(label: string, work: (say: (text: string) => void) => Promise<T>): Promise<T> {
  const progress = new Progress({ label, unit: 'entries' });
  progress.start();
  const timer = setInterval(() => progress.tick(), TERMINAL_MS);
  try {
    return await work((text) => progress.note(text));
  } finally {
    clearInterval(timer);
    progress.end();
  }
}
