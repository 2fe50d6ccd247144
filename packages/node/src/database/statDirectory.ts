import { statChain, withKeptChain } from '@minichain/core';
import { hexFromBytes } from '@minichain/protocol';

/** What a data directory holds, as JSON. Sizes in bytes. */
export interface DirectoryStat {
  readonly path: string;
  /** The process that has it open; null when there is none. */
  readonly holder: string | null;
  readonly schema: number;
  /** ISO 8601. */
  readonly created: string;
  /** Of the minichain that made it. */
  readonly version: string | null;
  /** Of the minichain that wrote to it last. */
  readonly writer: string | null;
  readonly chainId: number;
  readonly hardfork: string;
  readonly genesis: string;
  /** Height of the oldest block that is kept besides the genesis; 0 when all are. */
  readonly oldest: number;
  readonly head: { readonly number: number; readonly hash: string; readonly timestamp: number };
  /** Blocks after the head that are recorded and yet to be worked out, as the next start does. */
  readonly minedAhead: number;
  readonly snapshots: number;
  readonly checkpoints: number;
  /** Transactions that wait. */
  readonly pool: number;
  readonly sizeBytes: number;
  /** By kind of entry, as they were put: the disk holds them compressed. Null when they were not counted. */
  readonly kinds: Readonly<Record<string, { readonly keys: number; readonly bytes: number }>> | null;
}

/**
 * Looks into a data directory, whether a node has it open or not.
 * @param options.count whether to count every entry.
 * @param onEntries told how many were counted so far.
 * @throws StorageError when it cannot be read.
 * @example await statDirectory('./chain', { count: false })
 */
export async function statDirectory(
  path: string,
  options: { readonly count: boolean },
  onEntries?: (done: number) => void,
): Promise<DirectoryStat> {
  const { kinds, genesisHash, ...stat } = await withKeptChain(path, (chain) => statChain(chain, options, onEntries));
  return {
    ...stat,
    holder: stat.holder ?? null,
    version: stat.version ?? null,
    writer: stat.writer ?? null,
    chainId: Number(stat.chainId),
    genesis: hexFromBytes(genesisHash),
    oldest: Number(stat.oldest),
    head: {
      number: Number(stat.head.number),
      hash: hexFromBytes(stat.head.hash),
      timestamp: Number(stat.head.timestamp),
    },
    kinds: options.count ? Object.fromEntries(kinds.map(({ kind, keys, bytes }) => [kind, { keys, bytes }])) : null,
  };
}
