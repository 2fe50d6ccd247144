import { bigInt } from './bigInteger.mjs';
import { bytesOf, digitsOf, fromHex, sized } from './bytes.mjs';

const addressOf = (value) => digitsOf(sized(bytesOf(value), 20));

/** The state as it was at the time: what records told of it, and for all else what it was before. */
export class TracedState {
  #known = new Map();
  #ask;

  /** @param ask for what no record told of: kind, address, slot; hex both ways. */
  constructor(ask) {
    this.#ask = ask;
  }

  /** @param key kind, address and slot, one after the other. */
  note(key, value) {
    this.#known.set(key, value);
  }

  /** The transaction is over: from now on the state is the one after it. */
  end() {
    this.#known.clear();
    this.#ask('end', '', '');
  }

  /** What tracers see of it. */
  get db() {
    return {
      getBalance: (address) => bigInt(BigInt(`0x${this.#account(address)[1]}`)),
      getNonce: (address) => Number(this.#account(address)[0]),
      exists: (address) => this.#account(address)[2] === '1',
      getCode: (address) => fromHex(this.#find('c', addressOf(address))),
      getState: (address, slot) => fromHex(this.#find('s', addressOf(address), digitsOf(sized(bytesOf(slot), 32)))),
    };
  }

  /** Nonce, balance in hex, whether it is there. */
  #account(address) {
    return this.#find('a', addressOf(address)).split(' ');
  }

  #find(kind, address, slot = '') {
    const key = kind + address + slot;
    let value = this.#known.get(key);
    if (value === undefined) {
      value = this.#ask(kind, address, slot);
      this.#known.set(key, value);
    }
    return value;
  }
}
