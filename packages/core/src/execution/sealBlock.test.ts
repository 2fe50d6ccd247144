import { bytesToHex } from '@ethereumjs/util';
import { describe, expect, it } from 'vitest';
import { account, address, GWEI, LATEST, place, useChains, word } from '../chain.fixture.ts';
import type { Chain } from '../contract.ts';
import type { WithdrawalInput } from './request.ts';

const start = useChains();

function build(chain: Chain, withdrawals: readonly WithdrawalInput[] = []) {
  const { head } = chain.chain;
  return chain.control.buildBlock({
    parentHash: head.hash,
    timestamp: head.block.header.timestamp + 1n,
    coinbase: address('cb'),
    prevRandao: word(1),
    extraData: new Uint8Array(),
    withdrawals,
    transactions: [],
  });
}

describe('the end of a block', () => {
  it('pays withdrawals in gwei, to one address as often as it is named', async () => {
    const chain = await start();
    const to = (last: string, amount: bigint, index: bigint) => {
      return { index, validatorIndex: 7n, address: address(last), amount };
    };
    const { block } = await build(chain, [to('a1', 3n, 0n), to('a2', 1n, 1n), to('a1', 4n, 2n)]);
    await chain.chain.importBlock(block.block);
    const state = await chain.state.at(LATEST);
    expect(await state.balance(address('a1'))).toBe(7n * GWEI);
    expect(await state.balance(address('a2'))).toBe(GWEI);
    expect(chain.chain.head.block.withdrawals).toHaveLength(3);
  });

  it('does not make an account of a withdrawal of nothing (EIP-161)', async () => {
    const chain = await start();
    const none = await build(chain);
    const { block } = await build(chain, [{ index: 0n, validatorIndex: 0n, address: address('a1'), amount: 0n }]);
    expect(bytesToHex(block.stateRoot)).toBe(bytesToHex(none.block.stateRoot));
    expect(bytesToHex(block.hash)).not.toBe(bytesToHex(none.block.hash));
  });

  it('has a bloom over all receipts, and roots that an importer agrees with', async () => {
    const [maker, importer] = [await start({ mining: { type: 'manual' } }), await start()];
    for (const chain of [maker, importer]) {
      // LOG1 with the first word of the input for a topic.
      await place(chain, address('c0'), '0x5f355f5fa100');
    }
    for (const topic of [1, 2]) {
      await maker.control.submit({ from: account(maker).address, to: address('c0'), data: word(topic) });
    }
    const mined = await maker.miner.mine();
    const [first, second] = mined?.receipts ?? [];
    const merged = first?.logsBloom.map((byte, i) => byte | (second?.logsBloom[i] as number));
    expect(mined?.block.header.logsBloom).toEqual(merged);
    expect(first?.logsBloom).not.toEqual(second?.logsBloom);
  });

  it('collects withdrawal requests that a transaction made (EIP-7002, EIP-7685)', async () => {
    const chain = await start();
    const data = new Uint8Array(56).fill(5);
    const queue = address('00000961ef480eb55e80d19ad83579a64c007002');
    const empty = (await build(chain)).requests;
    await chain.control.submit({ from: account(chain).address, to: queue, data, value: 1n });
    const { header } = chain.chain.head.block;
    expect(empty).toEqual([]);
    expect(bytesToHex(header.requestsHash as Uint8Array)).not.toBe(
      '0xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
  });

  it('pays the reward of a chain that has a genesis before the merge', async () => {
    const genesis = { config: { chainId: 1, byzantiumBlock: 0 }, alloc: {}, gasLimit: 5_000_000, difficulty: 1 };
    const chain = await start({ genesis, coinbase: address('cb') });
    await chain.miner.mine();
    expect(await (await chain.state.at(LATEST)).balance(address('cb'))).toBe(3n * 10n ** 18n);
    const own = await start({ hardfork: 'byzantium', coinbase: address('cb') });
    await own.miner.mine();
    expect(await (await own.state.at(LATEST)).balance(address('cb'))).toBe(0n);
  });
});
