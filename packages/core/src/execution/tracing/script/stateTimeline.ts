import { bytesToUnprefixedHex } from '@ethereumjs/util';
import type { TraceState } from '../../traceObserver.ts';
import { RECORD, type Recording } from './recording.ts';

const bytesOf = (hex: string): Uint8Array => Buffer.from(hex, 'hex');
const ADDRESS_DIGITS = 40;
const WORD = 32;

type Kind = 'a' | 'c' | 's';

/**
 * Notes what a transaction changes in the state at the time when it does, so that a tracer which runs later reads what it
 * would have read then. What failed is read again, since it was taken back.
 */
export class StateTimeline {
  readonly #state: TraceState;
  readonly #recording: Recording;
  #changed = new Set<string>();
  /** What each open message has changed. */
  #open: Set<string>[] = [];
  readonly #last = new Map<string, string>();

  constructor(state: TraceState, recording: Recording) {
    this.#state = state;
    this.#recording = recording;
  }

  touchAccount(address: Uint8Array): void {
    this.#touch('a', bytesToUnprefixedHex(address));
  }

  touchCode(address: Uint8Array): void {
    this.#touch('c', bytesToUnprefixedHex(address));
  }

  /** @param key 32 bytes. */
  touchSlot(address: Uint8Array, key: Uint8Array): void {
    this.#touch('s', bytesToUnprefixedHex(address) + bytesToUnprefixedHex(key));
  }

  enter(): void {
    this.#open.push(new Set());
  }

  exit(isFailed: boolean): void {
    const closed = this.#open.pop() ?? [];
    const outer = this.#open.at(-1);
    for (const key of closed) {
      outer?.add(key);
      if (isFailed) this.#changed.add(key);
    }
  }

  /** Records what is another than it was at the last time. */
  flush(): void {
    if (this.#changed.size === 0) return;
    for (const key of this.#changed) this.#record(key[0] as Kind, key.slice(1));
    this.#changed = new Set();
  }

  #touch(kind: Kind, key: string): void {
    this.#changed.add(kind + key);
    this.#open.at(-1)?.add(kind + key);
  }

  #record(kind: Kind, key: string): void {
    const address = bytesOf(key.slice(0, ADDRESS_DIGITS));
    if (kind === 'a') this.#account(key, address);
    else if (kind === 'c') this.#code(key, address);
    else this.#slot(key, address);
  }

  /** @returns whether it is news. */
  #isNew(key: string, value: string): boolean {
    if (this.#last.get(key) === value) return false;
    this.#last.set(key, value);
    return true;
  }

  #account(key: string, address: Uint8Array): void {
    const account = this.#state.account(address);
    const { nonce = 0n, balance = 0n } = account ?? {};
    if (!this.#isNew(`a${key}`, `${nonce} ${balance} ${account === undefined}`)) return;
    this.#recording.begin(RECORD.account, 80);
    this.#recording.bytes(address);
    this.#recording.f64(Number(nonce));
    this.#recording.word(balance);
    this.#recording.u8(account === undefined ? 0 : 1);
  }

  #code(key: string, address: Uint8Array): void {
    const code = this.#state.code(address);
    if (!this.#isNew(`c${key}`, bytesToUnprefixedHex(code))) return;
    this.#recording.begin(RECORD.code, 40 + code.length);
    this.#recording.bytes(address);
    this.#recording.u32(code.length);
    this.#recording.bytes(code);
  }

  #slot(key: string, address: Uint8Array): void {
    const slot = bytesOf(key.slice(ADDRESS_DIGITS));
    const value = this.#state.slot(address, slot);
    if (!this.#isNew(`s${key}`, bytesToUnprefixedHex(value))) return;
    this.#recording.begin(RECORD.slot, 100);
    this.#recording.bytes(address);
    this.#recording.bytes(slot);
    this.#recording.bytes(new Uint8Array(WORD - value.length));
    this.#recording.bytes(value);
  }
}
