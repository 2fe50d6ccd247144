import { Address, hexToBytes } from '@ethereumjs/util';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Chain } from './contract.ts';
import { createChain } from './createChain.ts';
import { Trie } from './state/trie/trie.ts';

let chain: Chain;
beforeEach(async () => {
  chain = await createChain();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await chain.close();
});

const TO = new Address(hexToBytes('0x00000000000000000000000000000000000000aa'));
const from = (): Address => chain.accounts.owned[0]?.address as Address;

/** How often the tries were used while something ran. */
async function countOf(method: 'put' | 'get', run: () => Promise<unknown>): Promise<number> {
  const spy = vi.spyOn(Trie.prototype, method);
  await run();
  const { length } = spy.mock.calls;
  spy.mockRestore();
  return length;
}

it('writes the tries once a block, not once a transaction', async () => {
  await chain.miner.setMode({ type: 'manual' });
  const empty = await countOf('put', () => chain.miner.mine());
  for (let i = 0; i < 20; i += 1) {
    await chain.control.submit({ from: from(), to: TO, value: 1n, gasLimit: 21_000n });
  }
  const full = await countOf('put', () => chain.miner.mine());
  expect(chain.chain.head.block.transactions).toHaveLength(20);
  // Sender, recipient and coinbase.
  expect(full - empty).toBeLessThanOrEqual(3);
});

it('does not write a trie for a call', async () => {
  await chain.control.setCode(TO, hexToBytes('0x5f545000'));
  expect(await countOf('put', () => chain.execution.call({ from: from(), to: TO }, { tag: 'latest' }))).toBe(0);
});

it('reads an account of one state from its trie once', async () => {
  const balance = async () => (await chain.state.at({ tag: 'latest' })).balance(from());
  expect(await countOf('get', balance)).toBe(1);
  expect(await countOf('get', balance)).toBe(0);
  await chain.control.setBalance(from(), 5n);
  expect(await balance()).toBe(5n);
});
