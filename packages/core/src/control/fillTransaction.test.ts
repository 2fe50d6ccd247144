import { describe, expect, it } from 'vitest';
import { account, address, bytes, faultOf, GWEI, place, useChains, word } from '../chain.fixture.ts';
import type { CallRequest } from '../execution/request.ts';

const start = useChains();
const TO = address('aa');

describe('what the caller leaves open', () => {
  it('is filled in: sender, nonce, type, prices, gas, chain', async () => {
    const chain = await start({ suggestedTip: 3n });
    const tx = await chain.control.fill({ to: TO, value: 5n });
    const baseFee = chain.fees.nextBaseFee() as bigint;
    expect(tx).toMatchObject({
      ...{ type: 2, nonce: 0n, gasLimit: 21_000n, value: 5n, chainId: 31337n },
      ...{ maxPriorityFeePerGas: 3n, maxFeePerGas: 2n * baseFee + 3n },
    });
    expect(tx.getSenderAddress()).toEqual(account(chain).address);
  });

  it('changes nothing', async () => {
    const chain = await start();
    await chain.control.fill({ to: TO });
    expect(chain.pool.ready).toEqual([]);
    expect(chain.chain.head).toBe(chain.chain.genesis);
  });

  it('follows what waits: nonce and gas on the pending state', async () => {
    const chain = await start({ mining: { type: 'manual' } });
    await place(chain, address('c0'), '0x60015f5500');
    const first = await chain.control.fill({ to: address('c0') });
    await chain.control.submit({ from: account(chain).address, to: address('c0') });
    const second = await chain.control.fill({ to: address('c0') });
    expect(second.nonce).toBe(1n);
    expect(second.gasLimit).toBeLessThan(first.gasLimit);
  });

  it.each<[string, CallRequest, object]>([
    ['a legacy price', { gasPrice: 9n * GWEI }, { type: 0, gasPrice: 9n * GWEI }],
    ['a cap', { maxFeePerGas: 9n * GWEI }, { type: 2, maxFeePerGas: 9n * GWEI, maxPriorityFeePerGas: GWEI }],
    ['a cap below the tip', { maxFeePerGas: 5n }, { maxFeePerGas: 5n, maxPriorityFeePerGas: 5n }],
    ['an access list', { accessList: [], gasPrice: GWEI }, { type: 1 }],
    [
      'a price for both of type 2',
      { type: 2, gasPrice: 7n * GWEI },
      { maxFeePerGas: 7n * GWEI, maxPriorityFeePerGas: 7n * GWEI },
    ],
    ['a gas limit', { gasLimit: 99_999n }, { gasLimit: 99_999n }],
    ['a nonce', { nonce: 7n }, { nonce: 7n }],
  ])('follows from %s', async (_, fields, expected) => {
    const chain = await start({ suggestedTip: GWEI });
    expect(await chain.control.fill({ to: TO, ...fields })).toMatchObject(expected);
  });

  it('follows what it replaces: a tip that nobody named rises with the cap', async () => {
    const chain = await start({ suggestedTip: GWEI, mining: { type: 'manual' } });
    const from = account(chain).address;
    const first = { from, to: TO, nonce: 0n, maxFeePerGas: 10n * GWEI };
    await chain.control.submit(first);
    const second = await chain.control.fill({ ...first, maxFeePerGas: 20n * GWEI });
    expect(second).toMatchObject({ maxFeePerGas: 20n * GWEI, maxPriorityFeePerGas: 1_100_000_000n });
    await chain.control.submit({ ...first, to: from, maxFeePerGas: 20n * GWEI });
    expect(chain.pool.ready).toHaveLength(1);
    // A cap that is not high enough, a tip that is named, and another nonce are the caller's to decide.
    expect(await faultOf(chain.control.submit({ ...first, maxFeePerGas: 21n * GWEI }))).toMatchObject({
      code: 'REPLACEMENT_UNDERPRICED',
      needed: 22n * GWEI,
    });
    const named = { ...first, maxFeePerGas: 40n * GWEI, maxPriorityFeePerGas: GWEI };
    expect(await faultOf(chain.control.submit(named))).toMatchObject({ code: 'REPLACEMENT_UNDERPRICED', got: GWEI });
    expect(await chain.control.fill({ ...first, nonce: 1n })).toMatchObject({ maxPriorityFeePerGas: GWEI });
  });

  it('is legacy before EIP-1559', async () => {
    const chain = await start({ hardfork: 'berlin' });
    expect(await chain.control.fill({ to: TO })).toMatchObject({ type: 0, gasPrice: GWEI });
  });
});

describe('what contradicts itself', () => {
  it.each<[string, CallRequest, object]>([
    ['two kinds of prices', { gasPrice: 1n, maxFeePerGas: 1n }, { code: 'REQUEST_INVALID' }],
    ['another chain', { chainId: 5n }, { code: 'CHAIN_ID_MISMATCH', got: 5n, expected: 31337n }],
    ['a creation of nothing', { to: null }, { code: 'REQUEST_INVALID' }],
    ['authorizations, but none', { authorizationList: [] }, { code: 'REQUEST_INVALID' }],
    ['hashes of blobs without the blobs', { blobVersionedHashes: [word(1)] }, { code: 'BLOB_INVALID' }],
    [
      'a blob transaction that creates',
      { to: null, data: bytes('0x00'), blobs: [new Uint8Array(131_072)] },
      { code: 'REQUEST_INVALID' },
    ],
    ['a tip above the cap', { maxFeePerGas: 1n, maxPriorityFeePerGas: 2n }, { code: 'TIP_ABOVE_FEE_CAP' }],
    ['more gas than is allowed', { gasLimit: 2n ** 24n + 1n }, { code: 'GAS_LIMIT_ABOVE_CAP' }],
    ['a type that nobody knows', { type: 9 }, { code: 'TYPE_NOT_SUPPORTED' }],
  ])('is refused: %s', async (_, fields, fault) => {
    const chain = await start();
    expect(await faultOf(chain.control.fill({ to: TO, ...fields }))).toMatchObject(fault);
  });

  it('is refused: no sender on a node without accounts', async () => {
    const chain = await start({ accounts: { count: 0 } });
    expect(await faultOf(chain.control.fill({ to: TO }))).toMatchObject({
      code: 'REQUEST_INVALID',
      detail: expect.stringContaining('"from"'),
    });
  });

  it('is refused: what would fail, with the reason', async () => {
    const chain = await start();
    await place(chain, TO, '0x5f5ffd');
    expect(await faultOf(chain.control.fill({ to: TO }))).toMatchObject({ code: 'REVERTED' });
    expect(await chain.control.fill({ to: TO, gasLimit: 50_000n })).toMatchObject({ gasLimit: 50_000n });
  });
});
