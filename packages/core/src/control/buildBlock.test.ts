import { describe, expect, it } from 'vitest';
import { account, address, bytes, faultOf, signed, useChains, word } from '../chain.fixture.ts';
import type { BuildRequest, Chain } from '../contract.ts';

const start = useChains();
const manual = { mining: { type: 'manual' } } as const;

function build(chain: Chain, fields: Partial<BuildRequest> = {}) {
  const { head } = chain.chain;
  return chain.control.buildBlock({
    ...{ parentHash: head.hash, timestamp: head.block.header.timestamp + 5n, coinbase: address('cb') },
    ...{ prevRandao: word(3), extraData: bytes('0x1234'), ...fields },
  });
}

function raw(chain: Chain, index: number, fields: object = {}): Uint8Array {
  const common = chain.hardforks.commonAt(1n, 1_700_000_001n);
  return signed(account(chain, index).privateKey, fields, common).serialize();
}

describe('building a block', () => {
  it('takes what it is told, and leaves the chain as it is', async () => {
    const chain = await start();
    const { head } = chain.chain;
    const { block } = await build(chain, { transactions: [] });
    expect(block.block.header).toMatchObject({ mixHash: word(3), extraData: bytes('0x1234'), number: 1n });
    expect(block.block.header.timestamp).toBe(head.block.header.timestamp + 5n);
    expect(chain.chain.head).toBe(head);
    expect(await chain.chain.get({ hash: block.hash })).toBeUndefined();
  });

  it('takes the pool’s transactions, and leaves them there', async () => {
    const chain = await start(manual);
    const hash = await chain.control.submit({ from: account(chain).address, to: address('aa') });
    const { block } = await build(chain);
    expect(block.block.transactions.map((tx) => tx.hash())).toEqual([hash]);
    expect(chain.pool.get(hash)).toBeDefined();
  });

  it('takes exactly the given transactions in their order, and says what they earn', async () => {
    const chain = await start();
    const given = [
      raw(chain, 1, { maxPriorityFeePerGas: 1n }),
      raw(chain, 0, { maxPriorityFeePerGas: 7n }),
      raw(chain, 0, { nonce: 1n, maxPriorityFeePerGas: 9n }),
    ];
    const { block, value } = await build(chain, { transactions: given });
    expect(block.block.transactions.map((tx) => tx.serialize())).toEqual(given);
    expect(value).toBe(21_000n * 17n);
  });

  it('makes a block that the chain takes', async () => {
    const chain = await start();
    const { block } = await build(chain, { transactions: [raw(chain, 0)] });
    const imported = await chain.chain.importBlock(block.block);
    expect(imported.stateRoot).toEqual(block.stateRoot);
    expect(chain.chain.head).toBe(imported);
  });

  it('builds on any block that is known', async () => {
    const chain = await start();
    await chain.miner.mine({ blocks: 2 });
    const { genesis } = chain.chain;
    const { block } = await build(chain, { parentHash: genesis.hash, transactions: [] });
    expect(block.block.header.number).toBe(1n);
  });

  it('moves the gas limit towards where it is wanted, as far as is allowed', async () => {
    const chain = await start();
    chain.miner.setGasLimit(60_000_000n);
    const up = await build(chain, { transactions: [] });
    expect(up.block.block.header.gasLimit).toBe(30_000_000n + 30_000_000n / 1024n - 1n);
    chain.miner.setGasLimit(1_000_000n);
    const down = await build(chain, { transactions: [] });
    expect(down.block.block.header.gasLimit).toBe(30_000_000n - 30_000_000n / 1024n + 1n);
  });

  it.each<[string, (chain: Chain) => Partial<BuildRequest>, string]>([
    ['an unknown parent', () => ({ parentHash: word(1) }), 'PARENT_UNKNOWN'],
    [
      'a time that is not after its parent',
      (chain) => ({ timestamp: chain.chain.head.block.header.timestamp }),
      'BLOCK_INVALID',
    ],
    ['bytes that are no transaction', () => ({ transactions: [bytes('0x01')] }), 'TRANSACTION_MALFORMED'],
    ['a nonce gap', (chain) => ({ transactions: [raw(chain, 0, { nonce: 5n })] }), 'REQUEST_INVALID'],
    [
      'what does not pay the base fee',
      (chain) => ({ transactions: [raw(chain, 0, { maxFeePerGas: 1n, maxPriorityFeePerGas: 0n })] }),
      'REQUEST_INVALID',
    ],
  ])('refuses %s', async (_, fields, code) => {
    const chain = await start();
    expect(await faultOf(build(chain, fields(chain)))).toMatchObject({ code });
  });
});
