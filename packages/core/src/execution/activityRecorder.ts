import type { EVMResult, Message } from '@ethereumjs/evm';
import { bytesToUnprefixedHex } from '@ethereumjs/util';
import type { Activity } from '../blocks/executedBlock.ts';

/** Takes note of who takes part in a transaction and what it creates, message by message. */
export class ActivityRecorder {
  readonly #addresses = new Map<string, Uint8Array>();
  readonly #created: { address: Uint8Array; creator: Uint8Array }[] = [];
  /** For each open message: who sent it, and how many contracts there were before it. */
  readonly #open: { readonly caller: Uint8Array; readonly createdBefore: number }[] = [];

  before({ caller, to }: Message): void {
    this.#note(caller.bytes);
    if (to !== undefined) this.#note(to.bytes);
    this.#open.push({ caller: caller.bytes, createdBefore: this.#created.length });
  }

  after({ execResult, createdAddress }: EVMResult): void {
    const closed = this.#open.pop();
    if (closed === undefined) return;
    if (createdAddress !== undefined) this.#note(createdAddress.bytes);
    // What a message made is gone with it when it fails.
    if (execResult.exceptionError !== undefined) this.#created.length = closed.createdBefore;
    else if (createdAddress !== undefined) {
      this.#created.push({ address: createdAddress.bytes, creator: closed.caller });
    }
  }

  result(): Activity {
    return { addresses: [...this.#addresses.values()], created: [...this.#created] };
  }

  #note(address: Uint8Array): void {
    const key = bytesToUnprefixedHex(address);
    if (!this.#addresses.has(key)) this.#addresses.set(key, address);
  }
}
