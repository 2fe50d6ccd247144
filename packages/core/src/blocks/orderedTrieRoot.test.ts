import { MerklePatriciaTrie } from '@ethereumjs/mpt';
import { RLP } from '@ethereumjs/rlp';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadCrypto } from '../crypto/crypto.ts';
import { orderedTrieRoot } from './orderedTrieRoot.ts';

beforeAll(async () => {
  await loadCrypto();
});

describe('orderedTrieRoot', () => {
  it.each([0, 1, 2, 3, 16, 17, 127, 128, 129, 200, 300])(
    'equals the trie of the library for %i values',
    async (count) => {
      const values = Array.from({ length: count }, (_, i) => new Uint8Array(1 + ((i * 37) % 90)).fill(i + 1));
      const trie = new MerklePatriciaTrie();
      for (const [index, value] of values.entries()) await trie.put(RLP.encode(index), value);
      expect(orderedTrieRoot(values)).toEqual(trie.root());
    },
  );
});
