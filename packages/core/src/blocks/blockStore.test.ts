import { Block, createBlockHeader } from '@ethereumjs/block';
import type { Common } from '@ethereumjs/common';
import type { TypedTransaction } from '@ethereumjs/tx';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openHardforks, signed, word } from '../chain.fixture.ts';
import type { Hardforks } from '../contract.ts';
import { openMemory } from '../storage/backends/memory.ts';
import { Database } from '../storage/database.ts';
import { BlockStore } from './blockStore.ts';
import type { ExecutedBlock } from './executedBlock.ts';

let hardforks: Hardforks;
let common: Common;
beforeAll(async () => {
  hardforks = await openHardforks();
  common = hardforks.commonAt(0n, 0n);
});

function block(number: number, salt: number, transactions: TypedTransaction[] = []): ExecutedBlock {
  const header = createBlockHeader({ number, mixHash: word(salt) }, { common, freeze: false });
  const made = new Block(header, transactions, [], [], { common, freeze: false });
  return {
    block: made,
    hash: made.hash(),
    receipts: [],
    senders: transactions.map((tx) => tx.getSenderAddress()),
    activity: [],
    stateRoot: made.header.stateRoot,
  };
}

let store: BlockStore;
let genesis: ExecutedBlock;
beforeEach(() => {
  store = new BlockStore({ database: new Database(openMemory()), hardforks }, { cacheBytes: 2 ** 20 });
  genesis = block(0, 0);
  store.put(genesis);
  store.addCanonical(genesis);
});

describe('BlockStore', () => {
  it('finds blocks by hash and, where they are canonical, by height', () => {
    const [main, side] = [block(1, 1), block(1, 2)];
    for (const one of [main, side]) store.put(one);
    store.addCanonical(main);
    expect(store.get(side.hash)).toBe(side);
    expect(store.canonicalAt(1n)).toBe(main);
    expect(store.isCanonical(main)).toBe(true);
    expect(store.isCanonical(side)).toBe(false);
    expect(store.canonicalAt(2n)).toBeUndefined();
  });

  it('finds a transaction while its block is canonical', () => {
    const txs = [0, 1].map((nonce) => signed(new Uint8Array(32).fill(1), { nonce }, common));
    const main = block(1, 1, txs);
    store.put(main);
    expect(store.transaction(txs[1]?.hash() as Uint8Array)).toBeUndefined();
    store.addCanonical(main);
    expect(store.transaction(txs[1]?.hash() as Uint8Array)).toEqual({ block: main, index: 1 });
    store.removeCanonical(main);
    expect(store.transaction(txs[1]?.hash() as Uint8Array)).toBeUndefined();
    expect(store.get(main.hash)).toBe(main);
    expect(store.canonicalAt(1n)).toBeUndefined();
  });

  it('replaces a block whose state was edited, also for its transactions', () => {
    const tx = signed(new Uint8Array(32).fill(1), {}, common);
    const main = block(1, 1, [tx]);
    store.put(main);
    store.addCanonical(main);
    store.putStateRoot(main, word(99));
    expect(store.canonicalAt(1n)?.stateRoot).toEqual(word(99));
    expect(store.transaction(tx.hash())?.block.stateRoot).toEqual(word(99));
    store.putStateRoot(main, main.block.header.stateRoot);
    expect(store.canonicalAt(1n)?.stateRoot).toEqual(main.block.header.stateRoot);
  });

  it('forgets a block for good', () => {
    const side = block(1, 2);
    store.put(side);
    store.delete(side);
    expect(store.get(side.hash)).toBeUndefined();
  });
});
