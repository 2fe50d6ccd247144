import { gunzipSync } from 'node:zlib';
import { Address, type Chain, createChain } from '@minichain/core';
import { bytesFromHex } from '@minichain/protocol';
import { expect, it, onTestFinished } from 'vitest';
import { stateFromBytes } from '../codecs/stateDump.ts';
import { receiptView } from './receipt.ts';
import { stateDumpView } from './stateDump.ts';

type Fields = Record<string, unknown>;
interface Dump {
  block: Fields;
  accounts: Record<string, Fields>;
  best_block_number?: unknown;
  blocks: { header: Fields; transactions: { transaction: Fields }[]; ommers: unknown[]; withdrawals?: unknown }[];
  transactions: { info: Fields; receipt: Fields; block_number: unknown }[];
  historical_states?: unknown;
}

const TO = new Address(new Uint8Array(20).fill(0xaa));

async function start(): Promise<Chain> {
  const chain = await createChain({ accounts: { count: 2 } });
  onTestFinished(() => chain.close());
  return chain;
}

async function dumped(): Promise<{ chain: Chain; dump: Dump }> {
  const chain = await start();
  const from = chain.accounts.owned[0]?.address as Address;
  await chain.control.submit({ from, to: TO, value: 5n });
  await chain.control.submit({ from, to: TO, value: 2n, gasPrice: 3_000_000_000n, type: 0 });
  const text = gunzipSync(bytesFromHex(await stateDumpView(chain))).toString();
  return { chain, dump: JSON.parse(text) as Dump };
}

async function loaded(dump: unknown): Promise<Chain> {
  const chain = await start();
  await chain.control.loadState(stateFromBytes(Buffer.from(JSON.stringify(dump))));
  return chain;
}

const balance = async (chain: Chain): Promise<bigint> => (await chain.state.at({ tag: 'latest' })).balance(TO);
const hex = (value: unknown): string => `0x${Number(value).toString(16)}`;

function renamed(fields: Fields, names: Readonly<Record<string, string>>): Fields {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [names[name] ?? name, value]));
}

/** As Anvil wrote them until its version 1.0: types as names, numbers in hex, Rust's names of header fields. */
function asBefore(dump: Dump): Dump {
  const envelopes = ['Legacy', 'EIP2930', 'EIP1559'];
  const { gas_limit, basefee } = dump.block;
  return {
    ...dump,
    block: renamed({ ...dump.block, gas_limit: hex(gas_limit), basefee: hex(basefee) }, { beneficiary: 'coinbase' }),
    best_block_number: hex(dump.best_block_number),
    blocks: dump.blocks.map(({ header, transactions }) => ({
      header: renamed(header, { sha3Uncles: 'ommersHash', miner: 'beneficiary' }),
      transactions: transactions.map(({ transaction: { type, ...fields } }) => ({
        [envelopes[Number(type)] as string]: fields,
      })) as never,
      ommers: [],
    })),
    transactions: dump.transactions.map(({ info, receipt, block_number }) => {
      const { type, logsBloom, ...rest } = receipt;
      return { info, receipt: { [envelopes[Number(type)] as string]: { receipt: rest, logsBloom } }, block_number };
    }),
  };
}

it('reads blocks, transactions and receipts as versions before 1.0 wrote them', async () => {
  const { chain, dump } = await dumped();
  const other = await loaded(asBefore(dump));
  expect(other.chain.head.hash).toEqual(chain.chain.head.hash);
  for (const number of [1n, 2n]) {
    const [ours, theirs] = [await chain.chain.require({ number }), await other.chain.require({ number })];
    expect(receiptView(theirs, 0)).toEqual(receiptView(ours, 0));
  }
  expect(await balance(other)).toBe(7n);
});

it('reads numbers as JSON numbers as well', async () => {
  const { chain, dump } = await dumped();
  const { number, timestamp } = dump.block;
  const block = { ...dump.block, number: Number(number), timestamp: Number(timestamp) };
  const blocks = dump.blocks.map((one) => ({
    ...one,
    header: { ...one.header, number: Number(one.header['number']) },
  }));
  const other = await loaded({ ...dump, block, blocks });
  expect(other.chain.head.hash).toEqual(chain.chain.head.hash);
});

it('does without the best block’s number, which is the block’s then', async () => {
  const { chain, dump } = await dumped();
  const { best_block_number: _, ...rest } = dump;
  expect((await loaded(rest)).chain.head.hash).toEqual(chain.chain.head.hash);
});

it('does without blocks and transactions: empty blocks lead to the height', async () => {
  const { dump } = await dumped();
  const other = await loaded({ block: dump.block, accounts: dump.accounts });
  expect(other.chain.head.block.header.number).toBe(2n);
  expect(await balance(other)).toBe(7n);
});

it('does without receipts', async () => {
  const { chain, dump } = await dumped();
  const { transactions: _, ...rest } = dump;
  const other = await loaded(rest);
  expect(other.chain.head.hash).toEqual(chain.chain.head.hash);
  expect(other.chain.head.receipts).toEqual([]);
});

it('takes headers that lack fields which their fork has, under the hash that they have so', async () => {
  const { dump } = await dumped();
  const blocks = dump.blocks.map(({ header, ...rest }) => {
    const { withdrawalsRoot: _, parentBeaconBlockRoot: __, requestsHash: ___, ...fields } = header;
    return { ...rest, header: fields };
  });
  const other = await loaded({ ...dump, blocks });
  expect(other.chain.head.block.header.number).toBe(2n);
  expect(await other.chain.get({ hash: other.chain.head.hash })).toBeDefined();
  await other.miner.mine();
  await other.control.reset();
});

it.each([
  [{ accounts: { '0x1': {} } }, '.accounts.0x1'],
  [{ accounts: [] }, '.accounts'],
  [{ blocks: [{ header: {} }] }, '.blocks[0].header.parentHash'],
  [{ blocks: {} }, '.blocks'],
  [{ transactions: [{}], blocks: [{}] }, '.transactions[0]'],
  [{ historical_states: [['0x1', {}]] }, '.historical_states[0][0]'],
  [{ minichain: { instance_id: 5 } }, '.minichain.instance_id'],
])('names the field that is wrong: %j', async (dump, path) => {
  await expect(loaded(dump)).rejects.toMatchObject({ path });
});
