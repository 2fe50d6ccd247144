import { describe, expect, it } from 'vitest';
import { account, address, faultOf, LATEST, useChains, word } from '../chain.fixture.ts';
import type { Chain } from '../contract.ts';

const start = useChains();
const TO = address('aa');
const height = (chain: Chain): bigint => chain.chain.head.block.header.number;

/** Two branches over one genesis: a chain with its own blocks, and another chain's block 1. */
async function branches() {
  const [chain, other] = [await start(), await start()];
  await chain.miner.mine({ blocks: 2 });
  await other.control.submit({ from: account(other).address, to: TO, value: 7n });
  const [own] = [chain.chain.head];
  const side = await chain.chain.importBlock(other.chain.head.block);
  return { chain, own, side };
}

describe('reads of a chain', () => {
  it('find blocks by number, hash and tag', async () => {
    const chain = await start({ slotsInAnEpoch: 2 });
    await chain.miner.mine({ blocks: 5 });
    const numberOf = async (tag: 'latest' | 'earliest' | 'safe' | 'finalized' | 'pending') =>
      (await chain.chain.require({ tag })).block.header.number;
    expect(await numberOf('latest')).toBe(5n);
    expect(await numberOf('earliest')).toBe(0n);
    expect(await numberOf('safe')).toBe(3n);
    expect(await numberOf('finalized')).toBe(1n);
    expect(await numberOf('pending')).toBe(6n);
    const third = await chain.chain.require({ number: 3n });
    expect(await chain.chain.require({ hash: third.hash })).toBe(third);
    expect(await chain.chain.get({ number: 6n })).toBeUndefined();
    expect(await faultOf(chain.chain.require({ number: 6n }))).toMatchObject({ code: 'BLOCK_NOT_FOUND', head: 5n });
    expect(await faultOf(chain.chain.require({ hash: word(1) }))).toMatchObject({ code: 'BLOCK_NOT_FOUND' });
  });

  it('know a block of another branch by its hash, but not as canonical (EIP-1898)', async () => {
    const { chain, own, side } = await branches();
    expect(await chain.chain.require({ hash: own.hash })).toBe(own);
    expect(await chain.chain.isCanonical(own)).toBe(false);
    expect(await chain.chain.isCanonical(side)).toBe(true);
    const strict = { hash: own.hash, requireCanonical: true };
    expect(await faultOf(chain.chain.require(strict))).toMatchObject({ code: 'BLOCK_NOT_CANONICAL' });
    expect(await (await chain.state.at({ hash: own.hash })).balance(TO)).toBe(0n);
    expect(await (await chain.state.at(LATEST)).balance(TO)).toBe(7n);
  });

  it('find a transaction on the canonical branch only', async () => {
    const { chain, own, side } = await branches();
    const hash = side.block.transactions[0]?.hash() as Uint8Array;
    expect((await chain.chain.transaction(hash))?.block).toBe(side);
    await chain.chain.setHead(own.hash);
    expect(await chain.chain.transaction(hash)).toBeUndefined();
    expect(chain.pool.get(hash)).toBeDefined();
  });
});

describe('fork choice', () => {
  it('goes over to another branch and back, and says what came and went', async () => {
    const { chain, own, side } = await branches();
    const moves: unknown[] = [];
    const numbers = (blocks: readonly (typeof own)[]) => blocks.map(({ block }) => block.header.number);
    chain.events.on('headChanged', ({ added, removed }) => moves.push([numbers(added), numbers(removed)]));
    expect(height(chain)).toBe(1n);
    await chain.chain.setHead(own.hash);
    expect(height(chain)).toBe(2n);
    await chain.chain.setHead(side.hash);
    expect(moves).toEqual([
      [[1n, 2n], [1n]],
      [[1n], [2n, 1n]],
    ]);
  });

  it('can step back on one branch, and go on from there', async () => {
    const chain = await start();
    await chain.miner.mine({ blocks: 3 });
    const first = await chain.chain.require({ number: 1n });
    await chain.chain.setHead(first.hash);
    expect(await chain.chain.get({ number: 2n })).toBeUndefined();
    await chain.miner.mine();
    expect(chain.chain.head.block.header.parentHash).toEqual(first.hash);
  });

  it('refuses a block that nobody knows', async () => {
    const chain = await start();
    expect(await faultOf(chain.chain.setHead(word(1)))).toMatchObject({ code: 'BLOCK_NOT_FOUND' });
  });

  it('declares a block final: safe and finalized never lie behind it', async () => {
    const chain = await start();
    await chain.miner.mine({ blocks: 3 });
    expect(chain.chain.finalized.block.header.number).toBe(0n);
    await chain.chain.finalize((await chain.chain.require({ number: 2n })).hash);
    expect(chain.chain.finalized.block.header.number).toBe(2n);
    expect(chain.chain.safe.block.header.number).toBe(2n);
    await chain.chain.setHead((await chain.chain.require({ number: 1n })).hash);
    expect(chain.chain.finalized.block.header.number).toBe(1n);
  });
});

describe('importing', () => {
  it('knows a block that it has, and refuses one without a parent', async () => {
    const [chain, maker] = [await start(), await start()];
    await maker.miner.mine({ blocks: 2 });
    const blocks = await Promise.all([1n, 2n].map((number) => maker.chain.require({ number })));
    const [first, second] = blocks.map(({ block }) => block);
    if (first === undefined || second === undefined) throw new TypeError('no blocks');
    expect(await faultOf(chain.chain.importBlock(second))).toMatchObject({ code: 'PARENT_UNKNOWN' });
    const executed = await chain.chain.importBlock(first);
    expect(await chain.chain.importBlock(first)).toBe(executed);
  });
});

describe('an edited head', () => {
  it('keeps its hash and reads as edited; the next block goes on from there', async () => {
    const chain = await start();
    await chain.miner.mine();
    const before = chain.chain.head;
    await chain.control.setBalance(TO, 5n);
    expect(chain.chain.head.hash).toEqual(before.hash);
    expect(await (await chain.state.at({ hash: before.hash })).balance(TO)).toBe(5n);
    await chain.miner.mine();
    expect(await (await chain.state.at(LATEST)).balance(TO)).toBe(5n);
  });
});
