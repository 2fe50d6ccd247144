import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { readAhead } from '../blocks/runs/aheadRecord.ts';
import type { Database } from '../storage/database.ts';
import { DESCRIPTION, type Description } from '../storage/directory.ts';
import { KINDS, type Kind, rangeOf } from '../storage/keys.ts';
import { type KeptChain, requireHead } from './keptChain.ts';

/** Keys and bytes of one kind of entry, as they were put: the disk holds them compressed. */
export interface KindStat {
  readonly kind: Kind;
  readonly keys: number;
  readonly bytes: number;
}

/** What a data directory holds. */
export interface ChainStat {
  readonly path: string;
  readonly holder: string | undefined;
  readonly schema: number;
  /** ISO 8601. */
  readonly created: string;
  /** Of the minichain that made it; undefined when it was not noted. */
  readonly version: string | undefined;
  /** Of the minichain that wrote to it last; undefined when it was not noted. */
  readonly writer: string | undefined;
  readonly chainId: bigint;
  readonly hardfork: string;
  readonly genesisHash: Uint8Array;
  /** Height of the oldest block that is kept besides the genesis; 0 when all are. */
  readonly oldest: bigint;
  readonly head: { readonly number: bigint; readonly hash: Uint8Array; readonly timestamp: bigint };
  /** Blocks after the head that are recorded and yet to be worked out, as the next start does. */
  readonly minedAhead: number;
  readonly snapshots: number;
  readonly checkpoints: number;
  /** Transactions that wait. */
  readonly pool: number;
  readonly sizeBytes: number;
  /** Empty when they were not counted. */
  readonly kinds: readonly KindStat[];
}

/** Entries between two reports. */
const STEP = 20_000;

async function countKeys(database: Database, kind: Kind): Promise<number> {
  let keys = 0;
  for await (const _ of database.entries(rangeOf(kind))) keys++;
  return keys;
}

async function countKinds(database: Database, onEntries: (done: number) => void): Promise<KindStat[]> {
  const stats: KindStat[] = [];
  let done = 0;
  for (const kind of KINDS) {
    let [keys, bytes] = [0, 0];
    for await (const [key, value] of database.entries(rangeOf(kind))) {
      keys++;
      bytes += key.length / 2 + value.length;
      if (++done % STEP !== 0) continue;
      onEntries(done);
      await nextTurn();
    }
    stats.push({ kind, keys, bytes });
  }
  return stats;
}

/**
 * Says what a data directory holds.
 * @param options.count whether every entry is looked at, which takes a second for about a million of them.
 * @param onEntries told how many were counted so far.
 * @example await withKeptChain('/data/chain', (chain) => statChain(chain, { count: true }))
 */
export async function statChain(
  chain: KeptChain,
  { count }: { readonly count: boolean },
  onEntries: (done: number) => void = () => {},
): Promise<ChainStat> {
  const { path, holder, database, options, hardforks, blocks } = chain;
  const text = await readFile(join(path, DESCRIPTION), 'utf8');
  const { schema, created, version, writer } = JSON.parse(text) as Description;
  const head = requireHead(chain);
  const { number, timestamp } = head.block.header;
  return {
    ...{ path, holder, schema, created, version, writer },
    chainId: options.chainId,
    hardfork: hardforks.nameAt(number, timestamp),
    genesisHash: blocks.canonicalHash(0n)?.slice() ?? new Uint8Array(),
    oldest: blocks.oldest,
    head: { number, hash: head.hash, timestamp },
    minedAhead: readAhead(database).reduce((sum, { first, last }) => sum + last - first + 1, 0),
    snapshots: await countKeys(database, 'snapshot'),
    checkpoints: await countKeys(database, 'checkpoint'),
    pool: await countKeys(database, 'pool'),
    sizeBytes: await database.sizeBytes(),
    kinds: count ? await countKinds(database, onEntries) : [],
  };
}
