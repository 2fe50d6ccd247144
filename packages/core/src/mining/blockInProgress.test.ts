import { describe, expect, it } from 'vitest';
import { account, address, GWEI, LATEST, signed, useChains } from '../chain.fixture.ts';
import type { Chain } from '../contract.ts';

const start = useChains();
const TO = address('aa');
const manual = { mining: { type: 'manual' } } as const;

async function noncesOf(chain: Chain): Promise<string[]> {
  const block = await chain.miner.mine();
  const owners = chain.accounts.owned.map(({ address: owner }) => String(owner));
  return (block?.block.transactions ?? []).map((tx, i) => `${owners.indexOf(String(block?.senders[i]))}:${tx.nonce}`);
}

function raw(chain: Chain, index: number, fields: object): Promise<Uint8Array> {
  const common = chain.hardforks.commonAt(1n, 1_700_000_001n);
  return chain.control.submitRaw(signed(account(chain, index).privateKey, fields, common).serialize());
}

describe('a block in progress', () => {
  it('takes the highest tips first, and a sender by nonce', async () => {
    const chain = await start(manual);
    await raw(chain, 0, { nonce: 0n, maxPriorityFeePerGas: 1n });
    await raw(chain, 0, { nonce: 1n, maxPriorityFeePerGas: 9n });
    await raw(chain, 1, { nonce: 0n, maxPriorityFeePerGas: 5n });
    expect(await noncesOf(chain)).toEqual(['1:0', '0:0', '0:1']);
  });

  it('takes the first come first, where that is the order', async () => {
    const chain = await start({ ...manual, order: 'fifo' });
    await raw(chain, 0, { maxPriorityFeePerGas: 1n });
    await raw(chain, 1, { maxPriorityFeePerGas: 5n });
    expect(await noncesOf(chain)).toEqual(['0:0', '1:0']);
  });

  it('leaves one that does not fit, with what follows it, and takes others', async () => {
    const chain = await start({ ...manual, gasLimit: 100_000n });
    await raw(chain, 0, { nonce: 0n, gasLimit: 90_000n, maxPriorityFeePerGas: 5n });
    await raw(chain, 0, { nonce: 1n, maxPriorityFeePerGas: 5n });
    await raw(chain, 1, { nonce: 0n, maxPriorityFeePerGas: 9n });
    expect(await noncesOf(chain)).toEqual(['1:0']);
    expect(await noncesOf(chain)).toEqual(['0:0', '0:1']);
  });

  it('leaves what does not pay the base fee', async () => {
    const chain = await start(manual);
    await raw(chain, 0, { maxFeePerGas: GWEI, maxPriorityFeePerGas: 0n });
    await raw(chain, 1, {});
    chain.fees.setNextBaseFee(2n * GWEI);
    expect(await noncesOf(chain)).toEqual(['1:0']);
    chain.fees.setNextBaseFee(1n);
    expect(await noncesOf(chain)).toEqual(['0:0']);
  });

  it('takes one whose money comes by another of the same block, whatever they tip', async () => {
    const chain = await start(manual);
    const poor = account(chain, 1).address;
    await chain.control.setBalance(poor, 0n);
    await raw(chain, 0, { to: poor, value: 10n ** 18n, maxPriorityFeePerGas: 1n });
    await raw(chain, 1, { maxPriorityFeePerGas: 50n });
    expect(await noncesOf(chain)).toEqual(['0:0', '1:0']);
  });

  it('drops one that nobody will pay for, with the reason', async () => {
    const chain = await start({ ...manual, poolBalanceChecks: false });
    await chain.control.setBalance(account(chain, 1).address, 0n);
    const hash = await raw(chain, 1, {});
    expect(await noncesOf(chain)).toEqual([]);
    expect(chain.pool.get(hash)).toBeUndefined();
    expect(chain.pool.dropReason(hash)).toMatchObject({ reason: 'invalid', detail: expect.stringContaining('funds') });
  });

  it('gives a failing transaction its place: it pays for its gas', async () => {
    const chain = await start(manual);
    await chain.control.setCode(TO, Uint8Array.of(0xfe));
    await raw(chain, 0, { gasLimit: 50_000n });
    const block = await chain.miner.mine();
    expect(block?.receipts[0]).toMatchObject({ status: 0, gasUsed: 50_000n });
    expect(await (await chain.state.at(LATEST)).nonce(account(chain).address)).toBe(1n);
  });

  it('does not let gas that is left over by refunds be used twice', async () => {
    const chain = await start({ ...manual, gasLimit: 63_000n });
    for (const index of [0, 1, 2]) await raw(chain, index, {});
    expect(await noncesOf(chain)).toHaveLength(3);
    expect(chain.chain.head.block.header.gasUsed).toBe(63_000n);
  });

  it('leaves what would make the block larger than EIP-7934 lets it be, and refuses what no block has room for', async () => {
    const chain = await start({ ...manual, gasLimit: 1_000_000_000n, transactionGasCap: false, hardfork: 'osaka' });
    const bytes = (count: number) => ({ data: new Uint8Array(count), gasLimit: 21_000n + 10n * BigInt(count) });
    for (let index = 0; index < 3; index++) await raw(chain, index, { nonce: 0n, ...bytes(3_000_000) });
    const tooLarge = await raw(chain, 0, { nonce: 1n, ...bytes(8_500_000) });
    for (const count of [2, 1, 0]) {
      const block = await chain.miner.mine();
      expect(block?.block.transactions).toHaveLength(count);
      expect(block?.block.serialize().length).toBeLessThan(8_388_608);
    }
    expect(chain.pool.dropReason(tooLarge)?.detail).toMatch(/^its 85\d{5} bytes are too many for a block/);
  });
});
