import { describe, expect, it } from 'vitest';
import { account, address, place, signed, useChains } from './chain.fixture.ts';
import type { Chain } from './contract.ts';

const start = useChains();

function heard(chain: Chain): string[] {
  const found: string[] = [];
  chain.events.on('transactionQueued', ({ tx }) => found.push(`queued ${tx.nonce}`));
  chain.events.on('transactionDropped', ({ reason }) => found.push(`dropped ${reason}`));
  chain.events.on('blockImported', ({ block }) => found.push(`imported ${block.header.number}`));
  chain.events.on('headChanged', ({ head, added, removed }) => {
    const heights = (blocks: typeof added) => blocks.map(({ block }) => block.header.number).join();
    found.push(`head ${head.block.header.number} +[${heights(added)}] -[${heights(removed)}]`);
  });
  chain.events.on('transactionMined', ({ index, failure }) => found.push(`mined ${index} ${failure?.message ?? 'ok'}`));
  return found;
}

describe('the events of a chain', () => {
  it('come in the order in which things happen', async () => {
    const chain = await start();
    const found = heard(chain);
    await chain.control.submit({ from: account(chain).address, to: address('aa') });
    expect(found).toEqual(['queued 0', 'imported 1', 'head 1 +[1] -[]', 'mined 0 ok']);
  });

  it('say why a transaction failed, and what it printed', async () => {
    const chain = await start({ traceMined: true });
    // console.log(uint256): the call to the console address, then a revert.
    const log = '0xf82c50f1600052600060006024601c6a636f6e736f6c652e6c6f675afa5f5ffd';
    await place(chain, address('ab'), `0x63${log.slice(2)}`);
    const mined: unknown[] = [];
    chain.events.on('transactionMined', ({ failure, consoleLines, trace }) =>
      mined.push([failure?.message, consoleLines, trace?.calls.length]),
    );
    await chain.control.submit({ from: account(chain).address, to: address('ab'), gasLimit: 100_000n });
    expect(mined).toEqual([['execution reverted', ['0'], 1]]);
  });

  it('tell the newest first of what was taken back', async () => {
    const chain = await start();
    const id = await chain.snapshots.take();
    await chain.miner.mine({ blocks: 3 });
    const found = heard(chain);
    await chain.snapshots.revert(id);
    expect(found).toEqual(['head 0 +[] -[3,2,1]']);
  });

  it('are quiet where nothing changed', async () => {
    const chain = await start();
    await chain.miner.mine();
    const found = heard(chain);
    await chain.control.setBalance(address('aa'), 1n);
    await chain.chain.setHead(chain.chain.head.hash);
    expect(found).toEqual([]);
  });

  it('find the chain changed already: a listener reads what it is told of', async () => {
    const chain = await start({ mining: { type: 'manual' } });
    const common = chain.hardforks.commonAt(1n, 1n);
    const raw = signed(account(chain).privateKey, {}, common);
    await chain.control.submitRaw(raw.serialize());
    const seen: unknown[] = [];
    chain.events.on('headChanged', ({ head }) => {
      seen.push(chain.chain.head === head, chain.pool.ready.length, chain.pool.get(raw.hash()));
    });
    await chain.miner.mine();
    expect(seen).toEqual([true, 0, undefined]);
  });

  it('end with the last one', async () => {
    const chain = await start();
    let isClosed = false;
    chain.events.on('closed', () => {
      isClosed = true;
    });
    await chain.close();
    expect(isClosed).toBe(true);
  });
});
