import { Account, KECCAK256_NULL } from '@ethereumjs/util';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { address, bytes, memoryNodes, word } from '../chain.fixture.ts';
import { loadCrypto } from '../crypto/crypto.ts';
import { createStateStore, type StateStore } from './stateStore.ts';

const EMPTY_ROOT = bytes('0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421');

function counting(nodes: ReturnType<typeof memoryNodes>) {
  let count = 0;
  const get = (key: string) => {
    count++;
    return nodes.get(key);
  };
  return { counted: { ...nodes, get }, reads: () => count };
}

beforeAll(async () => {
  await loadCrypto();
});
let states: StateStore;
beforeEach(() => {
  states = createStateStore(memoryNodes());
});
const A = address('aa');

async function withBalance(root: Uint8Array, balance: bigint): Promise<Uint8Array> {
  const state = states.open(root);
  await state.manager.putAccount(A, new Account(0n, balance));
  return state.flush();
}

describe('the state store', () => {
  it('keeps every state that was flushed, side by side', async () => {
    const one = await withBalance(EMPTY_ROOT, 1n);
    const two = await withBalance(one, 2n);
    const fork = await withBalance(one, 3n);
    const read = (root: Uint8Array) => states.view(root).balance(A);
    expect(await Promise.all([EMPTY_ROOT, one, two, fork].map(read))).toEqual([0n, 1n, 2n, 3n]);
  });

  it('keeps nothing of a state that is thrown away', async () => {
    const state = states.open(EMPTY_ROOT);
    await state.manager.putAccount(A, new Account(0n, 5n));
    const root = await state.manager.getStateRoot();
    expect(() => states.view(root)).toThrow(
      expect.objectContaining({ fault: expect.objectContaining({ code: 'STATE_NOT_AVAILABLE' }) }),
    );
    expect(() => states.open(word(1))).toThrow('is not available');
  });

  it('lets a state be read while it is being written', async () => {
    const state = states.open(EMPTY_ROOT);
    await state.manager.putAccount(A, new Account(0n, 1n));
    const first = await state.view();
    await state.manager.putAccount(A, new Account(0n, 2n));
    const second = await state.view();
    expect([await first.balance(A), await second.balance(A)]).toEqual([1n, 2n]);
  });

  it('makes a published state readable by its root, for a while', async () => {
    const publish = async (balance: bigint): Promise<Uint8Array> => {
      const state = states.open(EMPTY_ROOT);
      await state.manager.putAccount(A, new Account(0n, balance));
      const root = await state.manager.getStateRoot();
      state.publish();
      return root;
    };
    const root = await publish(1n);
    expect(await states.view(root).balance(A)).toBe(1n);
    for (let i = 2n; i < 12n; i++) await publish(i);
    expect(() => states.view(root)).toThrow('is not available');
  });

  it('reads code and storage of an account, and nothing where there is none', async () => {
    const state = states.open(EMPTY_ROOT);
    await state.manager.putAccount(A, new Account(1n));
    await state.manager.putCode(A, Uint8Array.of(0x60, 0x01));
    await state.manager.putStorage(A, word(3), Uint8Array.of(9));
    const view = states.view(await state.flush());
    expect(await view.code(A)).toEqual(Uint8Array.of(0x60, 0x01));
    expect(await view.storage(A, word(3))).toEqual(word(9));
    expect(await view.storage(A, word(4))).toEqual(word(0));
    expect(await view.code(address('bb'))).toEqual(new Uint8Array());
    expect(await view.storage(address('bb'), word(3))).toEqual(word(0));
    expect(await view.account(address('bb'))).toMatchObject({ exists: false, nonce: 0n, balance: 0n });
    expect(await view.account(A)).toMatchObject({ exists: true, nonce: 1n });
  });

  it.each([0, 1 << 20, 1 << 24])('reads each node once while %i bytes have room for them', async (cacheBytes) => {
    const nodes = memoryNodes();
    const { counted, reads } = counting(nodes);
    const accounts = Array.from({ length: 3000 }, (_, i) => ({
      address: address(i.toString(16)).bytes,
      account: { nonce: 0n, balance: BigInt(i + 1), codeHash: KECCAK256_NULL },
      isStorageCleared: false,
      slots: [],
    }));
    const written = createStateStore(nodes).open(EMPTY_ROOT);
    written.manager.apply({ accounts, codes: [] });
    const root = await written.flush();
    const store = createStateStore(counted, { cacheBytes });
    const readAll = (): number => {
      const { manager } = store.open(root);
      const before = reads();
      for (const one of accounts) expect(manager.accountNow(one.address)?.balance).toBe(one.account.balance);
      return reads() - before;
    };
    const first = readAll();
    expect(first).toBeGreaterThan(3000);
    expect(readAll()).toBe(cacheBytes < 1 << 24 ? first : 0);
  });

  it('goes on from what the last states have read, also of storage that they did not write', async () => {
    const { counted, reads } = counting(memoryNodes());
    const store = createStateStore(counted);
    const state = store.open(EMPTY_ROOT);
    await state.manager.putAccount(A, new Account(1n));
    for (let i = 1; i < 100; i++) await state.manager.putStorage(A, word(i), Uint8Array.of(i));
    let root = await state.flush();
    for (let block = 1; block <= 200; block++) {
      const next = store.open(root);
      await next.manager.putAccount(address('bb'), new Account(BigInt(block)));
      root = await next.flush();
    }
    store.open(root).manager.slotNow(A.bytes, word(7));
    const { manager } = store.open(root);
    const before = reads();
    for (let i = 1; i < 100; i++) expect(manager.slotNow(A.bytes, word(i))).toEqual(Uint8Array.of(i));
    expect(reads()).toBe(before);
  });
});
