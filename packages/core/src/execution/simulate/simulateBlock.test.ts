import { bytesToBigInt } from '@ethereumjs/util';
import { describe, expect, it } from 'vitest';
import { account, address, LATEST, place, useChains, word } from '../../chain.fixture.ts';
import type { Chain } from '../../contract.ts';
import type { BlockOverrides } from '../request.ts';

const start = useChains();
const CODE = address('c0');

async function seen(chain: Chain, opcode: string, blockOverrides: BlockOverrides): Promise<bigint> {
  await place(chain, CODE, `0x${opcode}5f5260205ff3`);
  const [block] = await chain.execution.simulate(
    { blockStateCalls: [{ blockOverrides, calls: [{ to: CODE }] }], traceTransfers: false, validation: false },
    LATEST,
  );
  return bytesToBigInt(block?.calls[0]?.returnData as Uint8Array);
}

describe('the environment of a simulated block', () => {
  it('is its parent’s where nothing else is said, without randomness', async () => {
    const chain = await start({ coinbase: address('cb'), gasLimit: 12_000_000n });
    await chain.miner.mine();
    expect(await seen(chain, '41', {})).toBe(0xcbn);
    expect(await seen(chain, '45', {})).toBe(12_000_000n);
    expect(await seen(chain, '44', {})).toBe(0n);
    expect(await seen(chain, '4a', {})).toBe(1n);
  });

  it.each<[string, string, BlockOverrides, bigint]>([
    ['coinbase', '41', { coinbase: address('cc') }, 0xccn],
    ['gasLimit', '45', { gasLimit: 5_000_000n }, 5_000_000n],
    ['prevRandao', '44', { prevRandao: word(6) }, 6n],
    ['baseFeePerGas', '48', { baseFeePerGas: 9n }, 9n],
    ['blobBaseFee', '4a', { blobBaseFee: 8n }, 8n],
  ])('is overridden: %s', async (_, opcode, overrides, expected) => {
    expect(await seen(await start(), opcode, overrides)).toBe(expected);
  });

  it('starts as a block does: the contract of EIP-2935 knows the parent', async () => {
    const chain = await start();
    // Asks it for the hash of block 0.
    const history = '0000f90827f1c53a10cb7a02335b175320002935';
    await place(chain, CODE, `0x60205f60205f73${history}5afa5060205ff3`);
    const [block] = await chain.execution.simulate(
      { blockStateCalls: [{ calls: [{ to: CODE }] }], traceTransfers: false, validation: false },
      LATEST,
    );
    expect(block?.calls[0]?.returnData).toEqual(chain.chain.genesis.hash);
  });
});

describe('the header of a simulated block', () => {
  it('adds up what ran: gas, bloom and receipts', async () => {
    const chain = await start();
    await place(chain, CODE, '0x600760015fa1');
    const calls = [{ to: CODE }, { from: account(chain).address, to: address('aa'), value: 1n }];
    const [block] = await chain.execution.simulate(
      { blockStateCalls: [{ calls }], traceTransfers: false, validation: false },
      LATEST,
    );
    if (block === undefined) throw new TypeError('no block');
    const { header, transactions } = block.block.block;
    expect(header.gasUsed).toBe(block.calls.reduce((sum, { gasUsed }) => sum + gasUsed, 0n));
    expect(header.logsBloom).toEqual(block.block.receipts[0]?.logsBloom);
    expect(transactions).toHaveLength(2);
    expect(block.block.senders.map(String)).toEqual([address('0').toString(), account(chain).address.toString()]);
  });
});
