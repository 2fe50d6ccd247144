import { RLP } from '@ethereumjs/rlp';
import { Account, bytesToUnprefixedHex, KECCAK256_NULL } from '@ethereumjs/util';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { address, bytes, memoryNodes, word } from '../chain.fixture.ts';
import { loadCrypto } from '../crypto/crypto.ts';
import { createStateStore, type StateStore } from '../state/stateStore.ts';
import { nodeReferences } from './reachable.ts';

const EMPTY_ROOT = bytes('0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421');
beforeAll(async () => {
  await loadCrypto();
});

describe('stored nodes', () => {
  it('follows accounts into their storage and keeps code', async () => {
    const states = createStateStore(memoryNodes());
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

  it('lead from an account to its storage and code, and from a storage value nowhere', () => {
    const account = new Account(1n, 2n, word(7), word(8)).serialize();
    const leaf = (value: Uint8Array): Uint8Array => RLP.encode([Uint8Array.of(0x20, 1), value]);
    expect(nodeReferences(leaf(account))).toEqual([word(7), word(8)].map(bytesToUnprefixedHex));
    expect(nodeReferences(leaf(RLP.encode(KECCAK256_NULL)))).toEqual([]);
  });
});
