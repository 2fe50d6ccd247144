import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bytesToHex, createAddressFromString } from '@ethereumjs/util';
import { expect, it } from 'vitest';
import { LATEST, useChains } from '../chain.fixture.ts';
import type { Chain } from '../contract.ts';

const start = useChains();
const MANUAL = { mining: { type: 'manual' } } as const;
const HISTORY = createAddressFromString('0x0000f90827f1c53a10cb7a02335b175320002935');
const BEACON = createAddressFromString('0x000f3df6d732807ef1319fb7b8bb8522d0beac02');
const hashAt = async (chain: Chain, number: bigint) => bytesToHex((await chain.chain.require({ number })).hash);

/** The same blocks, made one by one. */
async function oneByOne(chain: Chain, blocks: number, interval = 0n): Promise<void> {
  await chain.miner.mine();
  for (let i = 1; i < blocks; i++) await chain.miner.mine({ interval, spaceFirst: true });
}

it.each(['prague', 'cancun', 'shanghai', 'london', 'berlin', 'latest'])(
  'makes the blocks that it makes one by one (%s)',
  async (hardfork) => {
    const [fast, slow] = [await start({ ...MANUAL, hardfork }), await start({ ...MANUAL, hardfork })];
    await fast.miner.mine({ blocks: 300, interval: 12n });
    expect(fast.storage.stats().commits).toBeLessThan(6);
    await oneByOne(slow, 300, 12n);
    for (const number of [1n, 2n, 33n, 150n, 256n, 257n, 258n, 299n, 300n]) {
      const [ours, theirs] = [await fast.chain.require({ number }), await slow.chain.require({ number })];
      expect(ours.block.toJSON()).toEqual(theirs.block.toJSON());
      expect(bytesToHex(ours.hash)).toBe(bytesToHex(theirs.hash));
      expect(await fast.chain.get({ hash: ours.hash })).toEqual(ours);
    }
    expect(await hashAt(fast, 300n)).toBe(await hashAt(slow, 300n));
  },
);

const slotOf = (value: bigint) => Buffer.from(value.toString(16).padStart(64, '0'), 'hex');

it.each([
  { hardfork: 'osaka', interval: 12n },
  // One slot of the times again and again.
  { hardfork: 'prague', interval: 3n * 8191n },
  { hardfork: 'cancun', interval: 12n },
  { hardfork: 'shanghai', interval: 12n },
  { hardfork: 'london', interval: 5n },
])('makes the same in one run as in many ($hardfork, $interval s)', async ({ hardfork, interval }) => {
  const options = { ...MANUAL, hardfork, baseFee: 10n ** 30n };
  const [one, many] = [await start(options), await start(options)];
  for (const chain of [one, many]) {
    await chain.miner.mine();
    // Others have left something in the rings: where blocks write, and where none ever does.
    for (const slot of [3n, 77n, 8190n, 20_000n]) {
      await chain.control.setStorage(HISTORY, slotOf(slot), slotOf(slot));
      await chain.control.setStorage(BEACON, slotOf(slot), slotOf(1n));
    }
  }
  await one.miner.mine({ blocks: 9_200, interval, spaceFirst: true });
  for (let made = 0; made < 9_200; made += 400) await many.miner.mine({ blocks: 400, interval, spaceFirst: true });
  for (let number = 1n; number <= 9_201n; number += 400n)
    expect(await hashAt(one, number)).toBe(await hashAt(many, number));
  const [ours, theirs] = [one.chain.head, many.chain.head];
  expect(ours.block.toJSON()).toEqual(theirs.block.toJSON());
  const [state, other] = [one.state.of(ours), many.state.of(theirs)];
  for (const slot of [0n, 3n, 77n, 4_000n, 8190n, 20_000n]) {
    expect(await state.storage(HISTORY, slotOf(slot))).toEqual(await other.storage(HISTORY, slotOf(slot)));
    expect(await state.storage(BEACON, slotOf(slot))).toEqual(await other.storage(BEACON, slotOf(slot)));
  }
  for (const chain of [one, many]) await chain.miner.mine();
  expect(await hashAt(one, 9_202n)).toBe(await hashAt(many, 9_202n));
});

it('makes what a block takes away be gone, and is fast again after it', async () => {
  const [one, many] = [await start(MANUAL), await start(MANUAL)];
  for (const chain of [one, many]) {
    await chain.miner.mine();
    for (const slot of [8191n + 5n, 2n * 8191n - 1n]) await chain.control.setStorage(BEACON, slotOf(slot), slotOf(9n));
  }
  await one.miner.mine({ blocks: 10_000, interval: 1n });
  for (let made = 0; made < 10_000; made += 500)
    await many.miner.mine({ blocks: 500, interval: 1n, spaceFirst: made > 0 });
  expect(one.chain.head.block.toJSON()).toEqual(many.chain.head.block.toJSON());
  expect(bytesToHex(await one.state.of(one.chain.head).storage(BEACON, slotOf(8191n + 5n)))).toBe(
    bytesToHex(slotOf(0n)),
  );
});

it.each(['cancun', 'prague', 'osaka'])(
  'makes blocks that EthereumJS makes when it runs them (%s)',
  async (hardfork) => {
    const [ours, theirs] = [
      await start({ ...MANUAL, hardfork }),
      await start({ ...MANUAL, hardfork, engine: 'ethereumjs' }),
    ];
    await ours.miner.mine({ blocks: 700, interval: 12n });
    for (let number = 1n; number <= 700n; number++) {
      await theirs.chain.importBlock((await ours.chain.require({ number })).block);
    }
    expect(bytesToHex(theirs.chain.head.hash)).toBe(bytesToHex(ours.chain.head.hash));
    expect(bytesToHex(theirs.chain.head.stateRoot)).toBe(bytesToHex(ours.chain.head.stateRoot));
  },
);

it('goes on at the same time, fees and place as if each block had been made by itself', async () => {
  const [fast, slow] = [await start(MANUAL), await start(MANUAL)];
  for (const chain of [fast, slow]) chain.clock.setInterval(7n);
  await fast.miner.mine({ blocks: 200 });
  await oneByOne(slow, 200);
  for (const chain of [fast, slow]) await chain.miner.mine();
  expect(await hashAt(fast, 201n)).toBe(await hashAt(slow, 201n));
  expect(fast.clock.peekNext()).toBe(slow.clock.peekNext());
});

it('keeps the rings right when they have turned more than once, and in between', async () => {
  const chain = await start(MANUAL);
  await chain.miner.mine({ blocks: 18_000 });
  const head = chain.chain.head.block.header;
  expect(head.number).toBe(18_000n);
  for (const number of [17_998n, 12_000n, 9_000n, 100n]) {
    const block = await chain.chain.require({ number });
    const state = await chain.state.at({ number });
    expect(bytesToHex(state.root)).toBe(bytesToHex(block.block.header.stateRoot));
    const parent = await state.storage(HISTORY, slotOf((number - 1n) % 8191n));
    expect(bytesToHex(parent)).toBe(bytesToHex(block.block.header.parentHash));
    expect(await hashAt(chain, number - 1n)).toBe(bytesToHex(block.block.header.parentHash));
    const { timestamp } = block.block.header;
    expect(BigInt(bytesToHex(await state.storage(BEACON, slotOf(timestamp % 8191n))))).toBe(timestamp);
  }
  // A block of any kind on top of it is accepted by the rules that blocks from outside are held to.
  const other = await start(MANUAL);
  await other.miner.mine({ blocks: 18_000 });
  await chain.miner.mine();
  await other.chain.importBlock(chain.chain.head.block);
  expect(await hashAt(other, 18_001n)).toBe(await hashAt(chain, 18_001n));
});

it('is taken back by a snapshot, cut by a new head and read by hash off the chain', async () => {
  const chain = await start(MANUAL);
  await chain.miner.mine({ blocks: 3 });
  const id = await chain.snapshots.take();
  await chain.miner.mine({ blocks: 500 });
  const [middle, late] = [await chain.chain.require({ number: 250n }), await chain.chain.require({ number: 400n })];
  await chain.chain.setHead(middle.hash);
  expect(chain.chain.head.block.header.number).toBe(250n);
  expect(await chain.chain.get({ number: 251n })).toBeUndefined();
  expect(await chain.chain.get({ hash: late.hash })).toEqual(late);
  expect(await chain.chain.isCanonical(late)).toBe(false);
  await chain.chain.setHead(late.hash);
  expect(await hashAt(chain, 400n)).toBe(bytesToHex(late.hash));
  await chain.chain.setHead(middle.hash);
  await chain.miner.mine({ blocks: 100 });
  expect(chain.chain.head.block.header.number).toBe(350n);
  expect(await hashAt(chain, 250n)).toBe(bytesToHex(middle.hash));
  expect(await chain.snapshots.revert(id)).toBe(true);
  expect(chain.chain.head.block.header.number).toBe(3n);
  expect(await chain.chain.get({ number: 4n })).toBeUndefined();
  await chain.miner.mine({ blocks: 100 });
  expect(chain.chain.head.block.header.number).toBe(103n);
  expect((await chain.state.at(LATEST)).root).toEqual(chain.chain.head.stateRoot);
});

it('leaves to single blocks what is not empty or has something set for it', async () => {
  const chain = await start(MANUAL);
  const [from] = chain.accounts.list();
  await chain.control.submit({ from, to: HISTORY, value: 0n, gasLimit: 100_000n } as never);
  await chain.miner.mine({ blocks: 100 });
  expect((await chain.chain.require({ number: 1n })).block.transactions).toHaveLength(1);
  expect(chain.chain.head.block.header.number).toBe(100n);
});

it('outlives the process, and is pruned with its states and its history', async () => {
  const path = mkdtempSync(join(tmpdir(), 'run-'));
  try {
    const before = await start({ ...MANUAL, storage: { path, fsync: 'off' } });
    await before.miner.mine({ blocks: 600 });
    const middle = await before.chain.require({ number: 300n });
    await before.close();
    const chain = await start({ ...MANUAL, storage: { path, fsync: 'off' } });
    expect((await chain.chain.require({ number: 300n })).block.toJSON()).toEqual(middle.block.toJSON());
    expect((await chain.state.at({ number: 300n })).root).toEqual(middle.stateRoot);
    await chain.storage.prune({ states: 400 });
    expect(await (await chain.state.at({ number: 400n })).nonce(HISTORY)).toBe(1n);
    await chain.storage.prune({ historyBlocks: 10 });
    expect(await chain.chain.get({ hash: middle.hash })).toBeUndefined();
    await chain.miner.mine({ blocks: 600 });
    await chain.storage.prune({ historyBlocks: 10 });
    expect(chain.chain.head.block.header.number).toBe(1_200n);
    expect(await hashAt(chain, 1_195n)).toBe(
      bytesToHex((await chain.chain.require({ number: 1_196n })).block.header.parentHash),
    );
    expect(await (await chain.state.at(LATEST)).nonce(HISTORY)).toBe(1n);
    await chain.close();
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
});
