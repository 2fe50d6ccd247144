import { describe, expect, it } from 'vitest';
import { account, address, GWEI, LATEST, place, signed, useChains } from '../chain.fixture.ts';

const start = useChains();
const TO = address('aa');

describe('the base fee', () => {
  it('sinks by an eighth after an empty block, and rises with a full one', async () => {
    const chain = await start({ baseFee: 8n * GWEI, gasLimit: 100_000n });
    expect(chain.fees.nextBaseFee()).toBe(7n * GWEI);
    await place(chain, TO, '0x5b5f56');
    await chain.control.submit({ from: account(chain).address, to: TO, gasLimit: 100_000n });
    const { header } = chain.chain.head.block;
    expect(header).toMatchObject({ baseFeePerGas: 7n * GWEI, gasUsed: 100_000n });
    expect(chain.fees.nextBaseFee()).toBe((7n * GWEI * 9n) / 8n);
  });

  it('can be set for one block, whose child follows from it', async () => {
    const chain = await start();
    chain.fees.setNextBaseFee(16n);
    expect(chain.fees.nextBaseFee()).toBe(16n);
    await chain.miner.mine();
    expect(chain.chain.head.block.header.baseFeePerGas).toBe(16n);
    expect(chain.fees.nextBaseFee()).toBe(14n);
  });

  it('is not there before London', async () => {
    const chain = await start({ hardfork: 'berlin' });
    expect(chain.fees.nextBaseFee()).toBeUndefined();
    expect(chain.fees.nextBlobBaseFee()).toBeUndefined();
    expect(chain.fees.gasPrice()).toBe(GWEI);
    chain.fees.setMinGasPrice(5n * GWEI);
    expect(chain.fees.gasPrice()).toBe(5n * GWEI);
  });

  it('starts with a gwei on the block that brings it', async () => {
    const config = { chainId: 1, berlinBlock: 0, londonBlock: 2 };
    const chain = await start({ genesis: { config, alloc: {}, gasLimit: 5_000_000 } });
    await chain.miner.mine();
    expect(chain.chain.head.block.header.baseFeePerGas).toBeUndefined();
    expect(chain.fees.nextBaseFee()).toBe(GWEI);
  });
});

describe('what wallets are told', () => {
  it('is the next base fee and the tip, or the one price that was given', async () => {
    const chain = await start({ suggestedTip: 3n });
    expect(chain.fees.gasPrice()).toBe((chain.fees.nextBaseFee() as bigint) + 3n);
    expect((await start({ gasPrice: 77n })).fees.gasPrice()).toBe(77n);
    const usual = chain.fees.gasPrice();
    chain.fees.setGasPrice(78n);
    expect(chain.fees.gasPrice()).toBe(78n);
    chain.fees.setGasPrice(undefined);
    expect(chain.fees.gasPrice()).toBe(usual);
  });
});

describe('the fee history', () => {
  it('has a figure for each block, and one base fee more', async () => {
    const chain = await start();
    await chain.miner.mine({ blocks: 3 });
    const history = await chain.fees.history(2, LATEST);
    expect(history.oldestBlock).toBe(2n);
    expect(history.gasUsedRatio).toEqual([0, 0]);
    expect(history.baseFeePerGas).toHaveLength(3);
    expect(history.baseFeePerGas.at(-1)).toBe(chain.fees.nextBaseFee());
    expect(history.baseFeePerBlobGas).toEqual([1n, 1n, 1n]);
    expect(history).not.toHaveProperty('reward');
  });

  it('does not go past the genesis, nor above 1,024 blocks, and may be empty', async () => {
    const chain = await start();
    await chain.miner.mine();
    expect((await chain.fees.history(5000, LATEST)).oldestBlock).toBe(0n);
    expect(await chain.fees.history(0, LATEST)).toMatchObject({ oldestBlock: 0n, gasUsedRatio: [] });
  });

  it('weighs the tips of a block by gas', async () => {
    const chain = await start({ mining: { type: 'manual' }, baseFee: GWEI });
    const common = chain.hardforks.commonAt(1n, 1n);
    const send = (index: number, tip: bigint) =>
      chain.control.submitRaw(
        signed(account(chain, index).privateKey, { maxPriorityFeePerGas: tip }, common).serialize(),
      );
    await Promise.all([send(0, 30n), send(1, 10n), send(2, 20n)]);
    await chain.miner.mine();
    const { reward } = await chain.fees.history(1, LATEST, [0, 33, 34, 66, 67, 100]);
    expect(reward).toEqual([[10n, 10n, 20n, 20n, 30n, 30n]]);
  });

  it.each([
    [[-1], 'invalid reward percentile: -1'],
    [[101], 'invalid reward percentile: 101'],
    [[Number.NaN], 'invalid reward percentile: NaN'],
    [[50, 20], '#0:50 > #1:20'],
  ])('refuses the percentiles %j', async (percentiles, message) => {
    const chain = await start();
    await expect(chain.fees.history(1, LATEST, percentiles)).rejects.toThrow(message);
  });

  it('refuses a block that is not there', async () => {
    const chain = await start();
    await expect(chain.fees.history(1, { number: 9n })).rejects.toThrow('9');
  });
});
