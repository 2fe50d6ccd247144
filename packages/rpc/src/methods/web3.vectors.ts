import { NO_CODE_HASH, type Vectors } from '../world.vectors.ts';
import type { web3 } from './web3.ts';

export const web3Vectors = {
  web3_sha3: {
    succeeds: [
      { params: ['0x'], result: NO_CODE_HASH },
      {
        when: 'there are bytes',
        params: ['0x68656c6c6f20776f726c64'],
        result: '0x47173285a8d7341e5e972fc677286384f802f8ef42a5ec5f03bbfa254cb01fad',
      },
    ],
    fails: [
      {
        params: [],
        error: {
          code: -32602,
          message: 'missing value for required argument 0: params[0] (data): expected 0x-prefixed hex bytes',
        },
      },
      {
        params: ['hello'],
        error: { code: -32602, message: 'params[0] (data): expected 0x-prefixed hex bytes, got "hello"' },
      },
      {
        params: ['0xabc'],
        error: {
          code: -32602,
          message: 'params[0] (data): expected 0x-prefixed hex bytes, got an odd number of hex digits',
        },
      },
    ],
  },
} satisfies Vectors<typeof web3>;
