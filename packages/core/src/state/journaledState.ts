import type { AccountFields, StateManagerInterface } from '@ethereumjs/common';
import { RLP } from '@ethereumjs/rlp';
import { OriginalStorageCache } from '@ethereumjs/statemanager';
import { Account, type Address, equalsBytes, KECCAK256_NULL, KECCAK256_RLP, unpadBytes } from '@ethereumjs/util';
import type { StateChanges } from '@minichain/evm';
import { keccak256 } from '../crypto/keccak.ts';
import { encodeRlp } from '../encoding/rlp.ts';
import { encodeAccount } from './accountCodec.ts';
import {
  type AccountNow,
  accountWith,
  copyOf,
  type Entry,
  isSame,
  nowOf,
  rememberWritten,
  storagesOf,
  storedRoot,
} from './accountEntry.ts';
import { codeKey } from './codeKey.ts';
import { bytesFrom, hexFrom } from './hexFrom.ts';
import type { JournaledStateModules, PastState, StateTries, WrittenTries } from './stateTries.ts';
import { storedAccount } from './storedAccount.ts';
import type { Trie } from './trie/trie.ts';

const EMPTY = new Uint8Array();

/**
 * The state of one block or call: reads fall through to the tries and are kept, writes stay in memory with a journal of
 * how to take them back, and only `getStateRoot` writes tries: what has changed, once.
 */
export class JournaledState implements StateManagerInterface {
  readonly originalStorageCache = new OriginalStorageCache((address, key) => this.getStorage(address, key));
  readonly #tries: StateTries;
  #trie: Trie;
  /** Stands for the trie as it was at first, which is what entries are made of. */
  #past: PastState | undefined;
  readonly #writes: JournaledStateModules['writes'];
  readonly #entries = new Map<string, Entry>();
  readonly #codes = new Map<string, Uint8Array>();
  /** Entries that may differ from the trie. */
  readonly #changed = new Set<Entry>();
  /** How to take back each write since the first open checkpoint, and how many there were at each. */
  #undo: (() => void)[] = [];
  #checkpoints: number[] = [];

  constructor({ root, tries, writes }: JournaledStateModules) {
    this.#tries = tries;
    this.#trie = tries.open(root);
    this.#past = tries.pastAt(root);
    this.#writes = writes;
  }

  async getAccount(address: Address): Promise<Account | undefined> {
    const { current } = this.#entry(address.bytes);
    return current === undefined ? undefined : copyOf(current);
  }

  async putAccount(address: Address, account?: Account): Promise<void> {
    if (account === undefined) return this.deleteAccount(address);
    this.#setCurrent(this.#entry(address.bytes), copyOf(account));
  }

  async deleteAccount(address: Address): Promise<void> {
    const entry = this.#entry(address.bytes);
    this.#clear(entry);
    this.#setCurrent(entry, undefined);
  }

  async modifyAccountFields(address: Address, fields: AccountFields): Promise<void> {
    const account = (await this.getAccount(address)) ?? new Account();
    await this.putAccount(address, Object.assign(account, fields));
  }

  async putCode(address: Address, code: Uint8Array): Promise<void> {
    const codeHash = code.length === 0 ? KECCAK256_NULL : keccak256(code);
    // Found by its hash alone, so that there is nothing to take back.
    if (code.length > 0) this.#codes.set(codeKey(codeHash), code);
    await this.modifyAccountFields(address, { codeHash });
  }

  async getCode(address: Address): Promise<Uint8Array> {
    const { current } = this.#entry(address.bytes);
    return current === undefined ? EMPTY : this.codeNow(current.codeHash);
  }

  getCodeSize = async (address: Address): Promise<number> => (await this.getCode(address)).length;

  async getStorage(address: Address, key: Uint8Array): Promise<Uint8Array> {
    return this.slotNow(address.bytes, key);
  }

  async putStorage(address: Address, key: Uint8Array, value: Uint8Array): Promise<void> {
    const entry = this.#entry(address.bytes);
    if (entry.current === undefined) throw new TypeError(`storage of an account that is not there: ${address}`);
    this.#setSlot(entry, hexFrom(key), unpadBytes(value));
  }

  async clearStorage(address: Address): Promise<void> {
    const entry = this.#entry(address.bytes);
    this.#clear(entry);
    const account = entry.current === undefined ? new Account() : copyOf(entry.current);
    account.storageRoot = KECCAK256_RLP;
    this.#setCurrent(entry, account);
  }

  async checkpoint(): Promise<void> {
    this.#checkpoints.push(this.#undo.length);
  }

  async commit(): Promise<void> {
    this.#checkpoints.pop();
    if (this.#checkpoints.length === 0) this.#undo = [];
  }

  async revert(): Promise<void> {
    const length = this.#checkpoints.pop() ?? 0;
    while (this.#undo.length > length) this.#undo.pop()?.();
  }

  /** The account at 20 bytes of address, at once. */
  accountNow(address: Uint8Array): AccountNow | undefined {
    return nowOf(this.#entry(address));
  }

  /** @param key 32 bytes. @returns the value in its shortest form. */
  slotNow(address: Uint8Array, key: Uint8Array): Uint8Array {
    const entry = this.#entry(address);
    const slot = hexFrom(key);
    const known = entry.slots.get(slot);
    if (known !== undefined) return known;
    const value = entry.current === undefined ? EMPTY : this.#storedSlot(entry, key);
    entry.slots.set(slot, value);
    return value;
  }

  codeNow(codeHash: Uint8Array): Uint8Array {
    if (equalsBytes(codeHash, KECCAK256_NULL)) return EMPTY;
    const key = codeKey(codeHash);
    return this.#codes.get(key) ?? this.#tries.code(key) ?? EMPTY;
  }

  /** Takes over what a core has changed, at once. */
  apply({ accounts, codes }: StateChanges): void {
    for (const { hash, code } of codes) this.#codes.set(codeKey(hash), code);
    for (const { address, account, isStorageCleared, slots } of accounts) {
      const entry = this.#entry(address);
      if (isStorageCleared) this.#clear(entry);
      this.#setCurrent(entry, account && accountWith(account, storedRoot(entry)));
      for (const { key, value } of slots) this.#setSlot(entry, hexFrom(key), value);
    }
  }

  async getStateRoot(): Promise<Uint8Array> {
    return this.writeTries();
  }

  /** Writes what has changed into the tries, at once. @returns the state's root. */
  writeTries(): Uint8Array {
    for (const [key, code] of this.#codes) this.#tries.putCode(key, code);
    this.#codes.clear();
    const { top } = this.#trie;
    for (const entry of this.#changed) this.#write(entry);
    if (this.#isJournaled) this.#undo.push(() => this.#trie.turnTo(top));
    this.#changed.clear();
    return this.#tries.note(this.#trie);
  }

  /** The tries that the state now consists of and that may have something new. */
  writtenTries(): WrittenTries {
    return { accounts: this.#trie, storages: storagesOf(this.#entries) };
  }

  async setStateRoot(root: Uint8Array): Promise<void> {
    this.clearCaches();
    this.#trie = this.#tries.open(root);
    this.#past = this.#tries.pastAt(root);
  }

  hasStateRoot = async (root: Uint8Array): Promise<boolean> => this.#tries.has(root);

  clearCaches(): void {
    this.#writes.forget();
    this.#entries.clear();
    this.#changed.clear();
    this.#codes.clear();
    this.#undo = [];
    this.#checkpoints = [];
    this.originalStorageCache.clear();
  }

  /** A state on what this one has written into the tries. */
  shallowCopy(): JournaledState {
    return new JournaledState({ root: this.#tries.note(this.#trie), tries: this.#tries, writes: this.#writes });
  }

  /** A core has a journal of its own and opens no checkpoints here. */
  get #isJournaled(): boolean {
    return this.#checkpoints.length > 0;
  }

  #entry(address: Uint8Array): Entry {
    const key = hexFrom(address);
    const known = this.#entries.get(key);
    if (known !== undefined) return known;
    const stored = storedAccount(address, this.#trie, this.#past);
    const entry: Entry = {
      address,
      stored,
      current: stored,
      slots: new Map(),
      written: new Set(),
      isCleared: false,
      storage: undefined,
    };
    this.#entries.set(key, entry);
    return entry;
  }

  #setCurrent(entry: Entry, account: Account | undefined): void {
    const before = entry.current;
    entry.current = account;
    this.#changed.add(entry);
    if (this.#isJournaled)
      this.#undo.push(() => {
        entry.current = before;
        this.#changed.add(entry);
      });
  }

  #setSlot(entry: Entry, slot: string, value: Uint8Array): void {
    const { slots } = entry;
    const before = slots.get(slot);
    slots.set(slot, value);
    entry.written.add(slot);
    this.#changed.add(entry);
    if (this.#isJournaled)
      this.#undo.push(() => {
        if (before === undefined) slots.delete(slot);
        else slots.set(slot, before);
      });
  }

  #clear(entry: Entry): void {
    const { slots, isCleared, storage } = entry;
    entry.slots = new Map();
    entry.isCleared = true;
    entry.storage = undefined;
    this.#changed.add(entry);
    if (this.#isJournaled)
      this.#undo.push(() => {
        entry.slots = slots;
        entry.isCleared = isCleared;
        entry.storage = storage;
        this.#changed.add(entry);
      });
  }

  #storageTrie(entry: Entry): Trie {
    entry.storage ??= this.#tries.open(storedRoot(entry));
    return entry.storage;
  }

  #storedSlot(entry: Entry, key: Uint8Array): Uint8Array {
    if (storedRoot(entry) === KECCAK256_RLP) return EMPTY;
    // A storage that was opened may have been written.
    const isPast = this.#past !== undefined && entry.storage === undefined;
    const value = isPast ? this.#past?.slot(entry.address, key) : this.#storageTrie(entry).get(keccak256(key));
    return value === undefined ? EMPTY : (RLP.decode(value) as Uint8Array);
  }

  /** @returns the root of the account's storage as it is now. */
  #writeSlots(entry: Entry): Uint8Array {
    if (entry.written.size === 0) return storedRoot(entry);
    const trie = this.#storageTrie(entry);
    for (const slot of entry.written) {
      const value = entry.slots.get(slot);
      if (value === undefined) continue;
      const key = keccak256(bytesFrom(slot));
      if (value.length > 0) trie.put(key, encodeRlp(value));
      else trie.delete(key);
    }
    return this.#tries.note(trie);
  }

  #write(entry: Entry): void {
    if (this.#isJournaled) this.#undo.push(rememberWritten(entry, this.#changed));
    const { stored, current } = entry;
    const next = current && accountWith(current, this.#writeSlots(entry));
    this.#writes.note(entry, next, !this.#isJournaled);
    if (!isSame(stored, next)) {
      const key = keccak256(entry.address);
      if (next === undefined) this.#trie.delete(key);
      else this.#trie.put(key, encodeAccount(next));
    }
    entry.stored = next;
    entry.current = next;
    entry.isCleared = false;
    if (next === undefined) entry.storage = undefined;
    entry.written.clear();
  }
}
