import { RLP } from '@ethereumjs/rlp';
import { isBlob4844Tx, type TypedTransaction } from '@ethereumjs/tx';
import { Address, bytesToBigInt } from '@ethereumjs/util';
import type { Hardforks } from '../contract.ts';
import type { Database } from '../storage/database.ts';
import { keyOf, rangeOf } from '../storage/keys.ts';
import { readTransaction } from '../transactions/decode.ts';
import { withSender } from '../transactions/sender.ts';
import type { PooledTransaction } from './pooledTransaction.ts';

interface JournalModules {
  readonly database: Database;
  readonly hardforks: Hardforks;
}

/** As wallets send it: a blob transaction with its sidecar. */
const serialize = (tx: TypedTransaction): Uint8Array =>
  isBlob4844Tx(tx) && tx.blobs !== undefined ? tx.serializeNetworkWrapper() : tx.serialize();

/** A waiting transaction as bytes: RLP of chain id, raw transaction, sender, whether it was impersonated, arrival number. */
export function encodePooled({ tx, sender, impersonated, order }: PooledTransaction): Uint8Array {
  return RLP.encode([tx.common.chainId(), serialize(tx), sender.bytes, impersonated ? 1 : 0, order]);
}

/** The reverse of {@link encodePooled}. @param at height and time (seconds) whose rules it is read by. */
export function decodePooled(
  bytes: Uint8Array,
  hardforks: Hardforks,
  at: { readonly number: bigint; readonly timestamp: bigint },
): PooledTransaction {
  const [chainId, raw, from, impersonated, order] = RLP.decode(bytes) as Uint8Array[];
  const common = hardforks.commonAt(at.number, at.timestamp, bytesToBigInt(chainId as Uint8Array));
  const sender = new Address(from as Uint8Array);
  const tx = withSender(readTransaction(raw as Uint8Array, common, { freeze: false }), sender);
  return {
    tx,
    hash: tx.hash(),
    sender,
    impersonated: (impersonated as Uint8Array).length > 0,
    order: Number(bytesToBigInt(order as Uint8Array)),
  };
}

/** What waits in the pool, on disk: each entry is staged as it comes and goes. A pool in memory has no journal. */
export class PoolJournal {
  readonly #modules: JournalModules;

  constructor(modules: JournalModules) {
    this.#modules = modules;
  }

  /** Whether anything outlives the process. */
  get isKept(): boolean {
    return this.#modules.database.isPersistent;
  }

  /** Calls when what was put and removed is written, and when it is lost instead. */
  follow({ lost, written }: { readonly lost: (detail: string) => void; readonly written: () => void }): void {
    const { database } = this.#modules;
    if (!this.isKept) return;
    database.onDiscard(() => lost(database.refusal() ?? 'a write that it was part of has failed'));
    database.onCommitted(written);
  }

  put(pooled: PooledTransaction): void {
    const { database } = this.#modules;
    const key = keyOf('pool', pooled.hash);
    if (database.isPersistent && database.get(key) === undefined) database.put(key, encodePooled(pooled));
  }

  remove(hash: Uint8Array): void {
    const { database } = this.#modules;
    const key = keyOf('pool', hash);
    if (database.isPersistent && database.get(key) !== undefined) database.delete(key);
  }

  /**
   * What waited when the node ended: those of the node's own accounts first, so that they have a place in the pool whatever
   * else was there; then as they came.
   */
  async load(
    at: { readonly number: bigint; readonly timestamp: bigint },
    isLocal: (sender: Address) => boolean,
  ): Promise<PooledTransaction[]> {
    const { database, hardforks } = this.#modules;
    if (!database.isPersistent) return [];
    const found: PooledTransaction[] = [];
    for await (const [, bytes] of database.entries(rangeOf('pool'))) found.push(decodePooled(bytes, hardforks, at));
    const rank = ({ sender, impersonated }: PooledTransaction): number => (impersonated || isLocal(sender) ? 0 : 1);
    return found.sort((a, b) => rank(a) - rank(b) || a.order - b.order);
  }
}
