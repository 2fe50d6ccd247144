import { keccak256 } from '@minichain/core';
import { hexFromBytes as hex, type RpcTypedData } from '@minichain/protocol';
import { type Codec, mismatch } from '../../codecs/codec.ts';
import { address, data, text } from '../../codecs/scalars.ts';
import { method, optional, required, type Serve } from '../../method.ts';
import { type TypedDataVersion, typedData, typedDataDigest } from '../../typedData.ts';

/** EIP-191 version 0x45. */
function personalDigest(message: Uint8Array): Uint8Array {
  const prefix = Buffer.from(`\x19Ethereum Signed Message:\n${message.length}`);
  return keccak256(new Uint8Array(Buffer.concat([prefix, message])));
}

/** Wallets hand over hex bytes, or the text itself. */
const message: Codec<Uint8Array, string> = {
  expected: 'a message: hex bytes or text',
  decode: (value) => {
    if (typeof value !== 'string') throw mismatch(message.expected, value);
    return /^0x([0-9a-fA-F]{2})*$/.test(value) ? data.decode(value) : new Uint8Array(Buffer.from(value));
  },
};

const who = required('address', address);
const text191 = required('message', message);

/** Hashed as it is read, so that a complaint about a value deep inside names its place. */
const digest = (version: TypedDataVersion): Codec<Uint8Array, RpcTypedData | string> => ({
  expected: typedData.expected,
  decode: (value) => typedDataDigest(typedData.decode(value), version),
});

const signTypedData = (version: TypedDataVersion) =>
  method({
    params: [who, required('typedData', digest(version))],
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
  personal_sign: method({
    params: [text191, who, optional('password', text)],
    run: (c, bytes, of) => c.chain.accounts.sign(of, personalDigest(bytes)),
    result: hex,
  }),
  eth_signTypedData: signTypedData('v4'),
  eth_signTypedData_v3: signTypedData('v3'),
  eth_signTypedData_v4: signTypedData('v4'),
} satisfies Partial<Serve>;
