import type { Address } from '@ethereumjs/util';
import type { AccountsControl } from '../contract.ts';
import { secp256k1 } from '../crypto/crypto.ts';
import type { ChainEvents } from '../events.ts';
import { accountError } from './faults.ts';
import type { OwnedAccount } from './mnemonic.ts';
import { Wallet } from './wallet.ts';

export interface AccountsMemento {
  readonly impersonated: readonly Address[];
  readonly auto: boolean;
}

/** Writes a key where it outlives the process. */
type KeepKey = (key: {
  readonly address: Uint8Array;
  readonly privateKey: Uint8Array;
  readonly passphrase: string;
}) => Promise<unknown>;

/** Who may send without a signature of its own: the dev accounts' keys, and impersonated addresses. */
export class Accounts implements AccountsControl {
  readonly owned: readonly OwnedAccount[];
  /** The dev accounts among them. */
  readonly wallet: Wallet;
  readonly #impersonated = new Map<string, Address>();
  readonly #events: ChainEvents;
  readonly #keep: KeepKey | undefined;
  #auto: boolean;

  constructor(
    options: { owned: readonly OwnedAccount[]; autoImpersonate: boolean },
    modules: { readonly events: ChainEvents; readonly now: () => number; readonly keep?: KeepKey | undefined },
  ) {
    this.owned = options.owned;
    this.#events = modules.events;
    this.#keep = modules.keep;
    this.wallet = new Wallet(options.owned, modules);
    this.#auto = options.autoImpersonate;
  }

  list(): readonly Address[] {
    return [...this.wallet.list(), ...this.#impersonated.values()];
  }

  privateKey(address: Address): Uint8Array | undefined {
    return this.wallet.openKey(address);
  }

  sign(address: Address, digest: Uint8Array): Uint8Array {
    const key = this.privateKey(address);
    if (key === undefined) {
      const code = this.wallet.isLocked(address) ? 'ACCOUNT_LOCKED' : 'KEY_UNKNOWN';
      throw accountError({ code, address: address.toString() });
    }
    const { signature, recoveryBit } = secp256k1().sign(digest, key);
    const out = new Uint8Array(65);
    out.set(signature);
    out[64] = 27 + recoveryBit;
    return out;
  }

  /** An address with a key of its own always signs, so auto-impersonation does not change what its transactions look like. */
  isImpersonated(address: Address): boolean {
    if (this.#impersonated.has(address.toString()) || this.wallet.isNamed(address)) return true;
    return this.#auto && !this.wallet.has(address);
  }

  impersonate(address: Address): void {
    if (this.wallet.has(address) || this.#impersonated.has(address.toString())) return;
    this.#impersonated.set(address.toString(), address);
    this.#events.emit('accountsChanged', this.list());
  }

  isLocked(address: Address): boolean {
    return this.wallet.isLocked(address);
  }

  async importKey(privateKey: Uint8Array, passphrase: string): Promise<Address> {
    const address = this.wallet.addKey(privateKey, passphrase);
    try {
      await this.#keep?.({ address: address.bytes, privateKey, passphrase });
    } catch (error) {
      this.wallet.remove(address, passphrase);
      throw accountError({ code: 'KEYSTORE_INVALID', detail: (error as Error).message }, { cause: error });
    }
    this.#events.emit('accountsChanged', this.list());
    return address;
  }

  /** Keys that outlived a process: they are open. Those that are here already stay as they are. */
  adoptKeys(keys: readonly { readonly privateKey: Uint8Array; readonly passphrase: string }[]): void {
    for (const { privateKey, passphrase } of keys) this.wallet.adoptKey(privateKey, passphrase);
  }

  add(address: Address, passphrase: string): boolean {
    const isNew = this.wallet.addNamed(address, passphrase);
    if (isNew) this.#events.emit('accountsChanged', this.list());
    return isNew;
  }

  remove(address: Address, passphrase: string): boolean {
    const was = this.wallet.remove(address, passphrase);
    if (was) this.#events.emit('accountsChanged', this.list());
    return was;
  }

  async withPassphrase<T>(address: Address, passphrase: string, act: () => Promise<T>): Promise<T> {
    this.wallet.check(address, passphrase);
    if (!this.wallet.isLocked(address)) return act();
    this.wallet.unlock(address, passphrase, 0);
    try {
      return await act();
    } finally {
      this.wallet.lock(address);
    }
  }

  unlock(address: Address, passphrase: string, seconds: number): void {
    this.wallet.unlock(address, passphrase, seconds);
  }

  lock(address: Address): boolean {
    return this.wallet.lock(address);
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
