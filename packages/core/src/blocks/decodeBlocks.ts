import { type Block, createBlockFromBytesArray } from '@ethereumjs/block';
import { RLP } from '@ethereumjs/rlp';
import { bytesToBigInt } from '@ethereumjs/util';
import type { Hardforks } from '../contract.ts';
import { loadCrypto } from '../crypto/crypto.ts';
import { keccak256 } from '../crypto/keccak.ts';
import { blockError } from './faults.ts';

const NUMBER_FIELD = 8;
const GAS_LIMIT_FIELD = 9;
const TIMESTAMP_FIELD = 11;
const BASE_FEE_FIELD = 15;

const isHeader = (item: unknown): boolean => Array.isArray(item) && item.length > TIMESTAMP_FIELD;

function decodeFirst(bytes: Uint8Array, hardforks: Hardforks): { block: Block; remainder: Uint8Array } {
  try {
    const { data, remainder } = RLP.decode(bytes, true);
    const header = (data as Uint8Array[][])[0] as Uint8Array[];
    if (!isHeader(header)) throw new TypeError('not the RLP list of a block');
    const number = bytesToBigInt(header[NUMBER_FIELD] as Uint8Array);
    const timestamp = bytesToBigInt(header[TIMESTAMP_FIELD] as Uint8Array);
    const common = hardforks.commonAt(number, timestamp);
    return { block: createBlockFromBytesArray(data as never, { common }), remainder };
  } catch (error) {
    const detail = `cannot decode: ${(error as Error).message.slice(0, 200)}`;
    throw blockError({ code: 'BLOCK_INVALID', detail }, { cause: error });
  }
}

/**
 * Reads concatenated RLP blocks, the format of `geth export`, one after the other.
 * @throws BlockError BLOCK_INVALID where the bytes are no block.
 */
export function* decodeBlocks(bytes: Uint8Array, hardforks: Hardforks): Generator<Block> {
  let rest = bytes;
  while (rest.length > 0) {
    const { block, remainder } = decodeFirst(rest, hardforks);
    rest = remainder;
    yield block;
  }
}

/** What a block's header says whatever the rules of its chain are. Gas in gas, fee in wei per gas, time in seconds. */
export interface HeaderFacts {
  readonly number: bigint;
  readonly hash: Uint8Array;
  readonly timestamp: bigint;
  readonly gasLimit: bigint;
  /** Since London. */
  readonly baseFee: bigint | undefined;
}

/**
 * Reads a block's header without knowing its chain.
 * @param bytes RLP of the block.
 * @throws BlockError BLOCK_INVALID where the bytes are no block.
 */
export async function readHeader(bytes: Uint8Array): Promise<HeaderFacts> {
  await loadCrypto();
  try {
    const header = (RLP.decode(bytes) as unknown as Uint8Array[][])[0] as Uint8Array[];
    if (!isHeader(header)) throw new TypeError('not the RLP list of a block');
    const number = (field: number): bigint => bytesToBigInt(header[field] as Uint8Array);
    return {
      number: number(NUMBER_FIELD),
      hash: keccak256(RLP.encode(header)),
      timestamp: number(TIMESTAMP_FIELD),
      gasLimit: number(GAS_LIMIT_FIELD),
      baseFee: header.length > BASE_FEE_FIELD ? number(BASE_FEE_FIELD) : undefined,
    };
  } catch (error) {
    const detail = `cannot decode: ${(error as Error).message.slice(0, 200)}`;
    throw blockError({ code: 'BLOCK_INVALID', detail }, { cause: error });
  }
}
