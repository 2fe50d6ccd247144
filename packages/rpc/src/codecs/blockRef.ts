import type { BlockRef, BlockTag } from '@minichain/core';
import type { BlockNumberOrTag, BlockParameter } from '@minichain/protocol';
import { type Codec, CodecError, decodeAt, isRecord, mismatch } from './codec.ts';
import { boolean, hash, quantity } from './scalars.ts';

const TAGS: ReadonlySet<string> = new Set<BlockTag>(['earliest', 'latest', 'pending', 'safe', 'finalized']);
const MAX_NUMBER = 2n ** 63n - 1n;

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

function blockNumber(value: unknown): BlockRef {
  const number = quantity.decode(value);
  if (number > MAX_NUMBER) throw new CodecError(`block number ${number} is larger than int64`);
  return { number };
}

/** A number or a tag. A plain JSON number is taken as well: Truffle and Otterscan send it. */
export const blockNumberOrTag: Codec<BlockRef, BlockNumberOrTag | number> = {
  expected: 'a block number in hex, or one of earliest, latest, pending, safe, finalized',
  decode: (value) => {
    if (typeof value === 'string' && TAGS.has(value)) return { tag: value as BlockTag };
    if (isWhole(value)) return { number: BigInt(value) };
    if (typeof value !== 'string' || !value.startsWith('0x')) throw mismatch(blockNumberOrTag.expected, value);
    return blockNumber(value);
  },
};

/** A number, a tag, a hash, or EIP-1898's object. */
export const blockRef: Codec<BlockRef, BlockParameter | number> = {
  expected:
    'a block number in hex, a tag (earliest, latest, pending, safe, finalized), a block hash, or an EIP-1898 object',
  decode: (value) => {
    if (typeof value === 'string') {
      if (value.length === 66 && value.startsWith('0x')) return { hash: hash.decode(value) };
      if (TAGS.has(value) || value.startsWith('0x')) return blockNumberOrTag.decode(value);
    }
    if (isWhole(value)) return blockNumberOrTag.decode(value);
    if (!isRecord(value)) throw mismatch(blockRef.expected, value);
    const { blockHash, blockNumber: number, requireCanonical } = value;
    if (blockHash !== undefined && number !== undefined) {
      throw new CodecError('cannot specify both blockHash and blockNumber, choose one or the other');
    }
    if (blockHash !== undefined) {
      return {
        hash: decodeAt(hash, blockHash, '.blockHash'),
        requireCanonical: requireCanonical == null ? false : decodeAt(boolean, requireCanonical, '.requireCanonical'),
      };
    }
    if (number !== undefined) return decodeAt(blockNumberOrTag, number, '.blockNumber');
    throw new CodecError('expected blockHash or blockNumber');
  },
};
