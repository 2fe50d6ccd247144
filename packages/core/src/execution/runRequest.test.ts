import { Address } from '@ethereumjs/util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LATEST } from '../blocks/blockTag.ts';
import type { Chain } from '../contract.ts';
import { createChain } from '../createChain.ts';

const to = new Address(new Uint8Array(20).fill(0xaa));
let chain: Chain;
beforeAll(async () => {
  chain = await createChain();
});
afterAll(() => chain.close());

it.each([
  ['a type whose fields are missing, as ethers estimates blob transactions', { type: 3, maxFeePerGas: 10n ** 10n }],
  ['a price for blobs but no blobs', { maxFeePerBlobGas: 1n }],
  ['type 4 and no authorizations', { type: 4 }],
  ['a type of its own', { type: 1, gasPrice: 10n ** 10n }],
])('a call with %s is what its fields are', async (_, fields) => {
  const from = chain.accounts.owned[0]?.address as Address;
  expect(await chain.execution.estimateGas({ from, to, ...fields }, LATEST)).toBe(21_000n);
  expect(await chain.execution.call({ from, to, ...fields }, LATEST)).toMatchObject({ gasUsed: 21_000n });
});

it('a blob transaction without blobs is refused in geth’s words', async () => {
  const from = chain.accounts.owned[0]?.address as Address;
  await expect(chain.control.submit({ from, to, type: 3, gasLimit: 21_000n })).rejects.toThrow(
    'need at least 1 blob for a blob transaction',
  );
});
