import { describe, expect, it } from 'vitest';
import { account, address, GWEI, LATEST, useChains, word } from '../chain.fixture.ts';
import type { Chain } from '../contract.ts';

const start = useChains();
const TO = address('aa');
const send = (chain: Chain, index = 0, fields: object = {}) =>
  chain.control.submit({ from: account(chain, index).address, to: TO, ...fields });

/** Everything that a snapshot keeps, as something to compare. */
async function stateOf(chain: Chain) {
  const { chain: reader, pool, miner, fees, accounts, clock } = chain;
  return {
    head: [reader.head.hash, reader.head.stateRoot],
    pool: [pool.ready, pool.queued].map((list) => list.map(({ hash }) => hash)),
    mining: [miner.mode, miner.gasLimit, miner.coinbase.toString()],
    fees: [fees.nextBaseFee(), fees.gasPrice()],
    accounts: accounts.list().map(String),
    clock: [clock.offset, clock.peekNext()],
    chainId: chain.chainId(),
    final: reader.finalized.block.header.number,
  };
}

const CHANGES: readonly (readonly [string, (chain: Chain) => unknown])[] = [
  ['a transaction that is mined', (chain) => send(chain)],
  ['blocks', (chain) => chain.miner.mine({ blocks: 3 })],
  ['a balance', (chain) => chain.control.setBalance(TO, 5n)],
  ['code and storage', (chain) => chain.control.setStorage(TO, word(1), word(2))],
  ['a transaction that waits', (chain) => send(chain, 0, { nonce: 9n })],
  ['pool emptied', (chain) => chain.control.dropAllTransactions()],
  ['time', (chain) => chain.clock.increase(1000n)],
  ['the next time', (chain) => chain.clock.setNext(2_000_000_000n)],
  ['the next base fee', (chain) => chain.fees.setNextBaseFee(9n * GWEI)],
  ['the mining mode', (chain) => chain.miner.setMode({ type: 'manual' })],
  ['the gas limit', (chain) => chain.miner.setGasLimit(1_000_000n)],
  ['the coinbase', (chain) => chain.miner.setCoinbase(TO)],
  ['an impersonation', (chain) => chain.accounts.impersonate(TO)],
  ['the chain id', (chain) => chain.control.setChainId(5n)],
];

describe('a snapshot', () => {
  it.each(CHANGES)('takes back %s', async (_, change) => {
    const chain = await start();
    await chain.miner.mine();
    await send(chain, 1, { nonce: 5n });
    const before = await stateOf(chain);
    const id = await chain.snapshots.take();
    await change(chain);
    expect(await stateOf(chain)).not.toEqual(before);
    expect(await chain.snapshots.revert(id)).toBe(true);
    expect(await stateOf(chain)).toEqual(before);
  });

  it('takes back everything at once', async () => {
    const chain = await start();
    const before = await stateOf(chain);
    const id = await chain.snapshots.take();
    for (const [, change] of CHANGES.filter(([name]) => name !== 'the chain id')) await change(chain);
    await chain.snapshots.revert(id);
    expect(await stateOf(chain)).toEqual(before);
    await send(chain);
    expect(chain.chain.head.block.header.number).toBe(1n);
  });

  it('changes nothing when it is taken', async () => {
    const chain = await start();
    const before = await stateOf(chain);
    await chain.snapshots.take();
    expect(await stateOf(chain)).toEqual(before);
  });

  it('works once, and takes the later ones with it', async () => {
    const chain = await start();
    const [first, second, third] = [
      await chain.snapshots.take(),
      await chain.snapshots.take(),
      await chain.snapshots.take(),
    ];
    expect(await chain.snapshots.revert(second)).toBe(true);
    expect(await chain.snapshots.revert(second)).toBe(false);
    expect(await chain.snapshots.revert(third)).toBe(false);
    expect(chain.snapshots.taken().map(({ id }) => id)).toEqual([first]);
    expect(await chain.snapshots.take()).toBeGreaterThan(third);
  });

  it('is not there under an id that was never given, and nothing happens', async () => {
    const chain = await start();
    await send(chain);
    const before = await stateOf(chain);
    expect(await chain.snapshots.revert(77n)).toBe(false);
    expect(await stateOf(chain)).toEqual(before);
  });

  it('names the block that was the head', async () => {
    const chain = await start();
    await chain.miner.mine();
    await chain.snapshots.take();
    expect(chain.snapshots.taken().map(({ head }) => head.hash)).toEqual([chain.chain.head.hash]);
  });

  it('puts back on the timer what was timed', async () => {
    const chain = await start({ mining: { type: 'interval', intervalMs: 5 } });
    const id = await chain.snapshots.take();
    await chain.miner.setMode({ type: 'manual' });
    await chain.snapshots.revert(id);
    const { number } = chain.chain.head.block.header;
    await new Promise((resolve) => chain.events.once('headChanged', resolve));
    expect(chain.chain.head.block.header.number).toBeGreaterThan(number);
  });

  it('sees the state that was there, block by block', async () => {
    const chain = await start();
    await send(chain, 0, { value: 1n });
    const id = await chain.snapshots.take();
    await send(chain, 0, { value: 1n });
    await chain.snapshots.revert(id);
    await send(chain, 1, { value: 5n });
    expect(await (await chain.state.at({ number: 1n })).balance(TO)).toBe(1n);
    expect(await (await chain.state.at(LATEST)).balance(TO)).toBe(6n);
  });
});
