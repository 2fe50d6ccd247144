import { once } from 'node:events';
import { bytesToHex } from '@ethereumjs/util';
import { describe, expect, it, vi } from 'vitest';
import { account, address, GWEI, LATEST, place, useChains, word } from '../chain.fixture.ts';
import type { Chain } from '../contract.ts';
import { createChain } from '../createChain.ts';

const start = useChains();
const TO = address('aa');
const height = (chain: Chain): bigint => chain.chain.head.block.header.number;
const send = (chain: Chain, index = 0, fields: object = {}) =>
  chain.control.submit({ from: account(chain, index).address, to: TO, ...fields });

describe('instant mining', () => {
  it('makes a block of each transaction', async () => {
    const chain = await start();
    for (let i = 0; i < 3; i++) await send(chain);
    expect(height(chain)).toBe(3n);
  });

  /** Of three senders at once, each paying more than the one before. */
  const sendTogether = (chain: Chain) => {
    const gas = { gasLimit: 21_000n, maxFeePerGas: 100n * GWEI };
    return Promise.all(
      [1, 2, 3].map((tip, index) => send(chain, index, { ...gas, maxPriorityFeePerGas: BigInt(tip) * GWEI })),
    );
  };
  const placesOf = (chain: Chain, hashes: readonly Uint8Array[]) =>
    Promise.all(
      hashes.map(async (hash) => {
        const { block, index } = (await chain.chain.transaction(hash)) ?? {};
        return [block?.block.header.number, index];
      }),
    );

  it('makes one block of those that come together, in the order in which they came', async () => {
    const chain = await start();
    expect(await placesOf(chain, await sendTogether(chain))).toEqual([
      [1n, 0],
      [1n, 1],
      [1n, 2],
    ]);
  });

  it('makes a block of each of those too when told to', async () => {
    const chain = await start({ onePerBlock: true });
    expect(await placesOf(chain, await sendTogether(chain))).toEqual([
      [1n, 0],
      [2n, 0],
      [3n, 0],
    ]);
    await chain.miner.setMode({ type: 'manual' });
    await sendTogether(chain);
    expect((await chain.miner.mine())?.block.transactions).toHaveLength(3);
  });

  it('mines what is ready, in as many blocks as that takes, when it is switched on', async () => {
    const chain = await start({ mining: { type: 'manual' }, gasLimit: 50_000n });
    for (let i = 0; i < 5; i++) await send(chain);
    await chain.miner.setMode({ type: 'instant' });
    expect(height(chain)).toBe(3n);
    expect(chain.pool.ready).toHaveLength(0);
  });

  it('makes no block of what cannot be in one, and keeps it', async () => {
    const chain = await start({ mining: { type: 'manual' } });
    const hash = await send(chain, 0, { maxFeePerGas: GWEI, maxPriorityFeePerGas: 0n });
    chain.fees.setNextBaseFee(2n * GWEI);
    await chain.miner.setMode({ type: 'instant' });
    expect(height(chain)).toBe(0n);
    expect(chain.pool.get(hash)).toBeDefined();
    chain.fees.setNextBaseFee(GWEI);
    await send(chain, 1);
    expect(await chain.chain.transaction(hash)).toBeDefined();
  });
});

it('tells how long each block took to build, once it is the head', async () => {
  const chain = await start();
  const heard: unknown[] = [];
  chain.events.on('blockBuilt', ({ block, ms }) => heard.push([block === chain.chain.head, ms > 0]));
  await send(chain);
  await chain.miner.mine({ blocks: 2 });
  expect(heard).toEqual([
    [true, true],
    [true, true],
    [true, true],
  ]);
});

describe('timed mining', () => {
  it('goes on from block to block, with and without transactions', async () => {
    const chain = await start({ mining: { type: 'interval', intervalMs: 5 } });
    const hash = await send(chain);
    expect(await chain.chain.transaction(hash)).toBeUndefined();
    while (height(chain) < 3n) await once(chain.events, 'headChanged');
    expect(await chain.chain.transaction(hash)).toBeDefined();
  });

  it('stops when it is switched off', async () => {
    const chain = await start({ mining: { type: 'interval', intervalMs: 5 } });
    await once(chain.events, 'headChanged');
    await chain.miner.setMode({ type: 'manual' });
    await chain.control.setBalance(TO, 1n);
    const stopped = height(chain);
    const timer = vi.spyOn(globalThis, 'setTimeout');
    await chain.control.setBalance(TO, 2n);
    expect(timer).not.toHaveBeenCalled();
    timer.mockRestore();
    expect(height(chain)).toBe(stopped);
  });

  it('does both in mixed mode', async () => {
    const chain = await start({ mining: { type: 'mixed', intervalMs: 20 } });
    const hash = await send(chain);
    expect(await chain.chain.transaction(hash)).toBeDefined();
    const reached = height(chain);
    while (height(chain) <= reached) await once(chain.events, 'headChanged');
  });

  it('says that a block failed, and goes on', async () => {
    const chain = await start({ mining: { type: 'interval', intervalMs: 5 } });
    let isBroken = true;
    const original = chain.hardforks.commonAt;
    vi.spyOn(chain.hardforks, 'commonAt').mockImplementation((number, timestamp) => {
      if (isBroken) throw new Error('broken');
      return original.call(chain.hardforks, number, timestamp);
    });
    const [error] = await once(chain.events, 'miningFailed');
    expect((error as Error).message).toBe('broken');
    isBroken = false;
    await once(chain.events, 'headChanged');
  });

  it('waits for as long as a timer can, where the interval is longer', async () => {
    const chain = await createChain();
    const timer = vi.spyOn(globalThis, 'setTimeout');
    await chain.miner.setMode({ type: 'interval', intervalMs: 2 ** 40 });
    expect(timer.mock.calls.map(([, delay]) => delay)).toEqual([2 ** 31 - 1]);
    timer.mockRestore();
    await chain.close();
  });
});

describe('mining on request', () => {
  it('makes so many blocks, so far apart', async () => {
    const chain = await start();
    const last = await chain.miner.mine({ blocks: 3, interval: 10n, timestamp: 2_000_000_000n });
    const times = await Promise.all(
      [1n, 2n, 3n].map(async (number) => (await chain.chain.require({ number })).block.header.timestamp),
    );
    expect(times).toEqual([2_000_000_000n, 2_000_000_010n, 2_000_000_020n]);
    expect(last?.block.header.number).toBe(3n);
    await chain.miner.mine({ interval: 10n, spaceFirst: true });
    expect(chain.chain.head.block.header.timestamp).toBe(2_000_000_030n);
    expect(await chain.miner.mine({ blocks: 0 })).toBeUndefined();
  });

  it('takes what fits, and leaves the rest', async () => {
    const chain = await start({ mining: { type: 'manual' }, gasLimit: 50_000n });
    for (let i = 0; i < 3; i++) await send(chain);
    expect((await chain.miner.mine())?.block.transactions).toHaveLength(2);
    expect((await chain.miner.mine())?.block.transactions).toHaveLength(1);
  });
});

describe('the environment of the next block', () => {
  it('can be set: gas limit and coinbase from now on, randomness once', async () => {
    const chain = await start();
    chain.miner.setGasLimit(1_000_000n);
    chain.miner.setCoinbase(address('cb'));
    chain.miner.setNextPrevRandao(word(5));
    const first = await chain.miner.mine();
    expect(first?.block.header).toMatchObject({ gasLimit: 1_000_000n, mixHash: word(5) });
    expect(first?.block.header.coinbase).toEqual(address('cb'));
    const second = await chain.miner.mine();
    expect(second?.block.header.mixHash).not.toEqual(word(5));
    expect(second?.block.header.coinbase).toEqual(address('cb'));
  });
});

describe('the pending block', () => {
  it('is the next one', async () => {
    const chain = await start({ mining: { type: 'manual' } });
    await send(chain, 0, { value: 5n });
    const pending = await chain.chain.require({ tag: 'pending' });
    const mined = await chain.miner.mine();
    expect(bytesToHex(pending.hash)).toBe(bytesToHex(mined?.hash as Uint8Array));
  });

  it('is made once while nothing changes, and anew for everything that changes it', async () => {
    const chain = await start({ mining: { type: 'manual' } });
    const pending = () => chain.chain.require({ tag: 'pending' });
    const changes: readonly (() => unknown)[] = [
      () => send(chain),
      () => chain.miner.setGasLimit(20_000_000n),
      () => chain.miner.setCoinbase(address('cb')),
      () => chain.miner.setNextPrevRandao(word(9)),
      () => chain.fees.setNextBaseFee(3n * GWEI),
      () => chain.clock.setNext(2_000_000_000n),
      () => chain.control.setBalance(TO, 3n),
      () => chain.miner.mine(),
    ];
    let before = await pending();
    for (const change of changes) {
      expect(await pending()).toBe(before);
      await change();
      const after = await pending();
      expect(after, String(change)).not.toBe(before);
      before = after;
    }
  });

  it('leaves no mark: neither on the clock, nor the base fee, nor the state', async () => {
    const chain = await start({ mining: { type: 'manual' } });
    chain.fees.setNextBaseFee(7n * GWEI);
    chain.clock.setNext(2_000_000_000n);
    await send(chain, 0, { value: 5n });
    await chain.chain.require({ tag: 'pending' });
    expect(await (await chain.state.at(LATEST)).balance(TO)).toBe(0n);
    const mined = await chain.miner.mine();
    expect(mined?.block.header).toMatchObject({ timestamp: 2_000_000_000n, baseFeePerGas: 7n * GWEI });
  });

  it('has the state after its transactions', async () => {
    const chain = await start({ mining: { type: 'manual' } });
    await place(chain, address('c0'), '0x60015f5500');
    await send(chain, 0, { to: address('c0'), gasLimit: 100_000n });
    const state = await chain.state.at({ tag: 'pending' });
    expect(await state.storage(address('c0'), word(0))).toEqual(word(1));
  });
});

describe('what blocks are made of', () => {
  it('can be changed from the next block on', async () => {
    const chain = await start({ mining: { type: 'manual' } });
    const cheap = await send(chain, 0, { maxFeePerGas: 3n * GWEI, maxPriorityFeePerGas: 1n });
    const dear = await send(chain, 1, { maxFeePerGas: 3n * GWEI, maxPriorityFeePerGas: GWEI });
    const inPending = async () =>
      (await chain.chain.require({ tag: 'pending' })).block.transactions.map((tx) => bytesToHex(tx.hash()));
    expect(await inPending()).toEqual([dear, cheap].map(bytesToHex));
    chain.miner.setOrder('fifo');
    expect(await inPending()).toEqual([cheap, dear].map(bytesToHex));
    chain.miner.setMaxTransactions(1);
    expect(await inPending()).toEqual([bytesToHex(cheap)]);
    chain.miner.setMaxTransactions(undefined);
    expect(await inPending()).toHaveLength(2);
  });
});
