import { clockError } from './clockFaults.ts';
import type { ClockControl } from './contract.ts';

export interface ClockMemento {
  /** Of the wall clock when it was captured, seconds. */
  readonly wall: bigint;
  readonly offset: bigint;
  readonly next?: bigint | undefined;
  readonly interval?: bigint | undefined;
}

/** Decides block timestamps: an exact next one, else parent + interval, else the wall clock plus an offset. Seconds. */
export class Clock implements ClockControl {
  readonly #now: () => number;
  readonly #headTimestamp: () => bigint;
  readonly #allowSame: boolean;
  #offset = 0n;
  #next: bigint | undefined;
  #interval: bigint | undefined;

  constructor(options: { allowSameTimestamp: boolean }, modules: { now: () => number; headTimestamp: () => bigint }) {
    this.#now = modules.now;
    this.#headTimestamp = modules.headTimestamp;
    this.#allowSame = options.allowSameTimestamp;
  }

  get offset(): bigint {
    return this.#offset;
  }

  /** Of the last block, seconds. */
  get headTime(): bigint {
    return this.#headTimestamp();
  }

  peekNext(): bigint {
    const head = this.#headTimestamp();
    if (this.#next !== undefined) return this.#next;
    if (this.#interval !== undefined) return this.#notBefore(head + this.#interval, head);
    return this.#notBefore(this.#wall() + this.#offset, head);
  }

  /** Seconds between blocks that are made faster than time goes by. */
  get spacing(): bigint {
    const least = this.#allowSame ? 0n : 1n;
    return this.#interval !== undefined && this.#interval > least ? this.#interval : least;
  }

  /** The timestamp for a block that is being sealed now; an exact next timestamp moves the clock with it. */
  takeNext(): bigint {
    const timestamp = this.peekNext();
    if (this.#next !== undefined) {
      this.#offset = this.#next - this.#wall();
      this.#next = undefined;
    }
    return timestamp;
  }

  /** Counted from the last block where that lies ahead of the clock, as it does after many blocks in one second. */
  increase(seconds: bigint): bigint {
    if (seconds < 0n) throw clockError({ code: 'TIME_NEGATIVE', seconds });
    if (seconds > 0n) this.notBefore(this.#headTimestamp());
    this.#offset += seconds;
    return this.#offset;
  }

  setNext(timestamp: bigint): void {
    const head = this.#headTimestamp();
    if (timestamp < head || (timestamp === head && !this.#allowSame)) {
      throw clockError({ code: 'TIMESTAMP_NOT_AFTER_HEAD', timestamp, head });
    }
    this.#next = timestamp;
  }

  setTime(timestamp: bigint): bigint {
    const head = this.#headTimestamp();
    if (timestamp < head) throw clockError({ code: 'TIMESTAMP_NOT_AFTER_HEAD', timestamp, head });
    const before = this.#wall() + this.#offset;
    this.#offset = timestamp - this.#wall();
    this.#next = undefined;
    return timestamp - before;
  }

  setInterval(seconds: bigint | undefined): boolean {
    const had = this.#interval !== undefined;
    this.#interval = seconds;
    return had;
  }

  /** After a chain was moved to a timestamp from outside (genesis in the past or future, imported blocks). */
  startAt(timestamp: bigint): void {
    this.#offset = timestamp - this.#wall();
    this.#next = undefined;
    this.#interval = undefined;
  }

  /** After a chain from elsewhere was taken in: time goes on from its end where that lies in the future. */
  notBefore(timestamp: bigint): void {
    const now = this.#wall() + this.#offset;
    if (timestamp > now) this.#offset += timestamp - now;
  }

  reset(): void {
    this.#offset = 0n;
    this.#next = undefined;
    this.#interval = undefined;
  }

  capture(): ClockMemento {
    return { wall: this.#wall(), offset: this.#offset, next: this.#next, interval: this.#interval };
  }

  /** What is kept across restarts: the wall clock goes on by itself. */
  kept(): Omit<ClockMemento, 'wall'> {
    return { offset: this.#offset, next: this.#next, interval: this.#interval };
  }

  /** Gives back what was {@link kept}. */
  resume({ offset, next, interval }: Omit<ClockMemento, 'wall'>): void {
    this.#offset = offset;
    this.#next = next;
    this.#interval = interval;
  }

  /** Time goes on from where it was captured, as it does in Hardhat and Anvil. */
  restore(memento: ClockMemento): void {
    this.#offset = memento.offset - (this.#wall() - memento.wall);
    this.#next = memento.next;
    this.#interval = memento.interval;
  }

  #wall(): bigint {
    return BigInt(Math.floor(this.#now() / 1000));
  }

  #notBefore(timestamp: bigint, head: bigint): bigint {
    const earliest = this.#allowSame ? head : head + 1n;
    return timestamp < earliest ? earliest : timestamp;
  }
}
