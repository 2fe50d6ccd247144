import { Address, type Chain, createChain, type ExecutedBlock } from '@minichain/core';
import { afterAll, describe, expect, it } from 'vitest';
import { blockView, headerView, withdrawalsView } from './block.ts';

const chains: Chain[] = [];

async function mined(hardfork: string): Promise<ExecutedBlock> {
  const chain = await createChain({ hardfork, accounts: { count: 1 } });
  chains.push(chain);
  const from = chain.accounts.owned[0]?.address as Address;
  await chain.control.submit({ from, to: from, value: 1n, gasLimit: 21_000n });
  return chain.chain.head;
}

afterAll(async () => {
  for (const chain of chains) await chain.close();
});

/** A field is there from its fork on, and before it is not there at all. */
const FORK_FIELDS: readonly (readonly [hardfork: string, fields: readonly string[]])[] = [
  ['berlin', []],
  ['london', ['baseFeePerGas']],
  ['paris', ['baseFeePerGas']],
  ['shanghai', ['baseFeePerGas', 'withdrawalsRoot']],
  ['cancun', ['baseFeePerGas', 'withdrawalsRoot', 'blobGasUsed', 'excessBlobGas', 'parentBeaconBlockRoot']],
  [
    'prague',
    ['baseFeePerGas', 'withdrawalsRoot', 'blobGasUsed', 'excessBlobGas', 'parentBeaconBlockRoot', 'requestsHash'],
  ],
];

describe.each(FORK_FIELDS)('a block of %s', (hardfork, fields) => {
  it('has the fields of its fork', async () => {
    const block = await mined(hardfork);
    const always = headerView(block);
    const optional = ['baseFeePerGas', 'withdrawalsRoot', 'blobGasUsed', 'excessBlobGas', 'parentBeaconBlockRoot'];
    const found = [...optional, 'requestsHash'].filter((name) => Object.hasOwn(always, name));
    expect(found).toEqual(fields);
    expect(Object.hasOwn(blockView(block, { full: false }), 'withdrawals')).toBe(fields.includes('withdrawalsRoot'));
  });
});

describe('a block', () => {
  it('names its transactions or holds them whole', async () => {
    const block = await mined('cancun');
    const hash = `0x${Buffer.from(block.block.transactions[0]?.hash() ?? []).toString('hex')}`;
    expect(blockView(block, { full: false }).transactions).toEqual([hash]);
    expect(blockView(block, { full: true }).transactions).toMatchObject([{ hash, transactionIndex: '0x0' }]);
  });

  it('is as large as its RLP', async () => {
    const block = await mined('london');
    expect(Number(blockView(block, { full: false }).size)).toBe(block.block.serialize().length);
  });

  it('has what its header has', async () => {
    const block = await mined('cancun');
    expect(blockView(block, { full: false })).toMatchObject(headerView(block));
  });
});

it('withdrawals are written in quantities, the amount in gwei', () => {
  const address = new Address(new Uint8Array(20).fill(0xaa));
  const withdrawal = { index: 1n, validatorIndex: 2n, address, amount: 3n } as Parameters<
    typeof withdrawalsView
  >[0][number];
  expect(withdrawalsView([withdrawal])).toEqual([
    { index: '0x1', validatorIndex: '0x2', address: `0x${'aa'.repeat(20)}`, amount: '0x3' },
  ]);
});
