import { concatBytes } from '@ethereumjs/util';
import { describe, expect, it } from 'vitest';
import { account, address, useChains } from '../chain.fixture.ts';
import { decodeBlocks } from './decodeBlocks.ts';

const start = useChains();

describe('decodeBlocks', () => {
  it('reads blocks that stand one after the other', async () => {
    const chain = await start();
    for (let i = 0; i < 3; i++) await chain.control.submit({ from: account(chain).address, to: address('aa') });
    const blocks = await Promise.all([1n, 2n, 3n].map((number) => chain.chain.require({ number })));
    const file = concatBytes(...blocks.map(({ block }) => block.serialize()));
    const read = [...decodeBlocks(file, chain.hardforks)];
    expect(read.map((block) => block.hash())).toEqual(blocks.map(({ hash }) => hash));
    expect([...decodeBlocks(new Uint8Array(), chain.hardforks)]).toEqual([]);
  });

  it('reads each by the rules of its own height and time', async () => {
    const config = {
      chainId: 1,
      londonBlock: 0,
      mergeNetsplitBlock: 2,
      shanghaiTime: 1_700_000_100,
    };
    const options = { genesis: { config, alloc: {}, timestamp: 1_700_000_000 }, systemContracts: false };
    const chain = await start(options);
    for (const timestamp of [1_700_000_050n, 1_700_000_060n, 1_700_000_100n]) await chain.miner.mine({ timestamp });
    const blocks = await Promise.all([1n, 2n, 3n].map((number) => chain.chain.require({ number })));
    const file = concatBytes(...blocks.map(({ block }) => block.serialize()));
    const read = [...decodeBlocks(file, chain.hardforks)];
    expect(read.map(({ common }) => common.hardfork())).toEqual(['london', 'paris', 'shanghai']);
    const importer = await start(options);
    for (const block of read) await importer.chain.importBlock(block);
    expect(importer.chain.head.hash).toEqual(chain.chain.head.hash);
  });

  it.each([
    ['rubbish', Uint8Array.of(1, 2, 3)],
    ['a block that is cut short', Uint8Array.of(0xf9, 0x02, 0x00, 1)],
    ['a list that is no block', Uint8Array.of(0xc2, 0x01, 0x02)],
  ])('refuses %s', async (_, file) => {
    const chain = await start();
    expect(() => [...decodeBlocks(file, chain.hardforks)]).toThrow(/^invalid block: cannot decode/);
  });
});
