import type { AccountFields, StateManagerInterface } from '@ethereumjs/common';
import type { MerklePatriciaTrie } from '@ethereumjs/mpt';
import { RLP } from '@ethereumjs/rlp';
import { OriginalStorageCache } from '@ethereumjs/statemanager';
import {
  Account,
  type Address,
  bytesToUnprefixedHex,
  createAccountFromRLP,
  equalsBytes,
  KECCAK256_NULL,
  KECCAK256_RLP,
  unpadBytes,
  unprefixedHexToBytes,
} from '@ethereumjs/util';
import { keccak256 } from '../crypto/keccak.ts';
import type { NodeBuffer } from '../storage/nodeBuffer.ts';
import { codeKey } from './codeKey.ts';

type Slots = Map<string, Uint8Array>;

/** What is known of one account: as the trie has it, and as it is now. */
interface Entry {
  readonly address: Uint8Array;
  /** In the trie; undefined when it is not there. */
  stored: Account | undefined;
  current: Account | undefined;
  /** Slots by key in hex, in their shortest form: those read and those written. */
  slots: Slots;
  /** Keys of slots that may differ from the trie. */
  readonly written: Set<string>;
  /** The storage in the trie is not this account's: it was cleared since. */
  isCleared: boolean;
}

export interface JournaledStateModules {
  /** On the root that the state begins with. */
  readonly trie: MerklePatriciaTrie;
  /** The trie's own database, where code lies as well. */
  readonly nodes: NodeBuffer;
  /** Is told addresses and slots that are new in the tries, which keep only their hashes. */
  readonly keys: { note(key: Uint8Array): void };
}

const EMPTY = new Uint8Array();

const copyOf = ({ nonce, balance, storageRoot, codeHash }: Account): Account =>
  new Account(nonce, balance, storageRoot, codeHash);

function isSame(a: Account | undefined, b: Account | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return (
    a.nonce === b.nonce &&
    a.balance === b.balance &&
    equalsBytes(a.codeHash, b.codeHash) &&
    equalsBytes(a.storageRoot, b.storageRoot)
  );
}

/**
 * The state of one block or call: reads fall through to the tries and are kept, writes stay in memory with a journal of
 * how to take them back, and only `getStateRoot` writes tries: what has changed, once.
 */
export class JournaledState implements StateManagerInterface {
  readonly originalStorageCache = new OriginalStorageCache((address, key) => this.getStorage(address, key));
  readonly #trie: MerklePatriciaTrie;
  readonly #nodes: NodeBuffer;
  readonly #keys: JournaledStateModules['keys'];
  readonly #entries = new Map<string, Entry>();
  readonly #codes = new Map<string, Uint8Array>();
  /** Entries that may differ from the trie. */
  readonly #changed = new Set<Entry>();
  /** How to take back each write since the first open checkpoint, and how many there were at each. */
  #undo: (() => void)[] = [];
  #checkpoints: number[] = [];

  constructor({ trie, nodes, keys }: JournaledStateModules) {
    this.#trie = trie;
    this.#nodes = nodes;
    this.#keys = keys;
  }

  async getAccount(address: Address): Promise<Account | undefined> {
    const { current } = await this.#entry(address);
    return current === undefined ? undefined : copyOf(current);
  }

  async putAccount(address: Address, account?: Account): Promise<void> {
    if (account === undefined) return this.deleteAccount(address);
    this.#setCurrent(await this.#entry(address), copyOf(account));
  }

  async deleteAccount(address: Address): Promise<void> {
    const entry = await this.#entry(address);
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
    const { current } = await this.#entry(address);
    if (current === undefined || equalsBytes(current.codeHash, KECCAK256_NULL)) return EMPTY;
    const key = codeKey(current.codeHash);
    return this.#codes.get(key) ?? (await this.#nodes.get(key)) ?? EMPTY;
  }

  async getCodeSize(address: Address): Promise<number> {
    return (await this.getCode(address)).length;
  }

  async getStorage(address: Address, key: Uint8Array): Promise<Uint8Array> {
    const entry = await this.#entry(address);
    const slot = bytesToUnprefixedHex(key);
    const known = entry.slots.get(slot);
    if (known !== undefined) return known;
    const value = entry.current === undefined ? EMPTY : await this.#storedSlot(entry, key);
    entry.slots.set(slot, value);
    return value;
  }

  async putStorage(address: Address, key: Uint8Array, value: Uint8Array): Promise<void> {
    const entry = await this.#entry(address);
    if (entry.current === undefined) throw new TypeError(`storage of an account that is not there: ${address}`);
    const { slots } = entry;
    const slot = bytesToUnprefixedHex(key);
    const before = slots.get(slot);
    slots.set(slot, unpadBytes(value));
    entry.written.add(slot);
    this.#changed.add(entry);
    this.#remember(() => {
      if (before === undefined) slots.delete(slot);
      else slots.set(slot, before);
    });
  }

  async clearStorage(address: Address): Promise<void> {
    const entry = await this.#entry(address);
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

  /** Writes what has changed into the tries. */
  async getStateRoot(): Promise<Uint8Array> {
    for (const [key, code] of this.#codes) await this.#nodes.put(key, code);
    this.#codes.clear();
    const before = this.#trie.root();
    for (const entry of this.#changed) await this.#write(entry);
    if (this.#changed.size > 0) this.#remember(() => this.#trie.root(before));
    this.#changed.clear();
    return this.#trie.root();
  }

  async setStateRoot(root: Uint8Array): Promise<void> {
    this.clearCaches();
    this.#trie.root(root);
  }

  async hasStateRoot(root: Uint8Array): Promise<boolean> {
    return equalsBytes(root, KECCAK256_RLP) || this.#nodes.has(bytesToUnprefixedHex(root));
  }

  clearCaches(): void {
    this.#entries.clear();
    this.#changed.clear();
    this.#codes.clear();
    this.#undo = [];
    this.#checkpoints = [];
    this.originalStorageCache.clear();
  }

  /** A state on what this one has written into the tries. */
  shallowCopy(): JournaledState {
    return new JournaledState({ trie: this.#trie.shallowCopy(false), nodes: this.#nodes, keys: this.#keys });
  }

  #remember(undo: () => void): void {
    if (this.#checkpoints.length > 0) this.#undo.push(undo);
  }

  async #entry(address: Address): Promise<Entry> {
    const key = bytesToUnprefixedHex(address.bytes);
    const known = this.#entries.get(key);
    if (known !== undefined) return known;
    const rlp = equalsBytes(this.#trie.root(), KECCAK256_RLP) ? null : await this.#trie.get(address.bytes);
    const meanwhile = this.#entries.get(key);
    if (meanwhile !== undefined) return meanwhile;
    const stored = rlp === null ? undefined : createAccountFromRLP(rlp);
    const entry: Entry = {
      address: address.bytes,
      stored,
      current: stored,
      slots: new Map(),
      written: new Set(),
      isCleared: false,
    };
    this.#entries.set(key, entry);
    return entry;
  }

  #setCurrent(entry: Entry, account: Account | undefined): void {
    const before = entry.current;
    entry.current = account;
    this.#changed.add(entry);
    this.#remember(() => {
      entry.current = before;
      this.#changed.add(entry);
    });
  }

  #clear(entry: Entry): void {
    const { slots, isCleared } = entry;
    entry.slots = new Map();
    entry.isCleared = true;
    this.#changed.add(entry);
    this.#remember(() => {
      entry.slots = slots;
      entry.isCleared = isCleared;
      this.#changed.add(entry);
    });
  }

  #storageTrie(entry: Entry): MerklePatriciaTrie {
    const trie = this.#trie.shallowCopy(false);
    trie.root(storedRoot(entry));
    return trie;
  }

  async #storedSlot(entry: Entry, key: Uint8Array): Promise<Uint8Array> {
    if (storedRoot(entry) === KECCAK256_RLP) return EMPTY;
    const value = await this.#storageTrie(entry).get(key);
    return value === null ? EMPTY : (RLP.decode(value) as Uint8Array);
  }

  /** @returns the root of the account's storage as it is now. */
  async #writeSlots(entry: Entry): Promise<Uint8Array> {
    if (entry.written.size === 0) return storedRoot(entry);
    const trie = this.#storageTrie(entry);
    for (const slot of entry.written) {
      const value = entry.slots.get(slot);
      if (value === undefined) continue;
      if (value.length > 0) await trie.put(unprefixedHexToBytes(slot), RLP.encode(value));
      else if (!equalsBytes(trie.root(), KECCAK256_RLP)) await trie.del(unprefixedHexToBytes(slot));
    }
    return trie.root();
  }

  async #write(entry: Entry): Promise<void> {
    const { stored, current, isCleared } = entry;
    const written = [...entry.written];
    if (stored === undefined) this.#keys.note(entry.address);
    for (const slot of written) this.#keys.note(unprefixedHexToBytes(slot));
    let next: Account | undefined;
    if (current !== undefined) {
      next = copyOf(current);
      next.storageRoot = await this.#writeSlots(entry);
    }
    if (!isSame(stored, next)) {
      if (next === undefined) await this.#trie.del(entry.address);
      else await this.#trie.put(entry.address, next.serialize());
    }
    Object.assign(entry, { stored: next, current: next, isCleared: false });
    entry.written.clear();
    this.#remember(() => {
      Object.assign(entry, { stored, current, isCleared });
      for (const slot of written) entry.written.add(slot);
      this.#changed.add(entry);
    });
  }
}

/** Root of the storage that the account's slots are read from, in the trie. */
function storedRoot({ stored, isCleared }: Entry): Uint8Array {
  if (isCleared || stored === undefined) return KECCAK256_RLP;
  return equalsBytes(stored.storageRoot, KECCAK256_RLP) ? KECCAK256_RLP : stored.storageRoot;
}
