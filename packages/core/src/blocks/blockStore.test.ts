import { Block, createBlockHeader } from '@ethereumjs/block';
import type { Common } from '@ethereumjs/common';
import type { TypedTransaction } from '@ethereumjs/tx';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openHardforks, signed, word } from '../chain.fixture.ts';
import { BlockStore } from './blockStore.ts';
import type { ExecutedBlock } from './executedBlock.ts';

let common: Common;
beforeAll(async () => {
  common = (await openHardforks()).commonAt(0n, 0n);
});

function block(number: number, salt: number, transactions: TypedTransaction[] = []): ExecutedBlock {
  const header = createBlockHeader({ number, mixHash: word(salt) }, { common, freeze: false });
  const made = new Block(header, transactions, [], [], { common, freeze: false });
  return { block: made, hash: made.hash(), receipts: [], senders: [], stateRoot: word(salt) };
}

let store: BlockStore;
let genesis: ExecutedBlock;
beforeEach(() => {
  store = new BlockStore();
  genesis = block(0, 0);
  store.put(genesis);
  store.pushCanonical(genesis);
});

describe('BlockStore', () => {
  it('finds blocks by hash and, where they are canonical, by height', () => {
    const [main, side] = [block(1, 1), block(1, 2)];
    for (const one of [main, side]) store.put(one);
    store.pushCanonical(main);
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
    store.pushCanonical(main);
    expect(store.transaction(txs[1]?.hash() as Uint8Array)).toEqual({ block: main, index: 1 });
    expect(store.popCanonical()).toBe(main);
    expect(store.transaction(txs[1]?.hash() as Uint8Array)).toBeUndefined();
    expect(store.get(main.hash)).toBe(main);
    expect(store.canonicalAt(1n)).toBeUndefined();
  });

  it('replaces a block whose state was edited, also for its transactions', () => {
    const tx = signed(new Uint8Array(32).fill(1), {}, common);
    const main = block(1, 1, [tx]);
    store.put(main);
    store.pushCanonical(main);
    const edited = { ...main, stateRoot: word(99) };
    store.put(edited);
    expect(store.canonicalAt(1n)).toBe(edited);
    expect(store.transaction(tx.hash())?.block).toBe(edited);
  });

  it('forgets a block for good', () => {
    const side = block(1, 2);
    store.put(side);
    store.delete(side);
    expect(store.get(side.hash)).toBeUndefined();
  });
});
