import { createMerkleProof, MerklePatriciaTrie } from '@ethereumjs/mpt';
import { bytesToHex, bytesToUnprefixedHex } from '@ethereumjs/util';
import { expect, it } from 'vitest';
import { keccak256 } from '../../crypto/keccak.ts';
import { Trie } from './trie.ts';

const nodes = () => {
  const stored = new Map<string, Uint8Array>();
  return {
    stored,
    put: (hash: string, encoded: Uint8Array) => void stored.set(hash, encoded),
    get: (hash: string) => {
      const node = stored.get(hash);
      if (node === undefined) throw new Error(`no node ${hash}`);
      return node;
    },
  };
};

/** Repeatable numbers below a bound. */
function sequence(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}

/** Keys that share long beginnings now and then, so that extensions come and go. */
const keyOf = (n: number): Uint8Array => {
  const key = keccak256(Uint8Array.of(n >> 8, n & 255));
  if (n % 3 === 0) key.set(keccak256(Uint8Array.of(n % 7)).subarray(0, 29));
  return key;
};

it.each([1, 2, 3, 4])(
  'has the roots and proofs of the library after any sequence of changes (seed %i)',
  async (seed) => {
    const below = sequence(seed);
    const source = nodes();
    const library = new MerklePatriciaTrie({ useKeyHashingFunction: keccak256 });
    let trie = new Trie(source, undefined);
    for (let round = 0; round < 60; round++) {
      for (let i = below(12); i >= 0; i--) {
        const key = keyOf(below(200));
        if (below(3) === 0) {
          trie.delete(key);
          await library.del(key);
        } else {
          const value = keccak256(Uint8Array.of(below(256))).subarray(0, 1 + below(32));
          trie.put(key, value);
          await library.put(key, value);
        }
      }
      expect(bytesToHex(trie.root())).toBe(bytesToHex(library.root()));
      const asked = keyOf(below(200));
      expect(trie.get(asked) ?? null).toEqual(await library.get(asked));
      expect(trie.proof(asked)).toEqual((await createMerkleProof(library, asked)).filter(isWhole));
      if (below(2) === 0) continue;
      trie.store(source.put);
      if (below(2) === 0) trie = new Trie(source, trie.root());
    }
  },
);

/** The library lists nodes that stand in their parents as well. */
const isWhole = (node: Uint8Array, index: number): boolean => index === 0 || node.length >= 32;

it('reads older roots from what they share with the newest', () => {
  const source = nodes();
  const trie = new Trie(source, undefined);
  const roots = Array.from({ length: 50 }, (_, i) => {
    trie.put(keyOf(i % 20), Uint8Array.of(i + 1));
    trie.store(source.put);
    return trie.root();
  });
  roots.forEach((root, i) => {
    expect(new Trie(source, root).get(keyOf(i % 20))).toEqual(Uint8Array.of(i + 1));
  });
});

it('stores a node once, and none that was replaced before', () => {
  const source = nodes();
  const trie = new Trie(source, undefined);
  for (let i = 0; i < 100; i++) {
    trie.put(keyOf(i), Uint8Array.of(1));
    trie.root();
  }
  let count = 0;
  trie.store((hash, encoded) => {
    count++;
    source.put(hash, encoded);
  });
  expect(source.stored.size).toBe(count);
  trie.store(() => {
    throw new Error('stored twice');
  });
  // All of them are needed: each is on the way to some key.
  const needed = new Set(
    Array.from({ length: 100 }, (_, i) => trie.proof(keyOf(i)))
      .flat()
      .map((node) => bytesToUnprefixedHex(keccak256(node))),
  );
  expect(new Set(source.stored.keys())).toEqual(needed);
});

it('is empty again when all is deleted, and says what is missing', () => {
  const source = nodes();
  const trie = new Trie(source, undefined);
  trie.put(keyOf(1), Uint8Array.of(1));
  const root = trie.root();
  trie.delete(keyOf(1));
  expect(bytesToHex(trie.root())).toBe('0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421');
  expect(trie.proof(keyOf(1))).toEqual([]);
  expect(() => new Trie(source, root).get(keyOf(1))).toThrow('no node');
});
