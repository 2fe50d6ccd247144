import { describe, expect, it } from 'vitest';
import { account, address, LATEST, place, useChains, word } from '../chain.fixture.ts';
import type { Chain } from '../contract.ts';
import type { LogQuery } from '../readers.ts';

const start = useChains();
/** LOG2(topics: call data word 0, word 1; data: word 2). */
const code = '0x60403560005260203560003560206000a2';
const [A, B] = [address('aaa1'), address('bbb1')];

async function log(chain: Chain, to: typeof A, one: number, two: number): Promise<void> {
  const data = Uint8Array.from([...word(one), ...word(two), ...word(7)]);
  await chain.control.submit({ from: account(chain).address, to, data });
}

async function logged(): Promise<Chain> {
  const chain = await start();
  for (const who of [A, B]) await place(chain, who, code);
  await log(chain, A, 1, 2);
  await log(chain, A, 3, 2);
  await log(chain, B, 1, 4);
  return chain;
}

describe('logs', () => {
  it.each<[string, Partial<LogQuery>, number[]]>([
    ['everything', {}, [1, 2, 3]],
    ['one contract', { addresses: [A.bytes] }, [1, 2]],
    ['any of two contracts', { addresses: [A.bytes, B.bytes] }, [1, 2, 3]],
    ['a contract that is not there', { addresses: [address('cc').bytes] }, []],
    ['a first topic', { topics: [[word(1)]] }, [1, 3]],
    ['any of two first topics', { topics: [[word(1), word(3)]] }, [1, 2, 3]],
    ['a second topic, whatever the first', { topics: [null, [word(2)]] }, [1, 2]],
    ['both topics', { topics: [[word(3)], [word(2)]] }, [2]],
    ['more topics than there are', { topics: [null, null, [word(2)]] }, []],
    ['any value at a place that is there', { topics: [null, null] }, [1, 2, 3]],
    ['contract and topic', { addresses: [B.bytes], topics: [[word(1)]] }, [3]],
    ['a topic in the place of another', { topics: [[word(2)]] }, []],
    ['an empty list of contracts', { addresses: [] }, [1, 2, 3]],
  ])('by %s', async (_, query, blocks) => {
    const chain = await logged();
    const found = await chain.chain.logs({ from: 0n, to: 99n, ...query });
    expect(found.map(({ block }) => Number(block.block.header.number))).toEqual(blocks);
  });

  it('of a range of blocks', async () => {
    const chain = await logged();
    const numbers = async (from: bigint, to: bigint) =>
      (await chain.chain.logs({ from, to })).map(({ block }) => Number(block.block.header.number));
    expect(await numbers(2n, 2n)).toEqual([2]);
    expect(await numbers(2n, 99n)).toEqual([2, 3]);
    expect(await numbers(3n, 2n)).toEqual([]);
    expect(await numbers(50n, 99n)).toEqual([]);
  });

  it('count from the start of their block', async () => {
    const chain = await start({ mining: { type: 'manual' } });
    await place(chain, A, `${code}${code.slice(2)}`);
    await log(chain, A, 1, 2);
    await log(chain, A, 3, 4);
    await chain.miner.mine();
    const head = await chain.chain.require(LATEST);
    const found = chain.chain.logsOf(head, {});
    expect(found.map(({ logIndex, transactionIndex }) => [logIndex, transactionIndex])).toEqual([
      [0, 0],
      [1, 0],
      [2, 1],
      [3, 1],
    ]);
    expect(chain.chain.logsOf(head, { topics: [[word(3)]] }).map(({ logIndex }) => logIndex)).toEqual([2, 3]);
  });
});
