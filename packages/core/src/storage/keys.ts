import { bytesToUnprefixedHex } from '@ethereumjs/util';

/**
 * Every key of the database. A key is unprefixed hex: one byte that names the kind, then what the line says. Numbers are
 * eight bytes, big endian, so that ranges are in order. A retired kind keeps its line and its byte is never given again.
 */
export const KIND = {
  /** 'm' name → schema version, genesis hash, instance id and other facts about the whole directory. */
  meta: '6d',
  /** 'n' keccak → RLP of a trie node, content-addressed. */
  node: '6e',
  /** 'd' state root → what makes that state of another (see state/stateDelta.ts), where its nodes are not all stored. */
  delta: '64',
  /** 'c' code hash → contract code. */
  code: '63',
  /** 'p' keccak → the address or slot that it is the hash of: the tries keep only hashes. */
  preimage: '70',
  /** 'b' block hash → block with senders, receipts and who took part (see blocks/blockCodec.ts). */
  block: '62',
  /** 'e' block hash → state root, where state setters gave the block another than its header has. */
  editedRoot: '65',
  /** 'r' id → a run of empty blocks (see blocks/runs/blockRun.ts). */
  run: '72',
  /** 'R' id, (number - first) >> 8 in 6 bytes → parent hash of 256 blocks of a run, then their state roots. */
  runRoots: '52',
  /** 'x' id, (number - first) >> 12 in 6 bytes → beginnings of the hashes of 4,096 blocks of a run, in order. */
  runHashes: '78',
  /** 'h' number → hash of the canonical block at that height. */
  canonical: '68',
  /** 't' transaction hash → block hash, index in four bytes. Canonical transactions only. */
  transaction: '74',
  /** 's' sender, nonce → transaction hash. Canonical transactions only. */
  senderNonce: '73',
  /** 'B' number → hashes of the blocks at that height that are not canonical, 32 bytes each. */
  branch: '42',
  /** 'l' 8 bytes of the digest of a log's address or topic and its place, number >> 8 in 6 bytes → bitmap (see blocks/heightIndex.ts). */
  logIndex: '6c',
  /** 'a' address, number >> 8 in 6 bytes → bitmap of the blocks with a transaction that it took part in. */
  activity: '61',
  /** 'C' contract → hash of the transaction that created it, 32 bytes, and who did, 20 bytes. Canonical transactions only. */
  creator: '43',
  /** 'S' id → what a snapshot holds (see storage/plain.ts). */
  snapshot: '53',
  /** 'K' name → what a named checkpoint holds. */
  checkpoint: '4b',
  /** 'P' transaction hash → transaction that waits in the pool. */
  pool: '50',
  /** 'o' owner's name → what a part of the node keeps across restarts (clock, fees, miner, accounts). */
  owner: '6f',
} as const;

export type Kind = keyof typeof KIND;

export const KINDS = Object.keys(KIND) as readonly Kind[];

/** @example keyOf('block', hash) */
export function keyOf(kind: Kind, ...parts: readonly (Uint8Array | string)[]): string {
  let key: string = KIND[kind];
  for (const part of parts) key += typeof part === 'string' ? part : bytesToUnprefixedHex(part);
  return key;
}

/** A number as it stands in keys. @example numberPart(7n) // '0000000000000007' */
export const numberPart = (value: bigint): string => value.toString(16).padStart(16, '0');

/** A name as it stands in keys. */
export const namePart = (name: string): string => Buffer.from(name, 'utf8').toString('hex');

/** The range that holds every key of a kind: from, inclusive, to exclusive. */
export function rangeOf(kind: Kind): { readonly from: string; readonly to: string } {
  const byte = Number.parseInt(KIND[kind], 16);
  return { from: KIND[kind], to: (byte + 1).toString(16).padStart(2, '0') };
}
