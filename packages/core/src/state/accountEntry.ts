import { Account, equalsBytes, KECCAK256_RLP } from '@ethereumjs/util';
import type { Trie } from './trie/trie.ts';

type Slots = Map<string, Uint8Array>;

/** What is known of one account: as the trie has it, and as it is now. */
export interface Entry {
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
  /** On the storage that is in the trie, once something of it was read. */
  storage: Trie | undefined;
}

export const copyOf = ({ nonce, balance, storageRoot, codeHash }: Account): Account =>
  new Account(nonce, balance, storageRoot, codeHash);

export function isSame(a: Account | undefined, b: Account | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return (
    a.nonce === b.nonce &&
    a.balance === b.balance &&
    equalsBytes(a.codeHash, b.codeHash) &&
    equalsBytes(a.storageRoot, b.storageRoot)
  );
}

/** Root of the storage that the account's slots are read from, in the trie. */
export function storedRoot({ stored, isCleared }: Entry): Uint8Array {
  if (isCleared || stored === undefined) return KECCAK256_RLP;
  return equalsBytes(stored.storageRoot, KECCAK256_RLP) ? KECCAK256_RLP : stored.storageRoot;
}

/** What an account is besides its storage. */
interface AccountFacts {
  readonly nonce: bigint;
  readonly balance: bigint;
  readonly codeHash: Uint8Array;
}

/** An account as it is now. */
export interface AccountNow extends AccountFacts {
  readonly hasStorage: boolean;
}

export const accountWith = ({ nonce, balance, codeHash }: AccountFacts, storageRoot: Uint8Array): Account =>
  new Account(nonce, balance, storageRoot, codeHash);

/** Whether any slot is not zero (EIP-7610). What was written since the trie was is looked at slot by slot. */
function hasStorage(entry: Entry): boolean {
  const { slots, written } = entry;
  for (const slot of written) if ((slots.get(slot)?.length ?? 0) > 0) return true;
  return storedRoot(entry) !== KECCAK256_RLP;
}

export function nowOf(entry: Entry): AccountNow | undefined {
  if (entry.current === undefined) return undefined;
  const { nonce, balance, codeHash } = entry.current;
  return { nonce, balance, codeHash, hasStorage: hasStorage(entry) };
}

/** Storage that was opened, by address in hex; undefined where there is no account. */
export function storagesOf(entries: ReadonlyMap<string, Entry>): Map<string, Trie | undefined> {
  const storages = new Map<string, Trie | undefined>();
  for (const [address, { current, storage }] of entries) {
    if (storage !== undefined || current === undefined) storages.set(address, current && storage);
  }
  return storages;
}

/** How an entry becomes what it is now, whatever is written of it into the tries. @param changed it is among these again then. */
export function rememberWritten(entry: Entry, changed: Set<Entry>): () => void {
  const { stored, current, isCleared, storage } = entry;
  const top = storage?.top;
  const written = [...entry.written];
  return () => {
    storage?.turnTo(top);
    Object.assign(entry, { stored, current, isCleared, storage });
    for (const slot of written) entry.written.add(slot);
    changed.add(entry);
  };
}
