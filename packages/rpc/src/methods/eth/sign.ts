import { keccak256 } from '@minichain/core';
import { hexFromBytes as hex } from '@minichain/protocol';
import { anything, type Codec, CodecError } from '../../codecs/codec.ts';
import { address, data, text } from '../../codecs/scalars.ts';
import { method, optional, required, type Serve } from '../../method.ts';
import { type TypedData, typedData, typedDataDigest } from '../../typedData.ts';

/** EIP-191 version 0x45. */
function personalDigest(message: Uint8Array): Uint8Array {
  const prefix = Buffer.from(`\x19Ethereum Signed Message:\n${message.length}`);
  return keccak256(new Uint8Array(Buffer.concat([prefix, message])));
}

/** Wallets hand over hex bytes, or the text itself. */
const message: Codec<Uint8Array> = {
  expected: 'a message: hex bytes or text',
  decode: (value) => {
    if (typeof value === 'string' && !/^0x([0-9a-fA-F]{2})*$/.test(value)) return new Uint8Array(Buffer.from(value));
    return data.decode(value);
  },
};

const typedDataParam: Codec<TypedData> = {
  expected: typedData.expected,
  decode: (value) => {
    if (typeof value !== 'string') return typedData.decode(value);
    try {
      return typedData.decode(JSON.parse(value));
    } catch (error) {
      if (error instanceof CodecError) throw error;
      throw new CodecError(`expected ${typedData.expected}, got text that is not JSON`);
    }
  },
};

/** Signing with a dev account's key (execution-apis `sign.yaml`). */
export const sign = {
  eth_sign: method({
    params: [required('address', address), required('message', message)],
    run: (c, who, bytes) => c.chain.accounts.sign(who, personalDigest(bytes)),
    result: hex,
  }),
  personal_sign: method({
    params: [required('message', message), required('address', address), optional('password', text)],
    run: (c, bytes, who) => c.chain.accounts.sign(who, personalDigest(bytes)),
    result: hex,
  }),
  eth_signTypedData_v4: method({
    params: [required('address', address), required('typedData', typedDataParam), optional('extra', anything)],
    run: (c, who, value) => c.chain.accounts.sign(who, typedDataDigest(value)),
    result: hex,
  }),
} satisfies Partial<Serve>;
