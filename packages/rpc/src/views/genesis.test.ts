import { Address, type Chain, type ChainOptions, createChain, type GethGenesis } from '@minichain/core';
import { expect, it, onTestFinished } from 'vitest';
import { genesisText } from './genesis.ts';

const CONTRACT = new Address(new Uint8Array(20).fill(0xcc));

async function start(options: ChainOptions = {}): Promise<Chain> {
  const chain = await createChain({ accounts: { count: 2 }, ...options });
  onTestFinished(() => chain.close());
  return chain;
}

async function live(chain: Chain): Promise<void> {
  const from = chain.accounts.owned[0]?.address as Address;
  await chain.control.setCode(CONTRACT, Uint8Array.of(0x60, 0x01));
  await chain.control.setStorage(CONTRACT, new Uint8Array(32).fill(3), new Uint8Array(32).fill(1, 31));
  await chain.control.submit({ from, to: CONTRACT, value: 7n });
}

async function exported(chain: Chain): Promise<{ text: string; genesis: GethGenesis }> {
  let text = '';
  const { state, hardforks, options } = chain;
  const source = { state, hardforks, options, chainId: chain.chainId() };
  for await (const piece of genesisText(chain.chain.head, source)) text += piece;
  return { text, genesis: JSON.parse(text) as GethGenesis };
}

it.each(['latest', 'prague', 'cancun', 'shanghai', 'paris', 'london', 'berlin', 'byzantium'])(
  'begins another chain with the same state and rules: %s',
  async (hardfork) => {
    const one = await start({ hardfork });
    await live(one);
    const { genesis, text } = await exported(one);
    const other = await start({ genesis });
    const { header } = other.chain.genesis.block;
    const { header: head } = one.chain.head.block;
    expect(header.stateRoot).toEqual(one.chain.head.stateRoot);
    expect([header.timestamp, header.gasLimit, header.baseFeePerGas]).toEqual([
      ...[head.timestamp, head.gasLimit, head.baseFeePerGas],
    ]);
    expect(other.chainId()).toBe(one.chainId());
    const [now, then] = [one, other].map(({ hardforks }) => hardforks.nameAt(1n, head.timestamp + 1n));
    expect(then).toBe(now);
    await other.miner.mine();
    // What it began with is what it exports, but for what the first block left in the state.
    expect((await exported(await start({ genesis }))).text).toBe(text);
  },
);

it('has forks that are to come come when they would have', async () => {
  const config = { chainId: 5, terminalTotalDifficulty: 0, londonBlock: 0, shanghaiTime: 0, cancunTime: 2_000_000_000 };
  const chain = await start({ genesis: { config, alloc: {}, timestamp: 1_800_000_000 } });
  await chain.miner.mine({ blocks: 2 });
  const { genesis } = await exported(chain);
  expect(genesis.config).toMatchObject({ chainId: 5, londonBlock: 0, shanghaiTime: 0, cancunTime: 2_000_000_000 });
});

it('says what geth wants to know of blobs', async () => {
  const { genesis } = await exported(await start());
  expect(genesis.config['blobSchedule']).toMatchObject({
    cancun: { target: 3, max: 6, baseFeeUpdateFraction: 3_338_477 },
    prague: { target: 6, max: 9, baseFeeUpdateFraction: 5_007_716 },
  });
});
