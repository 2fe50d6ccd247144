import { keccak256 } from '@minichain/core';
import { hexFromBytes as hex } from '@minichain/protocol';
import { data } from '../codecs/scalars.ts';
import { method, required, type Serve } from '../method.ts';

export const web3 = {
  web3_sha3: method({ params: [required('data', data)], run: (_, bytes) => keccak256(bytes), result: hex }),
} satisfies Partial<Serve>;
