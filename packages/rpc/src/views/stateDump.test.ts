import { gunzipSync } from 'node:zlib';
import { Address, type Chain, createChain } from '@minichain/core';
import { bytesFromHex } from '@minichain/protocol';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { stateDump } from '../codecs/stateDump.ts';
import { headerView } from './block.ts';
import { stateDumpView } from './stateDump.ts';

const RICH = new Address(new Uint8Array(20).fill(0xaa));
let chain: Chain;

beforeAll(async () => {
  chain = await createChain({ accounts: { count: 1 } });
  await chain.control.setBalance(RICH, 7n);
  await chain.miner.mine({ blocks: 2 });
});
afterAll(() => chain.close());

it('is Anvil’s form: environment, accounts, headers', async () => {
  const dumped = await stateDumpView(chain);
  const text = gunzipSync(bytesFromHex(dumped)).toString();
  const { hash: _, ...header } = headerView(chain.chain.head);
  expect(JSON.parse(text)).toMatchObject({
    block: {
      number: '0x2',
      gas_limit: 30_000_000,
      prevrandao: header.mixHash,
      blob_excess_gas_and_price: { blob_gasprice: 1 },
    },
    accounts: { [RICH.toString()]: { nonce: 0, balance: '0x7', code: '0x', storage: {} } },
    best_block_number: 2,
    blocks: [{}, {}, { header, transactions: [], ommers: [] }],
    transactions: [],
    historical_states: null,
  });
});

it('can be read again', async () => {
  const read = stateDump.decode(await stateDumpView(chain));
  expect([...read.accounts]).toEqual(await chain.state.dump({ tag: 'latest' }));
  expect(read).toMatchObject({ number: 2n, timestamp: chain.chain.head.block.header.timestamp });
});

it('holds the head whole when older blocks are gone', async () => {
  const pruned = await createChain({ accounts: { count: 1 } });
  onTestFinished(() => pruned.close());
  await pruned.control.setBalance(RICH, 7n);
  await pruned.miner.mine({ blocks: 6 });
  await pruned.storage.prune({ historyBlocks: 2 });
  const text = await stateDumpView(pruned);
  const { blocks } = JSON.parse(gunzipSync(bytesFromHex(text)).toString()) as {
    blocks: { header: { number: string } }[];
  };
  expect(blocks.map(({ header }) => header.number)).toEqual(['0x4', '0x5', '0x6']);
  expect(stateDump.decode(text)).toMatchObject({ number: 6n });
  expect([...stateDump.decode(text).accounts]).toContainEqual(expect.objectContaining({ address: RICH, balance: 7n }));
});
