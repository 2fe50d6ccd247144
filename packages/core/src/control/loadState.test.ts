import { Address } from '@ethereumjs/util';
import { afterEach, expect, it } from 'vitest';
import type { LoadedState } from '../blocks/loadedState.ts';
import type { Chain } from '../contract.ts';
import { createChain } from '../createChain.ts';

const chains: Chain[] = [];

/** Without system contracts, which write at every block. */
async function start(): Promise<Chain> {
  const chain = await createChain({
    systemContracts: false,
    timestamp: 1_700_000_000n,
    now: () => 1_700_000_000_000,
    accounts: { count: 2 },
  });
  chains.push(chain);
  return chain;
}

afterEach(async () => {
  for (const chain of chains.splice(0)) await chain.close();
});

const at = (last: number): Address => new Address(new Uint8Array(20).fill(last, 19));
const word = (value: number): Uint8Array => new Uint8Array(32).fill(value, 31);
/** Stores its input's first word at slot 0. */
const STORE = Uint8Array.of(0x5f, 0x35, 0x5f, 0x55, 0x00);

async function fill(chain: Chain): Promise<void> {
  const from = chain.accounts.owned[0]?.address as Address;
  await chain.control.setCode(at(0xc0), STORE);
  await chain.control.submit({ from, to: at(0xc0), data: word(5) });
  await chain.control.submit({ from, to: at(0xee), value: 7n });
  await chain.control.setStorage(at(0xc0), word(1), word(9));
}

const LATEST = { tag: 'latest' } as const;

/** Of an old dump, which has no blocks. */
const old = (state: Partial<LoadedState>): LoadedState => ({
  ...{ number: 0n, accounts: [], blocks: [], history: [] },
  ...state,
});

it('brings a state without blocks to another chain, at the same height and time', async () => {
  const [one, other] = [await start(), await start()];
  await fill(one);
  const { number, timestamp } = one.chain.head.block.header;
  await other.control.loadState(old({ number, timestamp, accounts: await one.state.dump(LATEST) }));
  expect(other.chain.head.stateRoot).toEqual(one.chain.head.stateRoot);
  expect(other.chain.head.block.header.number).toBe(2n);
  expect(other.chain.head.block.header.timestamp).toBe(timestamp);
});

it('names every account and every slot that is not zero', async () => {
  const chain = await start();
  await fill(chain);
  const accounts = await chain.state.dump(LATEST);
  const found = accounts.map(({ address }) => address.toString());
  expect(found).toEqual([...found].sort());
  expect(found).toContain(at(0xee).toString());
  expect(accounts.find(({ address }) => address.equals(at(0xc0)))).toMatchObject({
    code: STORE,
    storage: [
      [word(0), word(5)],
      [word(1), word(9)],
    ],
  });
});

it('leaves out what a snapshot took back and what was emptied', async () => {
  const chain = await start();
  const id = await chain.snapshots.take();
  await fill(chain);
  await chain.snapshots.revert(id);
  const before = await chain.state.dump(LATEST);
  expect(before.map(({ address }) => address.toString())).not.toContain(at(0xc0).toString());
  await fill(chain);
  await chain.control.setStorage(at(0xc0), word(1), word(0));
  const after = await chain.state.dump(LATEST);
  expect(after.find(({ address }) => address.equals(at(0xc0)))?.storage).toEqual([[word(0), word(5)]]);
});

it('reaches a height far above by empty blocks, and refuses one that only a very long chain reaches', async () => {
  const chain = await start();
  await chain.control.loadState(old({ number: 20_000n }));
  expect(chain.chain.head.block.header.number).toBe(20_000n);
  const loading = chain.control.loadState(old({ number: 1_020_001n }));
  await expect(loading).rejects.toMatchObject({ fault: { code: 'DUMP_TOO_HIGH', most: 1_020_000n } });
});
