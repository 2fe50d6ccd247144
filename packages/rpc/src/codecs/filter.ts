import type { BlockRef } from '@minichain/core';
import type { RpcLogFilter } from '@minichain/protocol';
import { blockNumberOrTag } from './blockRef.ts';
import { type Codec, CodecError, decodeAt, isRecord, list, mismatch } from './codec.ts';
import { address, hash } from './scalars.ts';

/** A log filter as written: by one block's hash, or by a range. */
export interface LogFilter {
  readonly blockHash?: Uint8Array;
  readonly from?: BlockRef;
  readonly to?: BlockRef;
  readonly addresses?: readonly Uint8Array[];
  readonly topics?: readonly (readonly Uint8Array[] | null)[];
}

const MAX_TOPICS = 4;

const topic: Codec<readonly Uint8Array[] | null> = {
  expected: 'null, a topic hash, or an array of topic hashes',
  decode: (value) => {
    if (value === null) return null;
    if (!Array.isArray(value)) return [hash.decode(value)];
    // A null inside a list of alternatives matches anything, and with it the whole position.
    if (value.includes(null)) return null;
    return list(hash).decode(value);
  },
};

const addresses: Codec<Uint8Array[]> = {
  expected: 'an address or an array of addresses',
  decode: (value) => (Array.isArray(value) ? list(address).decode(value) : [address.decode(value)]).map((a) => a.bytes),
};

/** The filter object of `eth_getLogs`, `eth_newFilter` and `eth_subscribe`. */
export const logFilter: Codec<LogFilter, RpcLogFilter> = {
  expected: 'a filter object',
  decode: (value) => {
    if (!isRecord(value)) throw mismatch(logFilter.expected, value);
    const { blockHash, fromBlock, toBlock } = value;
    if (blockHash != null && (fromBlock != null || toBlock != null)) {
      throw new CodecError('cannot specify both BlockHash and FromBlock/ToBlock, choose one or the other');
    }
    const topics = value['topics'] == null ? undefined : decodeAt(list(topic), value['topics'], '.topics');
    if (topics !== undefined && topics.length > MAX_TOPICS) {
      throw new CodecError(`exceed max topics: ${topics.length}, at most ${MAX_TOPICS}`, '.topics');
    }
    return {
      ...(blockHash == null ? {} : { blockHash: decodeAt(hash, blockHash, '.blockHash') }),
      ...(fromBlock == null ? {} : { from: decodeAt(blockNumberOrTag, fromBlock, '.fromBlock') }),
      ...(toBlock == null ? {} : { to: decodeAt(blockNumberOrTag, toBlock, '.toBlock') }),
      ...(value['address'] == null ? {} : { addresses: decodeAt(addresses, value['address'], '.address') }),
      ...(topics === undefined ? {} : { topics }),
    };
  },
};
