import { Account, type Address, bytesToHex, KECCAK256_NULL } from '@ethereumjs/util';
import type { StateChanges } from '@minichain/evm';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { address, bytes, word } from '../chain.fixture.ts';
import { loadCrypto } from '../crypto/crypto.ts';
import { openMemory } from '../storage/backends/memory.ts';
import { Database } from '../storage/database.ts';
import { createNodeStore } from '../storage/nodeStore.ts';
import { createStateStore, type OpenState } from './stateStore.ts';
import type { StateView } from './stateView.ts';

const EMPTY_ROOT = bytes('0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421');
const WHO = ['a1', 'a2', 'a3', 'a4'].map((name) => address(name));

beforeAll(async () => {
  await loadCrypto();
});

/** A database with what is put into it counted. */
function open() {
  const database = new Database(openMemory());
  const put = { entries: 0, bytes: 0 };
  const nodes = createNodeStore(database);
  const count = database.put.bind(database);
  database.put = (key, value) => {
    put.entries++;
    put.bytes += key.length / 2 + value.length;
    count(key, value);
  };
  return { database, nodes, put, states: createStateStore(nodes, { keepsDeltas: true }) };
}

const code = (n: number): Uint8Array => Uint8Array.of(0x60, n);

const change = fc.oneof(
  fc.record({ kind: fc.constant('balance' as const), who: fc.nat(3), value: fc.nat(3) }),
  fc.record({ kind: fc.constant('slot' as const), who: fc.nat(3), slot: fc.nat(9), value: fc.nat(2) }),
  fc.record({ kind: fc.constant('code' as const), who: fc.nat(3), value: fc.nat(2) }),
  fc.record({ kind: fc.constant('clear' as const), who: fc.nat(3) }),
  fc.record({ kind: fc.constant('delete' as const), who: fc.nat(3) }),
);
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

async function apply(manager: OpenState['manager'], one: Change) {
  const who = WHO[one.who] as (typeof WHO)[number];
  const account = await manager.getAccount(who);
  if (one.kind === 'delete') return account && manager.deleteAccount(who);
  if (account === undefined) await manager.putAccount(who, new Account(1n, 1n));
  if (one.kind === 'balance') await manager.modifyAccountFields(who, { balance: BigInt(one.value) });
  if (one.kind === 'slot')
    await manager.putStorage(who, word(one.slot), one.value === 0 ? bytes('0x') : word(one.value));
  if (one.kind === 'code') await manager.putCode(who, code(one.value));
  if (one.kind === 'clear') await manager.clearStorage(who);
}

/** Bytes as hex: matchers that compare hundreds of byte arrays index by index take a hundred times as long as what is tested. */
const asText = (value: unknown): string =>
  JSON.stringify(
    value,
    (_, one) => (one instanceof Uint8Array ? bytesToHex(one) : typeof one === 'bigint' ? `${one}` : one),
    1,
  );

async function everythingIn(view: StateView): Promise<string> {
  const slots = Array.from({ length: 10 }, (_, slot) => word(slot));
  const found: unknown[] = [];
  // Reads first: a proof works all of the state out.
  for (const who of WHO) found.push(await view.account(who), await view.code(who));
  for (const who of WHO) for (const slot of slots) found.push(await view.storage(who, slot));
  for (const who of WHO) found.push(await view.proof(who, slots));
  return asText(found);
}

/** What is read of a state to write on it, and its root then. */
async function writtenOn({ manager }: OpenState): Promise<string> {
  const found: unknown[] = [];
  for (const who of WHO) {
    const now = manager.accountNow(who.bytes);
    if (now !== undefined) found.push(now, manager.codeNow(now.codeHash));
    for (let slot = 0; slot < 10; slot += 2) found.push(manager.slotNow(who.bytes, word(slot)));
  }
  await apply(manager, { kind: 'slot', who: 1, slot: 3, value: 1 });
  await apply(manager, { kind: 'balance', who: 2, value: 3 });
  found.push(manager.writeTries());
  for (let slot = 0; slot < 10; slot++) found.push(manager.slotNow((WHO[1] as Address).bytes, word(slot)));
  return asText(found);
}

describe('states that are known by their differences', () => {
  it('read as whole states do, from any state on, also when all that was in memory is forgotten', async () => {
    const block = fc.record({ parent: fc.nat(30), changes: fc.array(change, { maxLength: 6 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(block, { minLength: 1, maxLength: 16 }), async (blocks) => {
        const { states, nodes } = open();
        const whole = createStateStore(createNodeStore(new Database(openMemory())));
        const roots: Uint8Array[] = [];
        for (const { parent, changes } of blocks) {
          const from = roots[roots.length - 1 - (parent % Math.max(1, roots.length))] ?? EMPTY_ROOT;
          const flushed: Uint8Array[] = [];
          for (const state of [states.open(from), whole.open(from)]) {
            for (const one of changes) await apply(state.manager, one);
            flushed.push(await state.flush());
          }
          expect(bytesToHex(flushed[0] as Uint8Array)).toBe(bytesToHex(flushed[1] as Uint8Array));
          roots.push(flushed[0] as Uint8Array);
        }
        const anew = createStateStore(nodes, { keepsDeltas: true });
        for (const root of [...roots].reverse()) {
          const expected = await everythingIn(whole.view(root));
          expect(await everythingIn(states.view(root))).toBe(expected);
          expect(await writtenOn(anew.open(root))).toBe(await writtenOn(whole.open(root)));
          expect(await everythingIn(anew.view(root))).toBe(expected);
        }
        const dumped = asText(await whole.dump(roots[0] as Uint8Array));
        expect(asText(await anew.dump(roots[0] as Uint8Array))).toBe(dumped);
      }),
      { numRuns: 100 },
    );
  });

  it('stay readable when a state on an old one changes nothing', async () => {
    const { states } = open();
    const roots: Uint8Array[] = [EMPTY_ROOT];
    // More than the states that are held in memory.
    for (let value = 1; value < 60; value++) {
      const { manager, flush } = states.open(roots.at(-1) as Uint8Array);
      await apply(manager, { kind: 'balance', who: 1, value });
      roots.push(await flush());
    }
    const old = roots[20] as Uint8Array;
    expect(await states.open(old).flush()).toEqual(old);
    expect(await states.view(old).balance(WHO[1] as Address)).toBe(20n);
  });

  it('cost what they change, however large the storage is that they change', async () => {
    const { states, put, nodes } = open();
    const contract = address('cc').bytes;
    const account = { nonce: 1n, balance: 0n, codeHash: KECCAK256_NULL };
    const writing = (from: number, count: number, value: number): StateChanges => ({
      accounts: [
        {
          ...{ address: contract, account, isStorageCleared: false },
          slots: Array.from({ length: count }, (_, i) => ({ key: word(from + i), value: Uint8Array.of(value) })),
        },
      ],
      codes: [],
    });
    let root = EMPTY_ROOT;
    const flush = async (changes: StateChanges) => {
      const state = states.open(root);
      state.manager.apply(changes);
      root = await state.flush();
    };
    await flush(writing(0, 4096, 1));
    const roots: Uint8Array[] = [];
    const before = { ...put };
    for (let i = 0; i < 1000; i++) {
      await flush(writing(i, 1, 2));
      roots.push(root);
    }
    expect(put.entries - before.entries).toBe(1000);
    // With two hashes that lead to the state before, and one of the storage: to read it no trie has to be made.
    expect((put.bytes - before.bytes) / 1000).toBeLessThan(140);
    // 1,000 states on, one is whole again; none is more than its share of that.
    for (let i = 1000; i < 3000; i++) await flush(writing(i, 1, 2));
    expect((put.bytes - before.bytes) / 3000).toBeLessThan(500);
    const reads = { count: 0 };
    const counted = {
      ...nodes,
      get: (key: string) => {
        reads.count++;
        return nodes.get(key);
      },
    };
    const anew = createStateStore(counted, { keepsDeltas: true });
    for (const [i, at] of [...roots.entries()].reverse().slice(0, 3)) {
      expect((await anew.view(at).storage(address('cc'), word(i)))[31]).toBe(2);
      expect((await anew.view(at).storage(address('cc'), word(i + 1)))[31]).toBe(1);
    }
    // For each change a look whether its state is stored and the nodes that lead to it, not those of the states between.
    expect(reads.count).toBeLessThan(3 * 3000);
  });

  it('are stored whole where somebody needs their nodes', async () => {
    const { states, nodes } = open();
    const first = states.open(EMPTY_ROOT);
    await first.manager.putAccount(address('aa'), new Account(1n, 1n));
    const base = await first.flush();
    const second = states.open(base);
    await second.manager.putAccount(address('bb'), new Account(1n, 1n));
    await second.manager.putStorage(address('bb'), word(1), word(2));
    const root = await second.flush();
    expect(() => createStateStore(nodes).view(root)).toThrow('is not available');
    states.keepWhole([base, root, word(7)]);
    const view = createStateStore(nodes).view(root);
    expect(await view.storage(address('bb'), word(1))).toEqual(word(2));
    expect(await view.nonce(address('aa'))).toBe(1n);
  });
});
