import type { Address } from '@ethereumjs/util';
import type { AccountsControl } from '../contract.ts';
import { secp256k1 } from '../crypto/crypto.ts';
import type { ChainEvents } from '../events.ts';
import { accountError } from './faults.ts';
import type { OwnedAccount } from './mnemonic.ts';

export interface AccountsMemento {
  readonly impersonated: readonly Address[];
  readonly auto: boolean;
}

/** Who may send without a signature of its own: the dev accounts' keys, and impersonated addresses. */
export class Accounts implements AccountsControl {
  readonly owned: readonly OwnedAccount[];
  readonly #keys: ReadonlyMap<string, Uint8Array>;
  readonly #impersonated = new Map<string, Address>();
  readonly #events: ChainEvents;
  #auto: boolean;

  constructor(
    options: { owned: readonly OwnedAccount[]; autoImpersonate: boolean },
    modules: { readonly events: ChainEvents },
  ) {
    this.owned = options.owned;
    this.#events = modules.events;
    this.#keys = new Map(options.owned.map(({ address, privateKey }) => [address.toString(), privateKey]));
    this.#auto = options.autoImpersonate;
  }

  list(): readonly Address[] {
    return [...this.owned.map(({ address }) => address), ...this.#impersonated.values()];
  }

  privateKey(address: Address): Uint8Array | undefined {
    return this.#keys.get(address.toString());
  }

  sign(address: Address, digest: Uint8Array): Uint8Array {
    const key = this.privateKey(address);
    if (key === undefined) throw accountError({ code: 'KEY_UNKNOWN', address: address.toString() });
    const { signature, recoveryBit } = secp256k1().sign(digest, key);
    const out = new Uint8Array(65);
    out.set(signature);
    out[64] = 27 + recoveryBit;
    return out;
  }

  /** An address with a key of its own always signs, so auto-impersonation does not change what its transactions look like. */
  isImpersonated(address: Address): boolean {
    return this.#impersonated.has(address.toString()) || (this.#auto && this.privateKey(address) === undefined);
  }

  impersonate(address: Address): void {
    if (this.privateKey(address) !== undefined || this.#impersonated.has(address.toString())) return;
    this.#impersonated.set(address.toString(), address);
    this.#events.emit('accountsChanged', this.list());
  }

  stopImpersonating(address: Address): boolean {
    const was = this.#impersonated.delete(address.toString());
    if (was) this.#events.emit('accountsChanged', this.list());
    return was;
  }

  setAutoImpersonate(enabled: boolean): void {
    this.#auto = enabled;
  }

  capture(): AccountsMemento {
    return { impersonated: [...this.#impersonated.values()], auto: this.#auto };
  }

  restore(memento: AccountsMemento): void {
    const before = [...this.#impersonated.keys()].join();
    this.#impersonated.clear();
    for (const address of memento.impersonated) this.#impersonated.set(address.toString(), address);
    this.#auto = memento.auto;
    if ([...this.#impersonated.keys()].join() !== before) this.#events.emit('accountsChanged', this.list());
  }
}
