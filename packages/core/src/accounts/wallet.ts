import { Address } from '@ethereumjs/util';
import { addressBytesFromPublicKey, secp256k1 } from '../crypto/crypto.ts';
import { accountError } from './faults.ts';
import type { OwnedAccount } from './mnemonic.ts';

interface Locked {
  readonly address: Address;
  /** Undefined for an account that was only named: what it sends has a made-up signature. */
  readonly privateKey: Uint8Array | undefined;
  readonly passphrase: string;
  /** Milliseconds since 1970; 0 while it is locked. */
  readonly openUntilMs: number;
}

const KEY_BYTES = 32;

/** @throws AccountError KEY_INVALID. */
function addressOf(privateKey: Uint8Array): Address {
  try {
    if (privateKey.length !== KEY_BYTES) throw new RangeError(`${privateKey.length} bytes`);
    return new Address(addressBytesFromPublicKey(secp256k1().publicKey(privateKey)));
  } catch (error) {
    throw accountError({ code: 'KEY_INVALID' }, { cause: error });
  }
}

/**
 * Accounts that a passphrase opens, for a time or until the node ends: dev accounts, which begin open and with an empty
 * passphrase, and those that are made, imported or named while the node runs.
 */
export class Wallet {
  readonly #accounts = new Map<string, Locked>();
  readonly #now: () => number;

  constructor(owned: readonly OwnedAccount[], modules: { readonly now: () => number }) {
    this.#now = modules.now;
    for (const account of owned) this.#put({ ...account, passphrase: '', openUntilMs: Number.POSITIVE_INFINITY });
  }

  /** In the order in which they came. */
  list(): readonly Address[] {
    return [...this.#accounts.values()].map(({ address }) => address);
  }

  has(address: Address): boolean {
    return this.#accounts.has(address.toString());
  }

  /** Undefined while it is locked, too. */
  openKey(address: Address): Uint8Array | undefined {
    const account = this.#accounts.get(address.toString());
    return account !== undefined && this.#isOpen(account) ? account.privateKey : undefined;
  }

  /** Whether it is open and there is no key of it. */
  isNamed(address: Address): boolean {
    const account = this.#accounts.get(address.toString());
    return account !== undefined && account.privateKey === undefined && this.#isOpen(account);
  }

  isLocked(address: Address): boolean {
    const account = this.#accounts.get(address.toString());
    return account !== undefined && !this.#isOpen(account);
  }

  /** @throws AccountError KEY_INVALID, ACCOUNT_EXISTS. */
  addKey(privateKey: Uint8Array, passphrase: string): Address {
    const address = addressOf(privateKey);
    if (this.has(address)) throw accountError({ code: 'ACCOUNT_EXISTS', address: address.toString() });
    this.#put({ address, privateKey, passphrase, openUntilMs: 0 });
    return address;
  }

  /** Open from the start; nothing happens when it is there already. @throws AccountError KEY_INVALID. */
  adoptKey(privateKey: Uint8Array, passphrase: string): void {
    const address = addressOf(privateKey);
    if (!this.has(address)) this.#put({ address, privateKey, passphrase, openUntilMs: Number.POSITIVE_INFINITY });
  }

  /** @returns false when it is there already. */
  addNamed(address: Address, passphrase: string): boolean {
    if (this.has(address)) return false;
    this.#put({ address, privateKey: undefined, passphrase, openUntilMs: 0 });
    return true;
  }

  /** @returns false when it is not there. @throws AccountError PASSPHRASE_WRONG. */
  remove(address: Address, passphrase: string): boolean {
    if (!this.has(address)) return false;
    this.#require(address, passphrase);
    return this.#accounts.delete(address.toString());
  }

  /**
   * @param seconds 0: until it is locked.
   * @throws AccountError KEY_UNKNOWN, PASSPHRASE_WRONG.
   */
  unlock(address: Address, passphrase: string, seconds: number): void {
    const account = this.#require(address, passphrase);
    this.#put({ ...account, openUntilMs: seconds === 0 ? Number.POSITIVE_INFINITY : this.#now() + seconds * 1000 });
  }

  /** @returns whether it is there. */
  lock(address: Address): boolean {
    const account = this.#accounts.get(address.toString());
    if (account === undefined) return false;
    this.#put({ ...account, openUntilMs: 0 });
    return true;
  }

  /** @throws AccountError KEY_UNKNOWN, PASSPHRASE_WRONG. */
  check(address: Address, passphrase: string): void {
    this.#require(address, passphrase);
  }

  #require(address: Address, passphrase: string): Locked {
    const account = this.#accounts.get(address.toString());
    if (account === undefined) throw accountError({ code: 'KEY_UNKNOWN', address: address.toString() });
    if (account.passphrase !== passphrase) {
      throw accountError({ code: 'PASSPHRASE_WRONG', address: address.toString() });
    }
    return account;
  }

  #isOpen({ openUntilMs }: Locked): boolean {
    return openUntilMs === Number.POSITIVE_INFINITY || openUntilMs > this.#now();
  }

  #put(account: Locked): void {
    this.#accounts.set(account.address.toString(), account);
  }
}
