import { MerklePatriciaTrie } from '@ethereumjs/mpt';
import { RLP } from '@ethereumjs/rlp';
import { Account, bytesToUnprefixedHex, KECCAK256_NULL, ValueEncoding } from '@ethereumjs/util';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { address, bytes, memoryNodes, word } from '../chain.fixture.ts';
import { loadCrypto } from '../crypto/crypto.ts';
import { createStateStore, type StateStore } from '../state/stateStore.ts';
import { NodeBuffer } from './nodeBuffer.ts';
import type { NodeStore } from './nodeStore.ts';
import { reachableNodes } from './reachable.ts';

const EMPTY_ROOT = bytes('0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421');
beforeAll(async () => {
  await loadCrypto();
});

/** Counts what is kept. */
function countingStore() {
  const nodes = memoryNodes();
  const keys = new Set<string>();
  return {
    get: (key: string) => nodes.get(key),
    write: (added: Parameters<NodeStore['write']>[0]) => {
      for (const key of added.keys()) keys.add(key);
      nodes.write(added);
    },
    preimages: nodes.preimages,
    size: () => keys.size,
  };
}

describe('reachableNodes', () => {
  it('leaves out what was replaced before the end', async () => {
    const buffer = new NodeBuffer(memoryNodes());
    const written = new Map<string, Uint8Array>();
    const put = buffer.batch.bind(buffer);
    buffer.batch = async (operations) => {
      for (const one of operations) if (one.type === 'put') written.set(one.key, one.value);
      await put(operations);
    };
    const trie = new MerklePatriciaTrie({ db: buffer, valueEncoding: ValueEncoding.Bytes });
    for (let i = 0; i < 50; i++) await trie.put(word(i), new Uint8Array(40).fill(i + 1));
    const kept = reachableNodes(bytesToUnprefixedHex(trie.root()), written);
    expect(kept.size).toBeLessThan(written.size / 2);
    const copy = new MerklePatriciaTrie({ root: trie.root() });
    for (const [key, node] of kept) await copy.database().put(bytes(`0x${key}`), node);
    for (let i = 0; i < 50; i++) expect(await copy.get(word(i))).toEqual(new Uint8Array(40).fill(i + 1));
  });

  it('follows accounts into their storage and keeps code', async () => {
    const store = countingStore();
    const states = createStateStore(store);
    const state = states.open(EMPTY_ROOT);
    for (let i = 1; i <= 20; i++) {
      const who = address(i.toString(16));
      await state.manager.putAccount(who, new Account(BigInt(i)));
      await state.manager.putCode(who, Uint8Array.of(i));
      for (let slot = 0; slot < 5; slot++) await state.manager.putStorage(who, word(slot), word(i * 10 + slot));
    }
    const view = states.view(await state.flush());
    for (let i = 1; i <= 20; i++) {
      const who = address(i.toString(16));
      expect(await view.code(who)).toEqual(Uint8Array.of(i));
      for (let slot = 0; slot < 5; slot++) expect(await view.storage(who, word(slot))).toEqual(word(i * 10 + slot));
    }
  });

  it('is enough for every state that was ever flushed, whatever was written', async () => {
    const write = fc.record({
      who: fc.integer({ min: 1, max: 6 }),
      slot: fc.integer({ min: 0, max: 3 }),
      value: fc.integer({ min: 0, max: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(write, { maxLength: 6 }), { maxLength: 8 }), async (blocks) => {
        const states: StateStore = createStateStore(memoryNodes());
        const model = new Map<string, number>();
        const history: { root: Uint8Array; expected: Map<string, number> }[] = [];
        let root = EMPTY_ROOT;
        for (const writes of blocks) {
          const state = states.open(root);
          for (const { who, slot, value } of writes) {
            const of = address(who.toString());
            if ((await state.manager.getAccount(of)) === undefined) await state.manager.putAccount(of, new Account(1n));
            await state.manager.putStorage(of, word(slot), value === 0 ? new Uint8Array() : Uint8Array.of(value));
            model.set(`${who}/${slot}`, value);
          }
          root = await state.flush();
          history.push({ root, expected: new Map(model) });
        }
        for (const { root: past, expected } of history) {
          const view = states.view(past);
          for (const [key, value] of expected) {
            const [who, slot] = key.split('/') as [string, string];
            expect(await view.storage(address(who), word(Number(slot)))).toEqual(word(value));
          }
        }
      }),
      { numRuns: 15 },
    );
  });

  it('knows an account from a long storage value', () => {
    // A leaf whose value is a string that looks like nothing: no list, so nothing follows from it.
    const leaf = RLP.encode([Uint8Array.of(0x20, 1), RLP.encode(KECCAK256_NULL)]);
    expect([...reachableNodes('a'.repeat(64), new Map([['a'.repeat(64), leaf]])).keys()]).toEqual(['a'.repeat(64)]);
  });
});
