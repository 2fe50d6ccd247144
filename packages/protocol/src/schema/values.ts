import type { Hex, Quantity } from '../hex.ts';

/** 20 bytes. */
export type RpcAddress = Hex;
/** 32 bytes. */
export type RpcHash = Hex;

/** Where development tools send a number: hex, a decimal string, or a JSON integer. */
export type NumberLike = Hex | number | `${number}`;

export type RpcBlockTag = 'earliest' | 'latest' | 'pending' | 'safe' | 'finalized';
export type BlockNumberOrTag = Quantity | RpcBlockTag;

/** How a block is named: number, tag, hash, or EIP-1898's object. */
export type BlockParameter =
  | BlockNumberOrTag
  | RpcHash
  | { readonly blockHash: RpcHash; readonly requireCanonical?: boolean }
  | { readonly blockNumber: BlockNumberOrTag };
