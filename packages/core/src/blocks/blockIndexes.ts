import { bytesToUnprefixedHex } from '@ethereumjs/util';
import { keccak256 } from '../crypto/keccak.ts';
import type { LogQuery } from '../readers.ts';
import type { Database } from '../storage/database.ts';
import { keyOf, numberPart } from '../storage/keys.ts';
import type { ExecutedBlock } from './executedBlock.ts';
import { HeightIndex, type HeightRange } from './heightIndex.ts';

const HASH_BYTES = 32;
const DIGEST_BYTES = 8;
/** Place of a log's address among what is indexed of it; topics follow. */
const ADDRESS_PLACE = 0;
/** What stands for "any log at all". */
const ANY_LOG = keyOf('logIndex', '0000000000000000', 'ff');

/** Where a transaction is, and which one a sender's nonce is, are found by these. */
export type TransactionPlace = { readonly blockHash: Uint8Array; readonly index: number };

function logKey(item: Uint8Array, place: number): string {
  return keyOf('logIndex', keccak256(item).subarray(0, DIGEST_BYTES), Uint8Array.of(place));
}

/** Keys of all that the logs of a block can be asked by. */
function logKeysOf({ receipts }: ExecutedBlock): Set<string> {
  const items = new Map<string, readonly [Uint8Array, number]>();
  for (const { logs } of receipts) {
    for (const { address, topics } of logs) {
      items.set(bytesToUnprefixedHex(address), [address, ADDRESS_PLACE]);
      for (const [i, topic] of topics.entries()) {
        items.set(`${i}${bytesToUnprefixedHex(topic)}`, [topic, ADDRESS_PLACE + 1 + i]);
      }
    }
  }
  const keys = new Set([...items.values()].map(([item, place]) => logKey(item, place)));
  if (keys.size > 0) keys.add(ANY_LOG);
  return keys;
}

function activityKeysOf({ activity, block }: ExecutedBlock): Set<string> {
  const keys = new Set(activity.flatMap(({ addresses }) => addresses.map((one) => keyOf('activity', one))));
  for (const { address } of block.withdrawals ?? []) keys.add(keyOf('activity', address.bytes));
  return keys;
}

/**
 * What can be looked up about the canonical chain: transactions by hash and by sender and nonce, blocks by what their logs
 * say and by who took part, contracts by address. Every entry is made when its block becomes canonical and taken out when
 * it leaves, in the same write as the block.
 */
export class BlockIndexes {
  readonly #database: Database;
  readonly #heights: HeightIndex;

  constructor(database: Database) {
    this.#database = database;
    this.#heights = new HeightIndex(database);
  }

  add(executed: ExecutedBlock): void {
    const { block, hash, senders, activity } = executed;
    const { number } = block.header;
    block.transactions.forEach((tx, index) => {
      const place = Buffer.alloc(HASH_BYTES + 4);
      place.set(hash);
      place.writeUInt32BE(index, HASH_BYTES);
      const transactionHash = tx.hash();
      this.#database.put(keyOf('transaction', transactionHash), place);
      this.#database.put(this.#nonceKey(senders[index]?.bytes, tx.nonce), transactionHash);
      for (const { address, creator } of activity[index]?.created ?? []) {
        this.#database.put(keyOf('creator', address), Buffer.concat([transactionHash, creator]));
      }
    });
    for (const key of activityKeysOf(executed)) this.#heights.add(key, number);
    for (const key of logKeysOf(executed)) this.#heights.add(key, number);
  }

  remove(executed: ExecutedBlock): void {
    const { block, senders, activity } = executed;
    const { number } = block.header;
    block.transactions.forEach((tx, index) => {
      this.#database.delete(keyOf('transaction', tx.hash()));
      this.#database.delete(this.#nonceKey(senders[index]?.bytes, tx.nonce));
      for (const { address } of activity[index]?.created ?? []) this.#database.delete(keyOf('creator', address));
    });
    for (const key of activityKeysOf(executed)) this.#heights.remove(key, number);
    for (const key of logKeysOf(executed)) this.#heights.remove(key, number);
  }

  /** Entries of a canonical block that are not there, in words; none when it is indexed as {@link add} does. */
  *missing(executed: ExecutedBlock): Generator<string> {
    const { number } = executed.block.header;
    yield* this.#missingTransactions(executed);
    for (const key of activityKeysOf(executed)) {
      if (!this.#heights.has(key, number)) yield `address 0x${key.slice(2)}`;
    }
    for (const key of logKeysOf(executed)) {
      if (!this.#heights.has(key, number)) yield `what its logs say (${key.slice(2)})`;
    }
  }

  place(transactionHash: Uint8Array): TransactionPlace | undefined {
    const place = this.#database.get(keyOf('transaction', transactionHash));
    if (place === undefined) return undefined;
    const view = new DataView(place.buffer, place.byteOffset, place.length);
    return { blockHash: place.slice(0, HASH_BYTES), index: view.getUint32(HASH_BYTES) };
  }

  /** Hash of the mined transaction that a sender's nonce went to. */
  bySenderNonce(sender: Uint8Array, nonce: bigint): Uint8Array | undefined {
    return this.#database.get(this.#nonceKey(sender, nonce))?.slice();
  }

  /** How a contract came to be; undefined for one of the genesis, and for what is no contract. */
  creation(contract: Uint8Array): { transactionHash: Uint8Array; creator: Uint8Array } | undefined {
    const found = this.#database.get(keyOf('creator', contract));
    if (found === undefined) return undefined;
    return { transactionHash: found.slice(0, HASH_BYTES), creator: found.slice(HASH_BYTES) };
  }

  /** Heights of blocks in which an address took part. */
  heightsWithActivity(address: Uint8Array, range: HeightRange): Generator<bigint> {
    return this.#heights.heights([[keyOf('activity', address)]], range);
  }

  /** Heights of blocks that hold logs which may match: all but a few, whose digests are the same by chance, do. */
  heightsWithLogs(
    { addresses, topics }: Pick<LogQuery, 'addresses' | 'topics'>,
    range: HeightRange,
  ): Generator<bigint> {
    const groups: (readonly string[])[] = [];
    if (addresses !== undefined && addresses.length > 0)
      groups.push(addresses.map((one) => logKey(one, ADDRESS_PLACE)));
    topics?.forEach((options, i) => {
      if (options !== null && options.length > 0) groups.push(options.map((one) => logKey(one, ADDRESS_PLACE + 1 + i)));
    });
    return this.#heights.heights(groups.length === 0 ? [[ANY_LOG]] : groups, range);
  }

  *#missingTransactions({ block, senders, activity }: ExecutedBlock): Generator<string> {
    for (const [index, tx] of block.transactions.entries()) {
      const hash = tx.hash();
      const name = bytesToUnprefixedHex(hash);
      if (this.place(hash) === undefined) yield `transaction hash 0x${name}`;
      const sender = senders[index]?.bytes ?? new Uint8Array();
      if (this.bySenderNonce(sender, tx.nonce) === undefined) yield `sender and nonce of transaction 0x${name}`;
      for (const { address } of activity[index]?.created ?? []) {
        if (this.creation(address) === undefined) yield `created contract 0x${bytesToUnprefixedHex(address)}`;
      }
    }
  }

  #nonceKey(sender: Uint8Array | undefined, nonce: bigint): string {
    return keyOf('senderNonce', sender ?? new Uint8Array(20), numberPart(nonce));
  }
}
