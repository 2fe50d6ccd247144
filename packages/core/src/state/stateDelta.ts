import { RLP } from '@ethereumjs/rlp';
import {
  type Account,
  bigIntToUnpaddedBytes,
  bytesToBigInt,
  equalsBytes,
  KECCAK256_NULL,
  KECCAK256_RLP,
  setLengthLeft,
  unpadBytes,
} from '@ethereumjs/util';
import type { StateChanges } from '@minichain/evm';
import type { Entry } from './accountEntry.ts';
import { bytesFrom, hexFrom } from './hexFrom.ts';

const HASH_BYTES = 32;
const ADDRESS_BYTES = 20;
/** The first byte of a list in RLP, of no length. */
const SHORT_LIST = 0xc0;
/** The first byte of a long list says by how much more than this how many bytes its length has. */
const LONG_LIST = 0xf7;
const NONE = new Uint8Array();
const YES = Uint8Array.of(1);
/** In place of a code hash: the account has the code that it had before. */
const SAME_CODE = YES;

export interface DeltaAccount {
  readonly address: Uint8Array;
  /** As it is now; undefined when it is gone. Without a code hash it has the code that it had before. */
  readonly account:
    | { readonly nonce: bigint; readonly balance: bigint; readonly codeHash: Uint8Array | undefined }
    | undefined;
  /** Nothing of the storage that was there before is left. */
  readonly isStorageCleared: boolean;
  /** As it is now; undefined where the storage is what it was before. */
  readonly storageRoot: Uint8Array | undefined;
  /** By key in hex. */
  readonly slots: Map<string, Uint8Array>;
}

const asBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array) => Buffer.from(buffer, byteOffset, byteLength);

/** @returns undefined when it is what it was, and something. */
function sameOrNew(now: Uint8Array, before: Uint8Array | undefined, none: Uint8Array): Uint8Array | undefined {
  if (equalsBytes(now, none)) return none;
  return before !== undefined && equalsBytes(now, before) ? undefined : now;
}

/** Where the item of RLP that begins somewhere has its contents; it is a list. */
function listAt(encoded: Uint8Array, at: number): { readonly from: number; readonly end: number } {
  const first = encoded[at] as number;
  if (first <= LONG_LIST) return { from: at + 1, end: at + 1 + first - SHORT_LIST };
  const from = at + 1 + first - LONG_LIST;
  let length = 0;
  for (let i = at + 1; i < from; i++) length = length * 256 + (encoded[i] as number);
  return { from, end: from + length };
}

type Fields = readonly (Uint8Array | readonly Uint8Array[])[];

function encodeOne({ address, account, isStorageCleared, storageRoot, slots }: DeltaAccount): Fields {
  if (account === undefined) return [address];
  const { nonce, balance, codeHash } = account;
  const code = codeHash === undefined ? SAME_CODE : equalsBytes(codeHash, KECCAK256_NULL) ? NONE : codeHash;
  const written = [...slots].flatMap(([key, value]) => [unpadBytes(bytesFrom(key)), value]);
  const numbers = [bigIntToUnpaddedBytes(nonce), bigIntToUnpaddedBytes(balance)];
  const last = storageRoot === undefined ? [] : [equalsBytes(storageRoot, KECCAK256_RLP) ? NONE : storageRoot];
  return [address, ...numbers, code, isStorageCleared ? YES : NONE, written, ...last];
}

const gone = (address: Uint8Array): DeltaAccount => ({
  ...{ address, account: undefined, isStorageCleared: true, storageRoot: undefined },
  slots: new Map(),
});

function decodeOne([address, nonce, balance, code, cleared, written, storageRoot]: Fields): DeltaAccount {
  if (nonce === undefined) return gone(address as Uint8Array);
  const slots = new Map<string, Uint8Array>();
  const pairs = written as Uint8Array[];
  for (let i = 0; i < pairs.length; i += 2) {
    slots.set(hexFrom(setLengthLeft(pairs[i] as Uint8Array, HASH_BYTES)), pairs[i + 1] as Uint8Array);
  }
  const given = code as Uint8Array;
  const codeHash = given.length === 0 ? KECCAK256_NULL : given.length < HASH_BYTES ? undefined : given;
  return {
    address: address as Uint8Array,
    account: { nonce: bytesToBigInt(nonce as Uint8Array), balance: bytesToBigInt(balance as Uint8Array), codeHash },
    isStorageCleared: (cleared as Uint8Array).length > 0,
    storageRoot: storageRoot?.length === 0 ? KECCAK256_RLP : (storageRoot as Uint8Array | undefined),
    slots,
  };
}

/**
 * What makes one state of another: accounts and slots as they are now. A few hundred bytes for a transfer, where the trie
 * nodes that it makes new are some thousands.
 */
export class StateDelta {
  readonly #accounts = new Map<string, DeltaAccount>();

  /** Accounts and slots in it. */
  get size(): number {
    let size = this.#accounts.size;
    for (const { slots } of this.#accounts.values()) size += slots.size;
    return size;
  }

  clear(): void {
    this.#accounts.clear();
  }

  /** Notes an account that is about to be written into the tries. @param next as it will be there. */
  note(entry: Entry, next: Account | undefined): void {
    const { address, stored, isCleared, written } = entry;
    if (next === undefined) {
      this.#add(gone(address));
      return;
    }
    const { nonce, balance } = next;
    // That there is none is as short, and nobody has to look further back for it.
    const codeHash = sameOrNew(next.codeHash, stored?.codeHash, KECCAK256_NULL);
    const storageRoot = sameOrNew(next.storageRoot, stored?.storageRoot, KECCAK256_RLP);
    const slots = new Map<string, Uint8Array>();
    for (const slot of written) {
      const value = entry.slots.get(slot);
      if (value !== undefined) slots.set(slot, value);
    }
    this.#add({ address, account: { nonce, balance, codeHash }, isStorageCleared: isCleared, storageRoot, slots });
  }

  /** @param parent root of the state that it is applied to. */
  encode(parent: Uint8Array): Uint8Array {
    return RLP.encode([parent, ...[...this.#accounts.values()].map(encodeOne)] as never);
  }

  /** Root of the state that an encoded delta is applied to. */
  static parentOf(encoded: Uint8Array): Uint8Array {
    const at = listAt(encoded, 0).from + 1;
    return encoded.subarray(at, at + HASH_BYTES);
  }

  /** What an encoded delta says of an account; undefined when that is nothing. */
  static accountIn(encoded: Uint8Array, address: Uint8Array): DeltaAccount | undefined {
    // Most say nothing of it, and that is seen without decoding them.
    if (!asBuffer(encoded).includes(asBuffer(address))) return undefined;
    const { from, end } = listAt(encoded, 0);
    for (let at = from + 1 + HASH_BYTES; at < end; ) {
      const account = listAt(encoded, at);
      const found = encoded.subarray(account.from + 1, account.from + 1 + ADDRESS_BYTES);
      if (equalsBytes(found, address)) return decodeOne(RLP.decode(encoded.subarray(at, account.end)) as Fields);
      at = account.end;
    }
    return undefined;
  }

  /** Adds one that was encoded and is applied after what is here. */
  absorb(encoded: Uint8Array): void {
    const [, ...accounts] = RLP.decode(encoded) as unknown as [Uint8Array, ...Fields[]];
    for (const one of accounts) this.#add(decodeOne(one));
  }

  /** For a state to apply. @param codeBefore of an account that keeps its code. */
  changes(codeBefore: (address: Uint8Array) => Uint8Array): StateChanges {
    const accounts = [...this.#accounts.values()].map(({ address, account, isStorageCleared, slots }) => ({
      address,
      account: account && { ...account, codeHash: account.codeHash ?? codeBefore(address) },
      isStorageCleared,
      slots: [...slots].map(([key, value]) => ({ key: bytesFrom(key), value })),
    }));
    return { accounts, codes: [] };
  }

  #add(later: DeltaAccount): void {
    const key = hexFrom(later.address);
    const before = this.#accounts.get(key);
    if (before === undefined || later.account === undefined) {
      this.#accounts.set(key, later);
      return;
    }
    const { account, isStorageCleared, storageRoot } = later;
    // Grown in place: a contract in which every block leaves something comes a thousand times.
    const slots = isStorageCleared ? later.slots : before.slots;
    if (slots !== later.slots) for (const [slot, value] of later.slots) slots.set(slot, value);
    this.#accounts.set(key, {
      address: later.address,
      account: { ...account, codeHash: account.codeHash ?? before.account?.codeHash },
      isStorageCleared: isStorageCleared || before.isStorageCleared,
      storageRoot: storageRoot ?? before.storageRoot,
      slots,
    });
  }
}
