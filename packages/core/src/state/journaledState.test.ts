import { Common, Mainnet } from '@ethereumjs/common';
import { Caches, MerkleStateManager } from '@ethereumjs/statemanager';
import { Account, type Address, equalsBytes, KECCAK256_NULL, KECCAK256_RLP } from '@ethereumjs/util';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { address, memoryNodes, word } from '../chain.fixture.ts';
import { loadCrypto } from '../crypto/crypto.ts';
import { keccak256 } from '../crypto/keccak.ts';
import { createStateStore, type StateStore } from './stateStore.ts';

beforeAll(async () => {
  await loadCrypto();
});

interface ModelAccount {
  readonly nonce: bigint;
  readonly balance: bigint;
  readonly code: number;
  readonly slots: ReadonlyMap<number, number>;
}
/** The state as plain values: a checkpoint is the map as it was. */
type Model = ReadonlyMap<number, ModelAccount>;

const NEW: ModelAccount = { nonce: 0n, balance: 0n, code: 0, slots: new Map() };
const WHO = [1, 2, 3];
const SLOTS = [0, 1, 2];
const who = (index: number): Address => address(`a${index}`);
const codeOf = (code: number): Uint8Array => (code === 0 ? new Uint8Array() : Uint8Array.of(code));

type Step =
  | { readonly type: 'account'; readonly who: number; readonly value: number }
  | { readonly type: 'code'; readonly who: number; readonly value: number }
  | { readonly type: 'slot'; readonly who: number; readonly slot: number; readonly value: number }
  | { readonly type: 'read' | 'delete' | 'clear'; readonly who: number }
  | { readonly type: 'checkpoint' | 'commit' | 'revert' | 'root' | 'flush' };

const anyone = fc.constantFrom(...WHO);
const value = fc.integer({ min: 0, max: 3 });
const slotStep = fc.record({ who: anyone, slot: fc.constantFrom(...SLOTS), value });
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({ who: anyone, value }).map((fields): Step => ({ type: 'account', ...fields })),
    fc.record({ who: anyone, value }).map((fields): Step => ({ type: 'code', ...fields })),
    { weight: 3, arbitrary: slotStep.map((fields): Step => ({ type: 'slot', ...fields })) },
    fc.record({ who: anyone, type: fc.constantFrom('read', 'delete', 'clear') }) as fc.Arbitrary<Step>,
    fc.constantFrom<Step>(
      { type: 'checkpoint' },
      { type: 'checkpoint' },
      { type: 'commit' },
      { type: 'revert' },
      { type: 'root' },
      { type: 'flush' },
    ),
  ),
  { maxLength: 40 },
);

/** The library's own state manager, given the values once and nothing else to do. */
async function libraryRoot(model: Model): Promise<Uint8Array> {
  const manager = new MerkleStateManager({ common: new Common({ chain: Mainnet }), caches: new Caches() });
  for (const [index, { nonce, balance, code, slots }] of model) {
    await manager.putAccount(who(index), new Account(nonce, balance));
    if (code > 0) await manager.putCode(who(index), codeOf(code));
    for (const [slot, one] of slots) if (one > 0) await manager.putStorage(who(index), word(slot), Uint8Array.of(one));
  }
  return manager.getStateRoot();
}

class Run {
  readonly #store: StateStore = createStateStore(memoryNodes());
  #state = this.#store.open(KECCAK256_RLP);
  #model: Model = new Map();
  #checkpoints: Model[] = [];

  async take(step: Step): Promise<void> {
    const { manager } = this.#state;
    switch (step.type) {
      case 'account': {
        const account = (await manager.getAccount(who(step.who))) ?? new Account();
        Object.assign(account, { nonce: BigInt(step.value), balance: BigInt(step.value * 7) });
        await manager.putAccount(who(step.who), account);
        return this.#set(step.who, { nonce: account.nonce, balance: account.balance });
      }
      case 'code':
        await manager.putCode(who(step.who), codeOf(step.value));
        return this.#set(step.who, { code: step.value });
      case 'slot': {
        const known = this.#model.get(step.who);
        if (known === undefined) return;
        await manager.putStorage(who(step.who), word(step.slot), word(step.value));
        return this.#set(step.who, { slots: new Map([...known.slots, [step.slot, step.value]]) });
      }
      case 'read':
        return this.#compareAccount(step.who);
      case 'delete':
        await manager.deleteAccount(who(step.who));
        this.#model = new Map([...this.#model].filter(([index]) => index !== step.who));
        return;
      case 'clear':
        await manager.clearStorage(who(step.who));
        return this.#set(step.who, { slots: new Map() });
      case 'checkpoint':
        this.#checkpoints.push(this.#model);
        return manager.checkpoint();
      case 'commit':
        if (this.#checkpoints.pop() !== undefined) await manager.commit();
        return;
      case 'revert': {
        const before = this.#checkpoints.pop();
        if (before === undefined) return;
        this.#model = before;
        return manager.revert();
      }
      case 'root':
        expect(equalsBytes(await manager.getStateRoot(), await libraryRoot(this.#model))).toBe(true);
        return;
      case 'flush':
        return this.#reopen();
    }
  }

  async compare(): Promise<void> {
    for (const index of WHO) await this.#compareAccount(index);
    await this.take({ type: 'root' });
    await this.#reopen();
    for (const index of WHO) await this.#compareAccount(index);
  }

  /** Stores the state and goes on with what can be read back. */
  async #reopen(): Promise<void> {
    while (this.#checkpoints.length > 0) await this.take({ type: 'commit' });
    this.#state = this.#store.open(await this.#state.flush());
  }

  async #compareAccount(index: number): Promise<void> {
    const { manager } = this.#state;
    const expected = this.#model.get(index);
    const account = await manager.getAccount(who(index));
    expect(account === undefined).toBe(expected === undefined);
    const { nonce, balance, code, slots } = expected ?? NEW;
    expect([account?.nonce ?? 0n, account?.balance ?? 0n]).toEqual([nonce, balance]);
    expect(await manager.getCode(who(index))).toEqual(codeOf(code));
    for (const slot of SLOTS) {
      const [one] = await manager.getStorage(who(index), word(slot));
      expect(one ?? 0).toBe(slots.get(slot) ?? 0);
    }
  }

  #set(index: number, fields: Partial<ModelAccount>): void {
    this.#model = new Map([...this.#model, [index, { ...(this.#model.get(index) ?? NEW), ...fields }]]);
  }
}

describe('JournaledState', () => {
  it("reads as what was written and not taken back, under the library's root, whatever was done", async () => {
    const property = fc.asyncProperty(steps, async (list) => {
      const run = new Run();
      for (const step of list) await run.take(step);
      await run.compare();
    });
    await fc.assert(property, { numRuns: 300 });
  });

  it('gives out copies: what a caller does to an account is not the state', async () => {
    const { manager } = createStateStore(memoryNodes()).open(KECCAK256_RLP);
    await manager.putAccount(who(1), new Account(1n, 5n));
    const account = (await manager.getAccount(who(1))) as Account;
    account.balance = 99n;
    expect((await manager.getAccount(who(1)))?.balance).toBe(5n);
    await manager.putAccount(who(1), account);
    account.balance = 1n;
    expect((await manager.getAccount(who(1)))?.balance).toBe(99n);
  });

  it('takes over what was changed elsewhere, and says at once what is there', async () => {
    const store = createStateStore(memoryNodes());
    const first = store.open(KECCAK256_RLP);
    await first.manager.putAccount(who(1), new Account(1n, 5n));
    await first.manager.putStorage(who(1), word(1), word(7));
    await first.manager.putAccount(who(2), new Account(1n));
    await first.manager.putAccount(who(3), new Account(2n, 3n));
    await first.manager.putStorage(who(3), word(2), word(9));
    const { manager } = store.open(await first.flush());
    const code = Uint8Array.of(1, 2);
    const hash = keccak256(code);
    const none = KECCAK256_NULL;
    expect(manager.accountNow(who(1).bytes)).toEqual({ nonce: 1n, balance: 5n, codeHash: none, hasStorage: true });
    manager.apply({
      codes: [{ hash, code }],
      accounts: [
        {
          address: who(1).bytes,
          account: { nonce: 2n, balance: 4n, codeHash: hash },
          isStorageCleared: false,
          slots: [
            { key: word(1), value: new Uint8Array() },
            { key: word(2), value: Uint8Array.of(8) },
          ],
        },
        { address: who(2).bytes, account: undefined, isStorageCleared: true, slots: [] },
        {
          address: who(3).bytes,
          account: { nonce: 1n, balance: 0n, codeHash: none },
          isStorageCleared: true,
          slots: [{ key: word(3), value: Uint8Array.of(1) }],
        },
      ],
    });
    expect(manager.codeNow(hash)).toEqual(code);
    expect(manager.accountNow(who(2).bytes)).toBeUndefined();
    expect(manager.slotNow(who(3).bytes, word(2))).toEqual(new Uint8Array());
    const slots = (...list: [number, number][]) => new Map(list);
    const model: Model = new Map([
      [1, { nonce: 2n, balance: 4n, code: 0, slots: slots([2, 8]) }],
      [3, { nonce: 1n, balance: 0n, code: 0, slots: slots([3, 1]) }],
    ]);
    await manager.putCode(who(1), new Uint8Array());
    expect(equalsBytes(await manager.getStateRoot(), await libraryRoot(model))).toBe(true);
    expect(manager.accountNow(who(1).bytes)).toMatchObject({ nonce: 2n, hasStorage: true });
  });

  it('knows the value of a slot before the transaction', async () => {
    const { manager } = createStateStore(memoryNodes()).open(KECCAK256_RLP);
    await manager.putAccount(who(1), new Account(1n));
    await manager.putStorage(who(1), word(1), word(5));
    expect(await manager.originalStorageCache.get(who(1), word(1))).toEqual(Uint8Array.of(5));
    await manager.putStorage(who(1), word(1), word(6));
    expect(await manager.originalStorageCache.get(who(1), word(1))).toEqual(Uint8Array.of(5));
    manager.originalStorageCache.clear();
    expect(await manager.originalStorageCache.get(who(1), word(1))).toEqual(Uint8Array.of(6));
  });

  it('has no storage without an account', async () => {
    const { manager } = createStateStore(memoryNodes()).open(KECCAK256_RLP);
    await expect(manager.putStorage(who(1), word(1), word(1))).rejects.toThrow('not there');
    expect(await manager.getStorage(who(1), word(1))).toEqual(new Uint8Array());
  });

  it('goes on from another root, and copies what it has written', async () => {
    const store = createStateStore(memoryNodes());
    const first = store.open(KECCAK256_RLP);
    await first.manager.putAccount(who(1), new Account(1n));
    const root = await first.flush();
    const { manager } = store.open(KECCAK256_RLP);
    expect(await manager.hasStateRoot(root)).toBe(true);
    expect(await manager.hasStateRoot(word(1))).toBe(false);
    expect(await manager.getAccount(who(1))).toBeUndefined();
    await manager.setStateRoot(root);
    expect((await manager.getAccount(who(1)))?.nonce).toBe(1n);
    await manager.putAccount(who(2), new Account(2n));
    await manager.getStateRoot();
    const copy = manager.shallowCopy();
    await copy.putAccount(who(2), new Account(3n));
    expect((await copy.getAccount(who(2)))?.nonce).toBe(3n);
    expect((await manager.getAccount(who(2)))?.nonce).toBe(2n);
  });
});
