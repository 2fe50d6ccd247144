import { bytesToHex } from '@ethereumjs/util';
import { describe, expect, it } from 'vitest';
import { account, address, bytes, LATEST, useChains } from '../chain.fixture.ts';
import type { Chain, ReorgTransaction } from '../contract.ts';

const start = useChains();
const TO = address('aa');
/** Returns the hash of the block before. */
const TELL_PARENT = bytes('0x600143034060005260206000f3');
const send = (chain: Chain, fields: object = {}) =>
  chain.control.submit({ from: account(chain).address, to: TO, value: 1n, ...fields });
const numberOf = (chain: Chain): bigint => chain.chain.head.block.header.number;

/** Three blocks with a transaction each, and where they are. */
async function three() {
  const chain = await start();
  const hashes = [await send(chain), await send(chain), await send(chain)];
  const blocks = await Promise.all([1n, 2n, 3n].map((number) => chain.chain.require({ number })));
  return { chain, hashes, blocks };
}

describe('a rollback', () => {
  it('takes blocks off the chain, keeps them by hash and has their transactions wait again', async () => {
    const { chain, hashes, blocks } = await three();
    await chain.control.rollback(2n);
    expect(numberOf(chain)).toBe(1n);
    expect(await chain.chain.get({ hash: blocks[2]?.hash as Uint8Array })).toEqual(blocks[2]);
    expect(chain.pool.ready.map(({ hash }) => hash)).toEqual(hashes.slice(1));
    expect(await (await chain.state.at(LATEST)).balance(TO)).toBe(1n);
    await chain.miner.mine();
    expect(await (await chain.state.at(LATEST)).balance(TO)).toBe(3n);
  });

  it('goes no further than the genesis', async () => {
    const { chain } = await three();
    await expect(chain.control.rollback(4n)).rejects.toMatchObject({ fault: { code: 'DEPTH_TOO_LARGE', most: 3n } });
    expect(numberOf(chain)).toBe(3n);
    await chain.control.rollback(3n);
    expect(chain.chain.head.hash).toEqual(chain.chain.genesis.hash);
  });
});

describe('a reorganisation', () => {
  it('replaces blocks by others and tells of both at once', async () => {
    const { chain, hashes, blocks } = await three();
    const told: unknown[] = [];
    chain.events.on('headChanged', ({ added, removed }) => {
      told.push(...[removed, added].map((list) => list.map(({ hash }) => bytesToHex(hash))));
    });
    await chain.control.reorg(2n, []);
    expect(numberOf(chain)).toBe(3n);
    const now = await Promise.all([2n, 3n].map((number) => chain.chain.require({ number })));
    expect(told).toEqual([
      [blocks[2], blocks[1]].map((block) => bytesToHex(block?.hash as Uint8Array)),
      now.map(({ hash }) => bytesToHex(hash)),
    ]);
    expect(now.map(({ block }) => block.header.timestamp)).toEqual(
      blocks.slice(1).map(({ block }) => block.header.timestamp),
    );
    expect(chain.pool.ready.map(({ hash }) => hash)).toEqual(hashes.slice(1));
    expect(await chain.chain.transaction(hashes[2] as Uint8Array)).toBeUndefined();
  });

  it('makes other blocks of empty ones, too', async () => {
    const chain = await start();
    await chain.miner.mine({ blocks: 2 });
    const before = chain.chain.head.hash;
    await chain.control.reorg(1n, []);
    expect(numberOf(chain)).toBe(2n);
    expect(chain.chain.head.hash).not.toEqual(before);
    const again = chain.chain.head.hash;
    await chain.control.reorg(1n, []);
    expect(chain.chain.head.hash).not.toEqual(again);
  });

  it('puts transactions where they are wanted: signed, of its own accounts and of impersonated ones', async () => {
    const { chain, hashes } = await three();
    const lost = chain.chain.head.block.transactions[0]?.serialize() as Uint8Array;
    chain.accounts.impersonate(TO);
    const [from, other] = [account(chain).address, account(chain, 1).address];
    const wanted: ReorgTransaction[] = [
      { place: 1, transaction: lost },
      { place: 0, transaction: { from, to: other, value: 7n } },
      { place: 0, transaction: { from: other, to: TO, value: 10n ** 18n } },
      { place: 1, transaction: { from: TO, to: other, value: 5n, gasLimit: 21_000n } },
    ];
    await chain.control.reorg(2n, wanted);
    const counts = await Promise.all(
      [2n, 3n].map(async (number) => (await chain.chain.require({ number })).block.transactions.length),
    );
    expect(counts).toEqual([2, 2]);
    expect((await chain.chain.transaction(hashes[2] as Uint8Array))?.block.hash).toEqual(chain.chain.head.hash);
    // The nonce of the second is another transaction's now.
    expect(chain.pool.dropReason(hashes[1] as Uint8Array)).toMatchObject({ reason: 'invalid' });
    expect(chain.chain.head.receipts.map(({ status }) => status)).toEqual([1, 1]);
  });

  it('does nothing when a transaction cannot be there', async () => {
    const { chain } = await three();
    const { hash } = chain.chain.head;
    const future = { place: 0, transaction: { from: account(chain).address, to: TO, nonce: 9n } };
    const outside = { place: 2, transaction: { from: account(chain).address, to: TO } };
    const stranger = { place: 0, transaction: { from: address('bb'), to: TO } };
    for (const [one, code] of [
      [future, 'REQUEST_INVALID'],
      [outside, 'REQUEST_INVALID'],
      [stranger, 'ACCOUNT_UNKNOWN'],
    ] as const) {
      await expect(chain.control.reorg(2n, [one])).rejects.toMatchObject({ fault: { code } });
    }
    await expect(chain.control.reorg(4n, [])).rejects.toMatchObject({ fault: { code: 'DEPTH_TOO_LARGE' } });
    expect(chain.chain.head.hash).toEqual(hash);
    expect(chain.pool.ready).toEqual([]);
  });

  it("tells code the hashes of the new branch's blocks", async () => {
    const { chain } = await three();
    await chain.control.setCode(TO, TELL_PARENT);
    await chain.control.reorg(3n, []);
    await chain.control.setCode(TO, TELL_PARENT);
    await chain.miner.mine();
    const parent = await chain.chain.require({ number: 3n });
    const { returnData } = await chain.execution.call({ to: TO }, LATEST);
    expect(returnData).toEqual(parent.hash);
  });

  it('keeps a snapshot that was taken on the branch that lost', async () => {
    const { chain, blocks } = await three();
    const id = await chain.snapshots.take();
    await chain.control.reorg(2n, []);
    expect(await chain.snapshots.revert(id)).toBe(true);
    expect(chain.chain.head.hash).toEqual(blocks[2]?.hash);
    expect(chain.pool.ready).toEqual([]);
  });
});
