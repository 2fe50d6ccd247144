import { RLP } from '@ethereumjs/rlp';
import { equalsBytes, KECCAK256_NULL, unpadBytes } from '@ethereumjs/util';
import { keccak256 } from '../crypto/keccak.ts';
import type { StateTries } from './stateTries.ts';
import type { Trie } from './trie/trie.ts';

/** A contract in which every block leaves something, in one of so many slots. */
export interface Ring {
  readonly address: Uint8Array;
  /** EIP-4788 keeps the block's time by time (and takes away the beacon root of before), EIP-2935 its parent's hash by number. */
  readonly keeps: 'times' | 'hashes';
  readonly size: number;
}

/** What a ring is told of a block. */
export interface RingBlock {
  readonly number: number;
  /** Seconds. */
  readonly timestamp: number;
  readonly parentHash: Uint8Array;
}

const HASH_BYTES = 32;
/** From the end of an account's RLP to its storage root: that, the code hash, and what says how long the latter is. */
export const STORAGE_ROOT_FROM_END = 2 * HASH_BYTES + 1;
const CODE_HASH = 3;

export const slotBytes = (slot: number): Uint8Array => {
  const bytes = new Uint8Array(HASH_BYTES);
  new DataView(bytes.buffer).setUint32(HASH_BYTES - 4, slot);
  return bytes;
};

/** Slots are few and asked for over and over. */
const slotKeys: (Uint8Array | undefined)[] = [];
export function slotKey(slot: number): Uint8Array {
  slotKeys[slot] ??= keccak256(slotBytes(slot));
  return slotKeys[slot];
}

function bytesOf(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
  return unpadBytes(bytes);
}

export function slotOf({ keeps, size }: Ring, { number, timestamp }: Omit<RingBlock, 'parentHash'>): number {
  return keeps === 'times' ? timestamp % size : (number - 1) % size;
}

const storedBy = ({ keeps }: Ring, { timestamp, parentHash }: RingBlock): Uint8Array =>
  RLP.encode(keeps === 'times' ? bytesOf(timestamp) : unpadBytes(parentHash));

/** A ring whose contract is there. */
export interface HeldRing {
  readonly ring: Ring;
  readonly accountKey: Uint8Array;
  /** The account's RLP. */
  readonly account: Uint8Array;
  readonly storageRoot: Uint8Array;
}

/** Rings whose contracts are there: blocks leave the others alone. */
export function heldRings(accounts: Trie, rings: readonly Ring[]): HeldRing[] {
  return rings.flatMap((ring) => {
    const accountKey = keccak256(ring.address);
    const account = accounts.get(accountKey)?.slice();
    if (account === undefined) return [];
    if (equalsBytes(RLP.decode(account)[CODE_HASH] as Uint8Array, KECCAK256_NULL)) return [];
    const at = account.length - STORAGE_ROOT_FROM_END;
    return [{ ring, accountKey, account, storageRoot: account.slice(at, at + HASH_BYTES) }];
  });
}

/** One ring's storage, with the account that holds it. */
interface OpenRing extends HeldRing {
  readonly storage: Trie;
  readonly touched: Set<number>;
}

/** The state of blocks in which nothing happens: rings turn, and all else stays. */
export class RingTries {
  readonly #accounts: Trie;
  readonly #rings: readonly OpenRing[];

  /** @param root of the state before the first block. */
  constructor(tries: StateTries, root: Uint8Array, rings: readonly Ring[]) {
    this.#accounts = tries.open(root);
    this.#rings = heldRings(this.#accounts, rings).map((held) => ({
      ...held,
      storage: tries.open(held.storageRoot),
      touched: new Set(),
    }));
  }

  /** Applies the next block. */
  apply(block: RingBlock): void {
    for (const { ring, storage, touched } of this.#rings) {
      const slot = slotOf(ring, block);
      touched.add(slot);
      storage.put(slotKey(slot), storedBy(ring, block));
      if (ring.keeps === 'times') storage.delete(slotKey(slot + ring.size));
    }
  }

  /** State root after the blocks that were applied. */
  root(): Uint8Array {
    for (const { account, accountKey, storage } of this.#rings) {
      account.set(storage.root(), account.length - STORAGE_ROOT_FROM_END);
      this.#accounts.put(accountKey, account.slice());
    }
    return this.#accounts.root();
  }

  /** Its tries, the one of the accounts first. */
  tries(): Trie[] {
    this.root();
    return [this.#accounts, ...this.#rings.map(({ storage }) => storage)];
  }

  /** Slots that were written. */
  *slots(): Generator<Uint8Array> {
    for (const { touched } of this.#rings) for (const slot of touched) yield slotBytes(slot);
  }
}
