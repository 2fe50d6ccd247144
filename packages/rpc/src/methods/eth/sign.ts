import { hexFromBytes as hex, type RpcTypedData, type RpcTypedField } from '@minichain/protocol';
import type { Codec } from '../../codecs/codec.ts';
import { message, personalDigest } from '../../codecs/message.ts';
import { address } from '../../codecs/scalars.ts';
import { fieldListDigest } from '../../fieldList.ts';
import { method, required, type Serve } from '../../method.ts';
import { type TypedDataVersion, typedData, typedDataDigest } from '../../typedData.ts';

const who = required('address', address);
const text191 = required('message', message);

/** Hashed as it is read, so that a complaint about a value deep inside names its place. */
const digest = (version: TypedDataVersion): Codec<Uint8Array, RpcTypedData | string> => ({
  expected: typedData.expected,
  decode: (value) => typedDataDigest(typedData.decode(value), version),
});

/** What came before EIP-712 is a list. */
const anyDigest: Codec<Uint8Array, RpcTypedData | string | readonly RpcTypedField[]> = {
  expected: typedData.expected,
  decode: (value) => (Array.isArray(value) ? fieldListDigest : digest('v4')).decode(value),
};

const signTypedData = <W>(codec: Codec<Uint8Array, W>) =>
  method({
    params: [who, required('typedData', codec)],
    run: (c, of, bytes) => c.chain.accounts.sign(of, bytes),
    result: hex,
  });

/** Signing with a dev account's key (execution-apis `sign.yaml`). */
export const sign = {
  eth_sign: method({
    params: [who, text191],
    run: (c, of, bytes) => c.chain.accounts.sign(of, personalDigest(bytes)),
    result: hex,
  }),
  eth_signTypedData: signTypedData(anyDigest),
  eth_signTypedData_v3: signTypedData(digest('v3')),
  eth_signTypedData_v4: signTypedData(digest('v4')),
} satisfies Partial<Serve>;
