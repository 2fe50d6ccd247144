import { Address, type Chain, createChain, type ExecutedBlock, type Receipt } from '@minichain/core';
import { afterAll, describe, expect, it } from 'vitest';
import { consensusReceipts } from './consensus.ts';
import { logView, receiptView } from './receipt.ts';

/** Logs its input twice, with a topic and without. */
const TWICE = Buffer.from('365f5f37602a365fa1365fa000', 'hex');
const LOGGER = new Address(new Uint8Array(20).fill(0x10));
const chains: Chain[] = [];

async function start(hardfork: string): Promise<{ chain: Chain; from: Address }> {
  const chain = await createChain({ hardfork, mining: { type: 'manual' }, accounts: { count: 1 } });
  chains.push(chain);
  await chain.control.setCode(LOGGER, new Uint8Array(TWICE));
  return { chain, from: chain.accounts.owned[0]?.address as Address };
}

/** Two transactions with two logs each, a transfer and a creation, all in one block. */
async function busyBlock(hardfork: string): Promise<ExecutedBlock> {
  const { chain, from } = await start(hardfork);
  const data = Uint8Array.of(0xbe, 0xef);
  await chain.control.submit({ from, to: LOGGER, data, gasLimit: 60_000n });
  await chain.control.submit({ from, to: from, gasLimit: 21_000n });
  await chain.control.submit({ from, to: LOGGER, data, gasLimit: 60_000n });
  await chain.control.submit({ from, data: Uint8Array.of(0), gasLimit: 60_000n });
  return (await chain.miner.mine()) as ExecutedBlock;
}

afterAll(async () => {
  for (const chain of chains) await chain.close();
});

describe('receipts', () => {
  it('count logs through the block, and gas too', async () => {
    const block = await busyBlock('cancun');
    const receipts = block.receipts.map((_, index) => receiptView(block, index));
    expect(receipts.flatMap(({ logs }) => logs.map(({ logIndex }) => logIndex))).toEqual(['0x0', '0x1', '0x2', '0x3']);
    expect(receipts[2]?.logs.map(({ transactionIndex }) => transactionIndex)).toEqual(['0x2', '0x2']);
    const gas = receipts.map(({ gasUsed }) => BigInt(gasUsed));
    expect(BigInt(receipts[3]?.cumulativeGasUsed ?? 0)).toBe(gas.reduce((sum, one) => sum + one));
  });

  it('name the contract that was created, and no receiver', async () => {
    const block = await busyBlock('cancun');
    expect(receiptView(block, 3)).toMatchObject({
      to: null,
      contractAddress: expect.stringMatching(/^0x[0-9a-f]{40}$/),
    });
    expect(receiptView(block, 0)).toMatchObject({ to: LOGGER.toString(), contractAddress: null });
  });

  it('have a state root before Byzantium, a status from then on', async () => {
    const before = receiptView(await busyBlockOf('spuriousDragon'), 0);
    expect(before.root).toMatch(/^0x[0-9a-f]{64}$/);
    expect(Object.hasOwn(before, 'status')).toBe(false);
    const after = receiptView(await busyBlockOf('byzantium'), 0);
    expect(after.status).toBe('0x1');
    expect(Object.hasOwn(after, 'root')).toBe(false);
  });

  it('tell of blobs only where there are some', async () => {
    const block = await busyBlock('cancun');
    expect(Object.keys(receiptView(block, 0))).not.toContain('blobGasUsed');
    const receipts: Receipt[] = [{ ...(block.receipts[0] as Receipt), blobGasUsed: 131072n, blobGasPrice: 1n }];
    expect(receiptView({ ...block, receipts }, 0)).toMatchObject({ blobGasUsed: '0x20000', blobGasPrice: '0x1' });
  });

  it('are typed in the receipts trie, legacy ones are not', async () => {
    const [typed, legacy] = [await busyBlock('cancun'), await busyBlockOf('byzantium')];
    expect(consensusReceipts(typed).map(([first]) => first)).toEqual([2, 2, 2, 2]);
    expect(consensusReceipts(legacy).every(([first = 0]) => first >= 0xc0)).toBe(true);
  });
});

/** One legacy transfer. */
async function busyBlockOf(hardfork: string): Promise<ExecutedBlock> {
  const { chain, from } = await start(hardfork);
  await chain.control.submit({ from, to: from, gasLimit: 21_000n });
  return (await chain.miner.mine()) as ExecutedBlock;
}

describe('a log', () => {
  const located = (block: ExecutedBlock) => ({
    log: { address: LOGGER.bytes, topics: [new Uint8Array(32)], data: Uint8Array.of(1) },
    block,
    transactionIndex: 0,
    logIndex: 5,
  });

  it('says whether a reorganisation took it away', async () => {
    const block = await busyBlock('cancun');
    expect(logView(located(block))).toMatchObject({ removed: false, logIndex: '0x5', data: '0x01' });
    expect(logView(located(block), { removed: true }).removed).toBe(true);
  });

  it('of a block without transactions has no transaction', async () => {
    const { chain } = await start('cancun');
    expect(logView(located(chain.chain.genesis)).transactionHash).toBeNull();
  });
});
