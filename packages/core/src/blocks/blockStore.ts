import { bigIntToUnpaddedBytes, bytesToBigInt, equalsBytes } from '@ethereumjs/util';
import { LRUCache } from 'lru-cache';
import type { Hardforks } from '../contract.ts';
import type { Database } from '../storage/database.ts';
import { keyOf, namePart, numberPart } from '../storage/keys.ts';
import { decodeExecutedBlock, encodeExecutedBlock } from './blockCodec.ts';
import { BlockIndexes } from './blockIndexes.ts';
import type { ExecutedBlock, TransactionLocation } from './executedBlock.ts';
import { RunStore } from './runs/runStore.ts';

const HEAD = keyOf('meta', namePart('head'));
const OLDEST = keyOf('meta', namePart('oldest'));
const BASE = keyOf('meta', namePart('base'));
const GENESIS = keyOf('meta', namePart('genesis'));
const HASH_BYTES = 32;
/** How far back BLOCKHASH can ask. */
const ASKED_HASHES = 256n;
/** What a decoded block weighs, roughly: the library's objects for it, and more for each byte that they were made of. */
const DECODED_BYTES = 3072;
const DECODED_BYTES_PER_BYTE = 3;
/** Blocks that came last stay decoded, as they were made: their receipts are asked for next. */
const LATEST_BLOCKS = 32;

interface BlockStoreModules {
  readonly database: Database;
  readonly hardforks: Hardforks;
}

/**
 * Every block that was imported, by hash, and which of them are canonical. Changes are staged in the database: whoever holds
 * the write lane commits them.
 */
export class BlockStore {
  readonly indexes: BlockIndexes;
  /** Those of its blocks in which nothing happens, where there are many after each other. */
  readonly runs: RunStore;
  readonly #database: Database;
  readonly #hardforks: Hardforks;
  /** Those that were asked for. */
  readonly #decoded: LRUCache<string, ExecutedBlock>;
  /** Those that came last. Among the others they would push out what is asked for, and fill the cache with what nobody asks for. */
  readonly #latest = new LRUCache<string, ExecutedBlock>({ max: LATEST_BLOCKS });

  /** @param options.cacheBytes of the blocks that stay decoded in memory. */
  constructor(modules: BlockStoreModules, { cacheBytes }: { readonly cacheBytes: number }) {
    this.#database = modules.database;
    this.#hardforks = modules.hardforks;
    this.indexes = new BlockIndexes(modules.database);
    this.runs = new RunStore(modules);
    this.#decoded = new LRUCache({ maxSize: cacheBytes });
    this.#database.onDiscard(() => {
      this.#decoded.clear();
      this.#latest.clear();
    });
  }

  get(hash: Uint8Array): ExecutedBlock | undefined {
    const key = keyOf('block', hash);
    const known = this.#latest.get(key) ?? this.#decoded.get(key);
    if (known !== undefined) return known;
    const bytes = this.#database.get(key);
    const decoded =
      bytes === undefined ? this.#ofRun(hash) : decodeExecutedBlock(bytes.slice(), hash.slice(), this.#hardforks);
    if (decoded === undefined) return undefined;
    const editedRoot = this.#database.get(keyOf('editedRoot', hash));
    const block = editedRoot === undefined ? decoded : { ...decoded, stateRoot: editedRoot.slice() };
    this.#remember(key, block, bytes?.length ?? 0);
    return block;
  }

  has(hash: Uint8Array): boolean {
    return this.isStored(hash) || this.runs.find(hash) !== undefined;
  }

  /** Whether it is kept by itself, not as part of a run. */
  isStored(hash: Uint8Array): boolean {
    return this.#database.get(keyOf('block', hash)) !== undefined;
  }

  /** Hash of the head; undefined in a new database. */
  get head(): Uint8Array | undefined {
    return this.#database.get(HEAD)?.slice();
  }

  putHead(hash: Uint8Array): void {
    this.#database.put(HEAD, hash);
  }

  /** Height of the oldest block that is kept, besides the genesis. */
  get oldest(): bigint {
    const oldest = this.#number(OLDEST);
    return oldest > this.base ? oldest : this.base;
  }

  /** Height at which the chain begins, where it came from outside without what is below; 0: it is whole. */
  get base(): bigint {
    return this.#number(BASE);
  }

  putBase(number: bigint): void {
    this.#database.put(BASE, bigIntToUnpaddedBytes(number));
  }

  /** Hash of the genesis that the chain was made with, where it has taken in the blocks of another since. */
  get ownGenesis(): Uint8Array | undefined {
    return this.#database.get(GENESIS)?.slice();
  }

  putOwnGenesis(hash: Uint8Array): void {
    this.#database.put(GENESIS, hash);
  }

  /**
   * Forgets the oldest block that is kept, with what is indexed of it. The genesis stays, and hashes of heights as long as
   * BLOCKHASH can ask for them.
   */
  forgetOldest(): void {
    const oldest = this.oldest === 0n ? 1n : this.oldest;
    const block = this.canonicalAt(oldest);
    if (block !== undefined) {
      this.indexes.remove(block);
      this.#database.delete(keyOf('block', block.hash));
      this.#database.delete(keyOf('editedRoot', block.hash));
      this.#forget(keyOf('block', block.hash));
    }
    if (oldest > ASKED_HASHES) this.#database.delete(keyOf('canonical', numberPart(oldest - ASKED_HASHES)));
    const run = this.runs.canonicalRun(Number(oldest - ASKED_HASHES));
    if (run?.last === Number(oldest - ASKED_HASHES)) this.runs.truncate(run, run.first - 1);
    this.#database.put(OLDEST, bigIntToUnpaddedBytes(oldest + 1n));
  }

  /** When the chain starts anew at its genesis: nothing of it has been forgotten, and no hash of what was is asked for. */
  forgetHistory(): void {
    const { oldest } = this;
    const first = oldest > ASKED_HASHES ? oldest - ASKED_HASHES : 1n;
    for (let number = first; number < oldest; number++) {
      this.#database.delete(keyOf('canonical', numberPart(number)));
    }
    this.#database.delete(OLDEST);
  }

  canonicalAt(number: bigint): ExecutedBlock | undefined {
    const hash = this.canonicalHash(number);
    return hash === undefined ? undefined : this.get(hash);
  }

  canonicalHash(number: bigint): Uint8Array | undefined {
    if (number < 0n) return undefined;
    const hash = this.#database.get(keyOf('canonical', numberPart(number)));
    if (hash !== undefined) return hash;
    const run = this.runs.canonicalRun(Number(number));
    return run === undefined ? undefined : this.runs.hash(run, Number(number));
  }

  isCanonical({ block, hash }: Pick<ExecutedBlock, 'block' | 'hash'>): boolean {
    const canonical = this.canonicalHash(block.header.number);
    return canonical !== undefined && equalsBytes(canonical, hash);
  }

  /** Where a canonical transaction is. */
  transaction(hash: Uint8Array): TransactionLocation | undefined {
    const place = this.indexes.place(hash);
    if (place === undefined) return undefined;
    const block = this.get(place.blockHash);
    return block === undefined ? undefined : { block, index: place.index };
  }

  hasTransaction(hash: Uint8Array): boolean {
    return this.#database.get(keyOf('transaction', hash)) !== undefined;
  }

  put(block: ExecutedBlock): void {
    const key = keyOf('block', block.hash);
    // Memory is short, a disk is compressed.
    const bytes = encodeExecutedBlock(block, { isShort: !this.#database.isPersistent });
    this.#database.put(key, bytes);
    this.#decoded.delete(key);
    this.#latest.set(key, block);
  }

  /** Gives a block another state than its header has. @returns the block as it reads from now on. */
  putStateRoot(block: ExecutedBlock, stateRoot: Uint8Array): ExecutedBlock {
    const edited = { ...block, stateRoot };
    if (equalsBytes(stateRoot, block.block.header.stateRoot)) this.#database.delete(keyOf('editedRoot', block.hash));
    else this.#database.put(keyOf('editedRoot', block.hash), stateRoot);
    this.#decoded.delete(keyOf('block', block.hash));
    this.#latest.set(keyOf('block', block.hash), edited);
    return edited;
  }

  /** Forgets a block that is not canonical for good. */
  delete({ block, hash }: Pick<ExecutedBlock, 'block' | 'hash'>): void {
    this.forgetBranch(block.header.number, hash);
  }

  /** As `delete`, of a block that is known by its place. */
  forgetBranch(number: bigint, hash: Uint8Array): void {
    const key = keyOf('block', hash);
    this.#database.delete(key);
    this.#database.delete(keyOf('editedRoot', hash));
    this.#forget(key);
    this.#setBranches(
      number,
      this.branchesAt(number).filter((one) => !equalsBytes(one, hash)),
    );
  }

  /** Makes a block canonical at its height. */
  addCanonical(block: ExecutedBlock): void {
    const { number } = block.block.header;
    this.#database.put(keyOf('canonical', numberPart(number)), block.hash);
    this.indexes.add(block);
    const branches = this.branchesAt(number);
    const others = branches.filter((one) => !equalsBytes(one, block.hash));
    if (others.length !== branches.length) this.#setBranches(number, others);
  }

  /** Takes a block off the canonical chain; it stays as the block of a branch. */
  removeCanonical(block: ExecutedBlock): void {
    const { number } = block.block.header;
    this.#database.delete(keyOf('canonical', numberPart(number)));
    this.indexes.remove(block);
    this.#setBranches(number, [...this.branchesAt(number), block.hash]);
  }

  /** Hashes of the blocks at a height that are not canonical. */
  branchesAt(number: bigint): Uint8Array[] {
    const hashes = this.#database.get(keyOf('branch', numberPart(number))) ?? new Uint8Array();
    return Array.from({ length: hashes.length / HASH_BYTES }, (_, i) =>
      hashes.slice(i * HASH_BYTES, (i + 1) * HASH_BYTES),
    );
  }

  #number(key: string): bigint {
    const bytes = this.#database.get(key);
    return bytes === undefined ? 0n : bytesToBigInt(bytes);
  }

  #ofRun(hash: Uint8Array): ExecutedBlock | undefined {
    const place = this.runs.find(hash);
    if (place === undefined || place.number < Number(this.oldest)) return undefined;
    return this.runs.block(place.run, place.number);
  }

  #setBranches(number: bigint, hashes: readonly Uint8Array[]): void {
    const key = keyOf('branch', numberPart(number));
    if (hashes.length > 0) this.#database.put(key, Buffer.concat(hashes));
    else if (this.#database.get(key) !== undefined) this.#database.delete(key);
  }

  #forget(key: string): void {
    this.#decoded.delete(key);
    this.#latest.delete(key);
  }

  #remember(key: string, block: ExecutedBlock, bytes: number): void {
    this.#decoded.set(key, block, { size: DECODED_BYTES + DECODED_BYTES_PER_BYTE * bytes });
  }
}
