import { type Block, createBlock, type HeaderData } from '@ethereumjs/block';
import { describe, expect, it } from 'vitest';
import { account, address, faultOf, signed, useChains, word } from '../chain.fixture.ts';
import type { Chain } from '../contract.ts';

const start = useChains();

/** A block with one transfer and what a forger makes of it. */
async function forged(
  change: HeaderData,
  transactions?: readonly unknown[],
): Promise<{ block: Block; importer: Chain }> {
  const [maker, importer] = [await start(), await start()];
  await maker.control.submit({ from: account(maker).address, to: address('aa'), value: 1n });
  const { block } = maker.chain.head;
  const { header } = block;
  const fields = Object.fromEntries(
    Object.entries(header).filter(([key]) => !['cache', 'common', '_options'].includes(key)),
  );
  const body = { transactions: (transactions ?? block.transactions) as never, withdrawals: [] };
  const made = createBlock(
    { header: { ...fields, ...change } as HeaderData, ...body },
    { common: block.common, freeze: false },
  );
  return { block: made, importer };
}

describe('a block from outside', () => {
  it('is taken when everything in it is true', async () => {
    const { block, importer } = await forged({});
    const executed = await importer.chain.importBlock(block);
    expect(executed.receipts).toMatchObject([{ status: 1, gasUsed: 21_000n }]);
    expect(executed.senders).toEqual([account(importer).address]);
    expect(importer.chain.head).toBe(executed);
  });

  it.each<[string, HeaderData]>([
    ['state root', { stateRoot: word(1) }],
    ['receipts root', { receiptTrie: word(1) }],
    ['gas used', { gasUsed: 21_001n }],
    ['bloom', { logsBloom: new Uint8Array(256).fill(1) }],
    ['transactions root', { transactionsTrie: word(1) }],
    ['blob gas used', { blobGasUsed: 131_072n }],
    ['requests hash', { requestsHash: word(1) }],
    ['withdrawals root', { withdrawalsRoot: word(1) }],
  ])('with a false %s is refused, and leaves the head where it was', async (_, change) => {
    const { block, importer } = await forged(change);
    expect(await faultOf(importer.chain.importBlock(block))).toMatchObject({ code: 'BLOCK_INVALID' });
    expect(importer.chain.head).toBe(importer.chain.genesis);
    expect(await importer.chain.get({ hash: block.hash() })).toBeUndefined();
  });

  it('is refused without the transaction that its roots are of', async () => {
    const { block, importer } = await forged({}, []);
    expect(await faultOf(importer.chain.importBlock(block))).toMatchObject({ code: 'BLOCK_INVALID' });
  });

  it('is refused when it is larger than EIP-7934 lets it be, before anything runs', async () => {
    const maker = await start();
    const common = maker.hardforks.commonAt(1n, 1_700_000_001n);
    const large = (nonce: bigint) =>
      signed(account(maker).privateKey, { nonce, data: new Uint8Array(4_200_000) }, common);
    const { block, importer } = await forged({}, [large(0n), large(1n)]);
    expect(await faultOf(importer.chain.importBlock(block))).toMatchObject({
      code: 'BLOCK_INVALID',
      detail: expect.stringMatching(/^it has 840\d{4} bytes, at most 8388608 allowed$/),
    });
  });

  it('is refused on a parent whose state it does not fit', async () => {
    const [maker, importer] = [await start(), await start()];
    await maker.control.setBalance(address('aa'), 5n);
    await maker.miner.mine();
    expect(await faultOf(importer.chain.importBlock(maker.chain.head.block))).toMatchObject({ code: 'BLOCK_INVALID' });
  });
});
