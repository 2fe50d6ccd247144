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
const BLOCKS = 9_000;

const hashAt = async (chain: Chain, number: bigint) => bytesToHex((await chain.chain.require({ number })).hash);
const slotOf = (value: bigint) => Buffer.from(value.toString(16).padStart(64, '0'), 'hex');

/** The same chain, on which each call is waited for. */
async function followed(calls: (chain: Chain) => (() => unknown)[], options = {}): Promise<[Chain, Chain]> {
  const [ahead, waiting] = [await start({ ...MANUAL, ...options }), await start({ ...MANUAL, ...options })];
  for (const call of calls(ahead)) await call();
  for (const call of calls(waiting)) {
    await call();
    await waiting.chain.settled();
  }
  await ahead.chain.settled();
  return [ahead, waiting];
}

it('says at once that blocks are there, and has who asks for their hashes wait', async () => {
  const chain = await start(MANUAL);
  const [owner] = chain.accounts.list() as [Chain['miner']['coinbase']];
  const before = chain.clock.peekNext();
  expect(await chain.miner.record({ blocks: BLOCKS, interval: 12n })).toMatchObject({ number: BigInt(BLOCKS) });
  expect(chain.chain.settled()).toBeInstanceOf(Promise);
  expect(chain.chain.head.block.header.number).toBe(1n);
  const { tip } = chain.chain;
  expect(tip.number).toBe(BigInt(BLOCKS));
  expect(tip.timestamp).toBe(before + 12n * BigInt(BLOCKS - 1));
  const state = await chain.state.at(LATEST);
  expect(await state.balance(owner)).toBe(await chain.state.of(chain.chain.genesis).balance(owner));
  expect(await (await chain.state.at({ number: 8_000n })).nonce(HISTORY)).toBe(1n);
  expect(() => state.root).toThrow('yet to be worked out');
  expect(chain.fees.nextBaseFee()).toBe(7n);
  // Still nobody has waited.
  expect(chain.chain.head.block.header.number).toBe(1n);
  const [slot, block] = await Promise.all([
    state.storage(HISTORY, slotOf(100n)),
    chain.chain.require({ number: 101n }),
  ]);
  // Slot 100 was written by block 101, and again by that which comes a whole turn after it.
  expect(bytesToHex(slot)).toBe(await hashAt(chain, 100n + 8191n));
  expect(block.block.header.number).toBe(101n);
  const head = await chain.chain.require(LATEST);
  expect(head.block.header).toMatchObject({
    number: tip.number,
    timestamp: tip.timestamp,
    baseFeePerGas: tip.baseFeePerGas,
  });
  expect(chain.chain.settled()).toBeUndefined();
  expect((await chain.state.at(LATEST)).root).toEqual(head.block.header.stateRoot);
  expect(await chain.chain.get({ number: tip.number + 1n })).toBeUndefined();
  // In the middle only what blocks write need be worked out.
  const middle = await chain.state.at({ number: 5_000n });
  expect(middle.root).toEqual((await chain.chain.require({ number: 5_000n })).block.header.stateRoot);
  expect(await middle.balance(owner)).toBe(await state.balance(owner));
  expect(bytesToHex(await middle.storage(HISTORY, slotOf(4_999n)))).toBe(await hashAt(chain, 4_999n));
  expect((await middle.proof(owner, [])).balance).toBe(await state.balance(owner));
});

it('runs calls in the last block before it is worked out, and those that ask for more once it is', async () => {
  const chain = await start(MANUAL);
  const at = (digit: string) => createAddressFromString(`0x${digit.repeat(40)}`);
  const codes: Record<string, string> = {
    // What they return: number · timestamp · gas limit · hash of block 1 · of block 100 · randomness · a slot of the ring · of a child.
    '1': '4360005260206000f3',
    '2': '4260005260206000f3',
    '3': '4560005260206000f3',
    '4': '60014060005260206000f3',
    '5': `61${(8_900).toString(16)}4060005260206000f3`,
    '6': '4460005260206000f3',
    '7': `61${(900).toString(16).padStart(4, '0')}60005260206000602060007${'3'}${HISTORY.toString().slice(2)}5afa60206000f3`,
    '8': `60206000600060006000${`73${'6'.repeat(40)}`}5af15060206000f3`,
  };
  for (const [digit, code] of Object.entries(codes)) await chain.control.setCode(at(digit), Buffer.from(code, 'hex'));
  // What runs code is loaded when it is first asked for, which takes as long as thousands of blocks.
  await chain.execution.estimateGas({ to: at('1') }, LATEST);
  await chain.miner.record({ blocks: BLOCKS, interval: 12n });
  const call = async (digit: string) => {
    const { returnData } = await chain.execution.call({ to: at(digit) }, LATEST);
    return bytesToHex(returnData);
  };
  const { tip } = chain.chain;
  const isWaiting = () => chain.chain.settled() !== undefined;
  expect(BigInt(await call('1'))).toBe(tip.number);
  expect(BigInt(await call('2'))).toBe(tip.timestamp);
  expect(BigInt(await call('3'))).toBe(tip.gasLimit);
  expect(BigInt(await call('4'))).toBe(0n);
  expect(await chain.execution.estimateGas({ to: at('1') }, LATEST)).toBeGreaterThan(21_000n);
  expect(isWaiting()).toBe(true);
  const asked = ['5', '6', '7', '8'].map(call);
  expect(isWaiting()).toBe(true);
  const answers = await Promise.all(asked);
  expect(isWaiting()).toBe(false);
  expect(answers).toEqual(await Promise.all(['5', '6', '7', '8'].map(call)));
  expect(answers[0]).toBe(await hashAt(chain, 8_900n));
  expect(answers[1]).toBe(bytesToHex((await chain.chain.require(LATEST)).block.header.mixHash));
  expect(answers[2]).toBe(await hashAt(chain, 900n));
  expect(answers[3]).toBe(answers[1]);
});

it('makes the chain that is made when every call is waited for', async () => {
  const [ahead, waiting] = await followed((chain) => [
    () => chain.miner.record({ blocks: 3_000, interval: 12n }),
    () => chain.miner.record({ blocks: 700 }),
    () => chain.clock.setNext(chain.chain.tip.timestamp + 100_000n),
    () =>
      chain.miner.record({ blocks: 900, interval: 5n, spaceFirst: true, timestamp: chain.chain.tip.timestamp + 7n }),
    () => chain.miner.record({ blocks: 40, interval: 8n, spaceFirst: true }),
    () => chain.clock.increase(1_000_000n),
    () => chain.miner.record({ blocks: 60 }),
    // So few are made one by one, when all else is there.
    () => chain.miner.record({ blocks: 3, interval: 2n }),
  ]);
  const { number } = waiting.chain.head.block.header;
  expect(number).toBe(4_703n);
  for (const height of [3_000n, 3_001n, 3_700n, 3_701n, 4_600n, 4_640n, 4_700n, number]) {
    expect((await ahead.chain.require({ number: height })).block.toJSON()).toEqual(
      (await waiting.chain.require({ number: height })).block.toJSON(),
    );
  }
  expect(ahead.clock.peekNext()).toBe(waiting.clock.peekNext());
});

it('has writes wait, and takes them in on the last block', async () => {
  const chain = await start({ mining: { type: 'instant' } });
  const [from, to] = chain.accounts.list();
  const id = await chain.snapshots.take();
  await chain.miner.record({ blocks: BLOCKS });
  const hash = await chain.control.submit({ from, to, value: 1n } as never);
  const mined = await chain.chain.transaction(hash);
  expect(mined?.block.block.header.number).toBe(BigInt(BLOCKS + 1));
  expect(bytesToHex(mined?.block.block.header.parentHash as Uint8Array)).toBe(await hashAt(chain, BigInt(BLOCKS)));
  await chain.miner.record({ blocks: 5_000 });
  await chain.control.setStorage(HISTORY, slotOf(4n), slotOf(9n));
  expect(chain.chain.head.block.header.number).toBe(BigInt(BLOCKS + 5_001));
  expect(await (await chain.state.at(LATEST)).storage(HISTORY, slotOf(4n))).toEqual(new Uint8Array(slotOf(9n)));
  await chain.miner.record({ blocks: 5_000 });
  expect(await chain.snapshots.revert(id)).toBe(true);
  expect(chain.chain.tip.number).toBe(0n);
  expect(await chain.chain.get({ number: 1n })).toBeUndefined();
});

it('goes back without waiting for blocks that it leaves behind, and may make others in their place', async () => {
  const path = mkdtempSync(join(tmpdir(), 'ahead-'));
  try {
    const chain = await start({ ...MANUAL, storage: { path, fsync: 'off' } });
    await chain.miner.mine({ blocks: 2 });
    const id = await chain.snapshots.take();
    await chain.snapshots.saveCheckpoint('here');
    const far = async () => {
      const { number } = chain.chain.tip;
      await chain.miner.record({ blocks: 4_000_000_000, interval: 1n });
      await chain.miner.record({ blocks: 100 });
      expect(chain.chain.tip.number).toBe(number + 4_000_000_100n);
      // It is in the middle of them.
      for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
    };
    await far();
    const waiting = chain.control.setBalance(HISTORY, 5n);
    expect(await chain.snapshots.revert(99n)).toBe(false);
    expect(chain.chain.tip.number).toBe(4_000_000_102n);
    expect(await chain.snapshots.revert(id)).toBe(true);
    expect(chain.chain.tip.number).toBe(2n);
    await waiting;
    expect(await (await chain.state.at(LATEST)).balance(HISTORY)).toBe(5n);
    await far();
    expect(await chain.snapshots.restoreCheckpoint('here')).toBe(true);
    expect(chain.chain.tip.number).toBe(2n);
    await chain.miner.mine({ blocks: 1_000, interval: 1n });
    expect(chain.chain.head.block.header.number).toBe(1_002n);
    await far();
    await chain.control.reset();
    expect(chain.chain.tip.number).toBe(0n);
    await chain.miner.mine({ blocks: 1_000 });
    for (const number of [1n, 600n, 999n]) {
      const { hash } = await chain.chain.require({ number });
      expect((await chain.chain.require({ number: number + 1n })).block.header.parentHash).toEqual(hash);
      expect((await chain.chain.get({ hash }))?.block.header.number).toBe(number);
    }
    await chain.close();
    const again = await start({ ...MANUAL, storage: { path, fsync: 'off' } });
    expect(again.chain.tip.number).toBe(1_000n);
    expect(again.chain.settled()).toBeUndefined();
    await again.close();
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
});

it('tells of the last blocks once they are worked out', async () => {
  const chain = await start(MANUAL);
  const seen: bigint[][] = [];
  chain.events.on('headChanged', ({ head, added }) => {
    expect(bytesToHex(head.hash)).toBe(bytesToHex(added.at(-1)?.hash as Uint8Array));
    seen.push(added.map(({ block }) => block.header.number));
  });
  await chain.miner.record({ blocks: 1_001 });
  await chain.miner.record({ blocks: 100 });
  await chain.chain.settled();
  const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => BigInt(from + i));
  expect(seen).toEqual([[1n], range(746, 1_001), range(1_002, 1_101)]);
});

it('goes on by the clock, and prunes beside it', async () => {
  const chain = await start({
    mining: { type: 'interval', intervalMs: 5 },
    storage: { pruneStates: 50, historyBlocks: 400 },
  });
  await chain.miner.record({ blocks: BLOCKS });
  await chain.chain.settled();
  await chain.storage.prune();
  await chain.miner.setMode({ type: 'manual' });
  const head = await chain.chain.require(LATEST);
  expect(head.block.header.number).toBeGreaterThanOrEqual(BigInt(BLOCKS));
  expect(await (await chain.state.at(LATEST)).nonce(HISTORY)).toBe(1n);
  await chain.miner.record({ blocks: 1_000 });
  await chain.miner.mine();
  expect(bytesToHex(chain.chain.head.block.header.parentHash)).toBe(
    await hashAt(chain, chain.chain.head.block.header.number - 1n),
  );
});

it('is closed in the middle, and goes on at the next start with exactly what was recorded', async () => {
  const path = mkdtempSync(join(tmpdir(), 'ahead-'));
  const options = { ...MANUAL, now: () => 1_800_000_000_000, storage: { path, fsync: 'off' } } as const;
  try {
    const before = await start(options);
    await before.miner.record({ blocks: 20_000, interval: 3n });
    await before.miner.record({ blocks: 64, interval: 9n });
    const { number, timestamp } = before.chain.tip;
    const waiting = before.control.setBalance(HISTORY, 1n);
    await Promise.all([before.close(), expect(waiting).rejects.toMatchObject({ fault: { code: 'LANE_CLOSED' } })]);
    const chain = await start(options);
    expect(chain.chain.tip).toMatchObject({ number, timestamp });
    expect(chain.chain.head.block.header.number).toBe(1n);
    await chain.chain.settled();
    const other = await start({ ...options, storage: {} });
    await other.miner.mine({ blocks: 20_000, interval: 3n });
    await other.miner.mine({ blocks: 64, interval: 9n });
    expect(chain.chain.head.block.toJSON()).toEqual(other.chain.head.block.toJSON());
    await chain.close();
    const again = await start(options);
    expect(again.chain.settled()).toBeUndefined();
    expect(bytesToHex(again.chain.head.hash)).toBe(bytesToHex(other.chain.head.hash));
    await again.close();
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
});
