import { RLP } from '@ethereumjs/rlp';
import {
  bigIntToUnpaddedBytes,
  bytesToBigInt,
  equalsBytes,
  KECCAK256_NULL,
  setLengthLeft,
  unpadBytes,
} from '@ethereumjs/util';
import type { StateChanges } from '@minichain/evm';
import type { Entry } from './accountEntry.ts';
import { bytesFrom, hexFrom } from './hexFrom.ts';

const HASH_BYTES = 32;
const NONE = new Uint8Array();
const YES = Uint8Array.of(1);
/** In place of a code hash: the account has the code that it had before. */
const SAME_CODE = YES;

interface DeltaAccount {
  readonly address: Uint8Array;
  /** As it is now; undefined when it is gone. Without a code hash it has the code that it had before. */
  readonly account:
    | { readonly nonce: bigint; readonly balance: bigint; readonly codeHash: Uint8Array | undefined }
    | undefined;
  /** Nothing of the storage that was there before is left. */
  readonly isStorageCleared: boolean;
  /** By key in hex. */
  readonly slots: Map<string, Uint8Array>;
}

type Fields = readonly (Uint8Array | readonly Uint8Array[])[];

function encodeOne({ address, account, isStorageCleared, slots }: DeltaAccount): Fields {
  if (account === undefined) return [address];
  const { nonce, balance, codeHash } = account;
  const code = codeHash === undefined ? SAME_CODE : equalsBytes(codeHash, KECCAK256_NULL) ? NONE : codeHash;
  const written = [...slots].flatMap(([key, value]) => [unpadBytes(bytesFrom(key)), value]);
  const numbers = [bigIntToUnpaddedBytes(nonce), bigIntToUnpaddedBytes(balance)];
  return [address, ...numbers, code, isStorageCleared ? YES : NONE, written];
}

function decodeOne([address, nonce, balance, code, cleared, written]: Fields): DeltaAccount {
  const slots = new Map<string, Uint8Array>();
  if (nonce === undefined) return { address: address as Uint8Array, account: undefined, isStorageCleared: true, slots };
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

  /** Notes an account that is about to be written into the tries. */
  note(entry: Entry): void {
    const { address, stored, current, isCleared, written } = entry;
    if (current === undefined) {
      this.#add({ address, account: undefined, isStorageCleared: true, slots: new Map() });
      return;
    }
    const { nonce, balance } = current;
    const codeHash = stored && equalsBytes(stored.codeHash, current.codeHash) ? undefined : current.codeHash;
    const slots = new Map<string, Uint8Array>();
    for (const slot of written) {
      const value = entry.slots.get(slot);
      if (value !== undefined) slots.set(slot, value);
    }
    this.#add({ address, account: { nonce, balance, codeHash }, isStorageCleared: isCleared, slots });
  }

  /** @param parent root of the state that it is applied to. */
  encode(parent: Uint8Array): Uint8Array {
    return RLP.encode([parent, ...[...this.#accounts.values()].map(encodeOne)] as never);
  }

  /** Root of the state that an encoded delta is applied to. */
  static parentOf(encoded: Uint8Array): Uint8Array {
    return (RLP.decode(encoded) as Uint8Array[])[0] as Uint8Array;
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
    const { account, isStorageCleared } = later;
    // Grown in place: a contract in which every block leaves something comes a thousand times.
    const slots = isStorageCleared ? later.slots : before.slots;
    if (slots !== later.slots) for (const [slot, value] of later.slots) slots.set(slot, value);
    this.#accounts.set(key, {
      address: later.address,
      account: { ...account, codeHash: account.codeHash ?? before.account?.codeHash },
      isStorageCleared: isStorageCleared || before.isStorageCleared,
      slots,
    });
  }
}
