import type { Data } from '@minichain/protocol';
import { type Codec, CodecError, list } from '../codecs/codec.ts';
import { payloadAttributes } from '../codecs/payloadAttributes.ts';
import { data, hash } from '../codecs/scalars.ts';
import { method, optional, required, type Serve } from '../method.ts';
import { builtBlockView } from '../views/payload.ts';

const signed = list(data);
/** Null stands for the pool, and says something else than an empty list. */
const listOrPool: Codec<Uint8Array[] | undefined, readonly Data[] | null> = {
  expected: `null, or ${signed.expected}`,
  decode: (value) => (value === null ? undefined : signed.decode(value)),
};

const MAX_EXTRA_DATA = 32;

/** What a header has room for (yellow paper §4.4.4). */
const extraData: Codec<Uint8Array, Data> = {
  expected: `at most ${MAX_EXTRA_DATA} bytes of 0x-prefixed hex`,
  decode: (value) => {
    const bytes = data.decode(value);
    if (bytes.length <= MAX_EXTRA_DATA) return bytes;
    throw new CodecError(`expected ${extraData.expected}, got ${bytes.length} bytes`);
  },
};

/** Block production in one call (execution-apis `testing`); the chain stays as it is. */
export const testing = {
  testing_buildBlockV1: method({
    params: [
      required('parentBlockHash', hash),
      required('payloadAttributes', payloadAttributes),
      required('transactions', listOrPool),
      optional('extraData', extraData, new Uint8Array()),
    ],
    run: (c, parentHash, attributes, transactions, extra) =>
      c.chain.control.buildBlock({
        ...attributes,
        parentHash,
        extraData: extra,
        ...(transactions === undefined ? {} : { transactions }),
      }),
    result: builtBlockView,
  }),
} satisfies Partial<Serve>;
