import { RLP } from '@ethereumjs/rlp';
import { equalsBytes, KECCAK256_NULL, unpadBytes } from '@ethereumjs/util';
import { keccak256 } from '../crypto/keccak.ts';
import type { StateTries } from './stateTries.ts';
import { HotTrie } from './trie/hotTrie.ts';
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
const STORAGE_ROOT_FROM_END = 2 * HASH_BYTES + 1;
const CODE_HASH = 3;

const slotBytes = (slot: number): Uint8Array => {
  const bytes = new Uint8Array(HASH_BYTES);
  new DataView(bytes.buffer).setUint32(HASH_BYTES - 4, slot);
  return bytes;
};

/** Slots are few and asked for over and over. */
const slotKeys: (Uint8Array | undefined)[] = [];
function slotKey(slot: number): Uint8Array {
  slotKeys[slot] ??= keccak256(slotBytes(slot));
  return slotKeys[slot];
}

function bytesOf(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
  return unpadBytes(bytes);
}

function slotOf({ keeps, size }: Ring, { number, timestamp }: RingBlock): number {
  return keeps === 'times' ? timestamp % size : (number - 1) % size;
}

const storedBy = ({ keeps }: Ring, { timestamp, parentHash }: RingBlock): Uint8Array =>
  RLP.encode(keeps === 'times' ? bytesOf(timestamp) : unpadBytes(parentHash));

/** One ring's storage, with the account that holds it. */
interface OpenRing {
  readonly ring: Ring;
  readonly accountKey: Uint8Array;
  /** The account's RLP; its storage root is replaced where it is. */
  readonly account: Uint8Array;
  readonly storage: Trie;
  hot: HotTrie | undefined;
  readonly touched: Set<number>;
}

/** The state of blocks in which nothing happens: rings turn, and all else stays. */
export class RingTries {
  readonly #accounts: Trie;
  readonly #rings: OpenRing[] = [];
  #hotAccounts: HotTrie | undefined;

  /** @param root of the state before the first block. */
  constructor(tries: StateTries, root: Uint8Array, rings: readonly Ring[]) {
    this.#accounts = tries.open(root);
    for (const ring of rings) {
      const accountKey = keccak256(ring.address);
      const account = this.#accounts.get(accountKey)?.slice();
      if (account === undefined) continue;
      const codeHash = RLP.decode(account)[CODE_HASH] as Uint8Array;
      if (equalsBytes(codeHash, KECCAK256_NULL)) continue;
      const at = account.length - STORAGE_ROOT_FROM_END;
      const storage = tries.open(account.slice(at, at + HASH_BYTES));
      this.#rings.push({ ring, accountKey, account, storage, hot: undefined, touched: new Set() });
    }
  }

  /** Applies the next block. */
  apply(block: RingBlock): void {
    for (const { ring, storage, hot, touched } of this.#rings) {
      const slot = slotOf(ring, block);
      if (hot !== undefined) {
        hot.set(slot, storedBy(ring, block));
        continue;
      }
      touched.add(slot);
      storage.put(slotKey(slot), storedBy(ring, block));
      if (ring.keeps === 'times') storage.delete(slotKey(slot + ring.size));
    }
  }

  /** State root after the blocks that were applied. */
  root(): Uint8Array {
    for (const [index, { account, accountKey, storage, hot }] of this.#rings.entries()) {
      account.set((hot ?? storage).root(), account.length - STORAGE_ROOT_FROM_END);
      if (this.#hotAccounts === undefined) this.#accounts.put(accountKey, account.slice());
      else this.#hotAccounts.set(index, account);
    }
    return this.#hotAccounts?.root() ?? this.#accounts.root();
  }

  /**
   * From now on only roots are of interest. Twice as fast, once every ring is full.
   * @returns whether that is so.
   */
  heat(): boolean {
    if (this.#hotAccounts !== undefined || !this.#rings.every(isFull)) return false;
    if (this.#rings.length === 0) return false;
    this.root();
    for (const open of this.#rings) {
      const keys = Array.from({ length: open.ring.size }, (_, slot) => slotKey(slot));
      open.hot = new HotTrie(open.storage, keys);
    }
    const keys = this.#rings.map(({ accountKey }) => accountKey);
    this.#hotAccounts = new HotTrie(this.#accounts, keys);
    return true;
  }

  /** Its tries, the one of the accounts first. Not once it is hot. */
  tries(): Trie[] {
    this.root();
    return [this.#accounts, ...this.#rings.map(({ storage }) => storage)];
  }

  /** Slots that were written. */
  *slots(): Generator<Uint8Array> {
    for (const { touched } of this.#rings) for (const slot of touched) yield slotBytes(slot);
  }
}

/** Whether every slot that blocks write into is there, and none that they take away. */
function isFull({ ring, storage }: OpenRing): boolean {
  for (let slot = 0; slot < ring.size; slot++) {
    if (storage.get(slotKey(slot)) === undefined) return false;
    if (ring.keeps === 'times' && storage.get(slotKey(slot + ring.size)) !== undefined) return false;
  }
  return true;
}
