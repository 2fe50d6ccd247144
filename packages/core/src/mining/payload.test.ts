import { describe, expect, it } from 'vitest';
import { account, address, GWEI, LATEST, useChains, word } from '../chain.fixture.ts';

const start = useChains();
const HISTORY = address('0000f90827f1c53a10cb7a02335b175320002935');
const ROOTS = address('000f3df6d732807ef1319fb7b8bb8522d0beac02');

describe('a block that is built', () => {
  it.each([
    ['berlin', { difficulty: 1n, baseFeePerGas: undefined, withdrawalsRoot: undefined }],
    ['london', { difficulty: 1n, baseFeePerGas: GWEI, withdrawalsRoot: undefined }],
    ['paris', { difficulty: 0n, excessBlobGas: undefined }],
    ['shanghai', { excessBlobGas: undefined, parentBeaconBlockRoot: undefined }],
    ['cancun', { excessBlobGas: 0n, blobGasUsed: 0n, parentBeaconBlockRoot: word(0), requestsHash: undefined }],
    ['prague', { excessBlobGas: 0n }],
  ])('under %s has the header fields of that fork', async (hardfork, expected) => {
    const chain = await start({ hardfork, baseFee: (GWEI * 8n) / 7n + 1n });
    const header = (await chain.miner.mine())?.block.header;
    for (const [field, value] of Object.entries(expected)) {
      if (field === 'baseFeePerGas' && value !== undefined) expect(header?.baseFeePerGas).toBeTypeOf('bigint');
      else expect(header?.[field as keyof typeof header], field).toEqual(value);
    }
    expect(header?.requestsHash === undefined).toBe(hardfork !== 'prague');
  });

  it('names its parent, and comes after it', async () => {
    const chain = await start();
    const parent = chain.chain.head;
    const { header } = (await chain.miner.mine())?.block ?? {};
    expect(header?.parentHash).toEqual(parent.hash);
    expect(header?.number).toBe(1n);
    expect(header?.timestamp).toBeGreaterThan(parent.block.header.timestamp);
  });

  it('keeps its parent’s hash and the beacon root in the state (EIP-2935, EIP-4788)', async () => {
    const chain = await start();
    await chain.miner.mine();
    const built = await chain.control.buildBlock({
      parentHash: chain.chain.head.hash,
      timestamp: chain.chain.head.block.header.timestamp + 7n,
      coinbase: address('cb'),
      prevRandao: word(1),
      extraData: new Uint8Array(),
      parentBeaconBlockRoot: word(9),
      transactions: [],
    });
    const parent = chain.chain.head.hash;
    await chain.chain.importBlock(built.block.block);
    const state = await chain.state.at(LATEST);
    expect(await state.storage(HISTORY, word(1))).toEqual(parent);
    const { timestamp } = chain.chain.head.block.header;
    expect(await state.storage(ROOTS, word(timestamp % 8191n))).toEqual(word(timestamp));
    expect(await state.storage(ROOTS, word((timestamp % 8191n) + 8191n))).toEqual(word(9));
  });

  it('pays tips to the coinbase and burns the base fee', async () => {
    const chain = await start({ coinbase: address('cb') });
    const baseFee = chain.fees.nextBaseFee() as bigint;
    const { address: from } = account(chain);
    const before = await (await chain.state.at(LATEST)).balance(from);
    await chain.control.submit({ from, to: address('aa'), maxFeePerGas: 100n * GWEI, maxPriorityFeePerGas: 5n });
    const state = await chain.state.at(LATEST);
    expect(await state.balance(address('cb'))).toBe(21_000n * 5n);
    expect(before - (await state.balance(from))).toBe(21_000n * (baseFee + 5n));
  });
});
