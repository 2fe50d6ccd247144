/** Tags of execution-apis. `safe` and `finalized` are the last blocks that fork choice marked so. */
export type BlockTag = 'earliest' | 'latest' | 'pending' | 'safe' | 'finalized';

/** A block as a caller names it: tag, number, or hash (EIP-1898). */
export type BlockRef =
  | { readonly tag: BlockTag }
  | { readonly number: bigint }
  | { readonly hash: Uint8Array; readonly requireCanonical?: boolean };

export const LATEST: BlockRef = { tag: 'latest' };
export const PENDING: BlockRef = { tag: 'pending' };
