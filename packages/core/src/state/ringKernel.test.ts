import { RLP } from '@ethereumjs/rlp';
import { Account, bytesToHex, KECCAK256_RLP } from '@ethereumjs/util';
import { describe, expect, it } from 'vitest';
import { address, memoryNodes } from '../chain.fixture.ts';
import { keccak256 } from '../crypto/keccak.ts';
import { hexFrom } from './hexFrom.ts';
import { type Ring, slotKey } from './ringTries.ts';
import { createStateStore } from './stateStore.ts';
import { Trie } from './trie/trie.ts';

const RINGS: readonly Ring[] = [
  { address: address('bb').bytes, keeps: 'times', size: 61 },
  { address: address('cc').bytes, keeps: 'hashes', size: 37 },
];
const CODE_HASH = keccak256(Uint8Array.of(1));
/** A header is any bytes that hold what it must. */
const HEADER = { encoded: new Uint8Array(120), parentHash: 0, stateRoot: 32, number: 64, numberBytes: 4 };
const noPause = () => undefined;

/** A state in which the rings' contracts hold some entries, by hashed key. */
function stateWith(entries: readonly (readonly [key: Uint8Array, value: Uint8Array])[], others = 20) {
  const nodes = memoryNodes();
  const source = { get: (hash: string) => nodes.get(hash) as Uint8Array };
  const write = (trie: Trie): Uint8Array => {
    trie.store((hash, encoded) => nodes.write(new Map([[hash, encoded]])));
    return trie.root();
  };
  const accounts = new Trie(source, undefined);
  for (let i = 0; i < others; i++) accounts.put(keccak256(Uint8Array.of(i)), new Account(1n, 5n).serialize());
  for (const ring of RINGS) {
    const storage = new Trie(source, undefined);
    for (const [key, value] of entries) storage.put(key, RLP.encode(value));
    const storageRoot = entries.length === 0 ? KECCAK256_RLP : write(storage);
    accounts.put(keccak256(ring.address), new Account(1n, 0n, storageRoot, CODE_HASH).serialize());
  }
  return { root: write(accounts), nodes, states: createStateStore(nodes) };
}

/** A key that begins as another does, for so many nibbles. */
function like(key: Uint8Array, nibbles: number): Uint8Array {
  const other = key.slice();
  const at = nibbles >> 1;
  other[at] = (other[at] as number) ^ (nibbles % 2 === 0 ? 0x10 : 0x01);
  return other;
}

const START = { number: 5, timestamp: 10_000_000_000, spacing: 3 };

async function compare(made: ReturnType<typeof stateWith>, count: number): Promise<void> {
  const { root, states, nodes } = made;
  const opened = await states.ringKernel(root, RINGS, noPause);
  const { rings } = states.rings(root, RINGS);
  if (opened === undefined) throw new RangeError('not opened');
  const parentHash = keccak256(Uint8Array.of(7));
  opened.kernel.begin({ parentHash, stateRoot: root, ...START });
  opened.kernel.setHeader({ ...HEADER, timestamp: 68, timestampBytes: 8 });
  const blocks = opened.kernel.run(count);
  if (blocks === undefined) throw new RangeError('not run');
  let parent = parentHash;
  for (let i = 0; i < count; i++) {
    const [number, timestamp] = [START.number + i, START.timestamp + START.spacing * i];
    rings.apply({ number, timestamp, parentHash: parent });
    const ours = blocks.roots.slice(32 * i, 32 * (i + 1));
    expect(bytesToHex(ours)).toBe(bytesToHex(rings.root()));
    const header = HEADER.encoded.slice();
    header.set(parent);
    header.set(ours, 32);
    new DataView(header.buffer).setUint32(64, number);
    new DataView(header.buffer).setBigUint64(68, BigInt(timestamp));
    parent = keccak256(header);
    expect(bytesToHex(blocks.hashes.slice(32 * i, 32 * (i + 1)))).toBe(bytesToHex(parent));
  }
  const last = blocks.roots.slice(-32);
  await opened.store([1, 2]);
  // All of it is there for who reads nothing but what was stored.
  const again = createStateStore(nodes);
  const slot = new Uint8Array(32);
  slot[31] = (START.number + count - 2) % 37;
  expect(await again.view(last).proof(address('cc'), [slot])).toMatchObject({ exists: true });
}

describe('the kernel of runs', () => {
  it.each([1, 36, 37, 200])('has the roots that tries have, from empty rings on (%i blocks)', async (count) => {
    await compare(stateWith([]), count);
  });

  it.each([0, 1, 2, 15])('finds its way in a trie of %i other accounts', (others) =>
    compare(stateWith([], others), 70),
  );

  it.each([1, 2, 3, 4, 5, 7, 8, 11, 16])('parts ways where keys are alike for %i nibbles', async (nibbles) => {
    const entries = [3, 9, 30].flatMap((slot) => [
      [like(slotKey(slot), nibbles), new Uint8Array(12).fill(slot)] as const,
      [like(like(slotKey(slot), nibbles), nibbles + 3), new Uint8Array(32).fill(slot)] as const,
    ]);
    await compare(stateWith(entries), 150);
  });

  it('begins with some slots written', () =>
    compare(stateWith([2, 4, 8, 16, 32].map((slot) => [slotKey(slot), Uint8Array.of(0x80 + slot)])), 90));

  it('leaves alone what it does not know to keep', async () => {
    // A block takes this one away.
    const taken = stateWith([[slotKey(61 + 4), Uint8Array.of(1)]]);
    expect(await taken.states.ringKernel(taken.root, RINGS, noPause)).toBeUndefined();
    // So alike that a leaf would stand in its parent.
    const deep = stateWith([[like(slotKey(10_000_000_000 % 61), 50), Uint8Array.of(1)]]);
    const opened = await deep.states.ringKernel(deep.root, RINGS, noPause);
    opened?.kernel.begin({ parentHash: CODE_HASH, stateRoot: deep.root, ...START });
    opened?.kernel.setHeader({ ...HEADER, timestamp: 68, timestampBytes: 8 });
    expect(opened?.kernel.run(1)).toBeUndefined();
    // Half of the state is gone.
    const gone = stateWith([[slotKey(1), Uint8Array.of(1)]]);
    const nodes = {
      ...gone.nodes,
      get: (key: string) => (key === hexFrom(gone.root) ? gone.nodes.get(key) : undefined),
    };
    await expect(createStateStore(nodes).ringKernel(gone.root, RINGS, noPause)).rejects.toThrow('not available');
  });
});
