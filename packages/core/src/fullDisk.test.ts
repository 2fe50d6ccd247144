import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { account, address, LATEST } from './chain.fixture.ts';
import type { ChainOptions } from './chainOptions.ts';
import type { Chain } from './contract.ts';
import { createChain } from './createChain.ts';
import { canMount, type SmallDisk, smallDisk } from './storage/smallDisk.fixture.ts';

const TO = address('aa');
const WRITE_FAILED = { fault: { code: 'WRITE_FAILED' } };

describe.skipIf(!canMount)('a chain on a full disk', () => {
  let disk: SmallDisk;
  let chain: Chain;
  const open = async (options: ChainOptions = {}): Promise<void> => {
    chain = await createChain({ accounts: { count: 3 }, storage: { path: join(disk.path, 'data') }, ...options });
  };
  beforeEach(async () => {
    disk = smallDisk(8);
    await open();
  });
  afterEach(async () => {
    disk.empty();
    await chain.close().catch(() => {});
    disk.remove();
  });

  const send = (index = 0, fields: object = {}) =>
    chain.control.submit({ from: account(chain, index).address, to: TO, value: 1n, ...fields });
  const balance = async () => (await chain.state.at(LATEST)).balance(TO);
  /** Until nothing is taken any more. @returns hashes that were answered. */
  async function sendUntilRefused(): Promise<Uint8Array[]> {
    const answered: Uint8Array[] = [];
    disk.fill();
    for (;;) {
      try {
        answered.push(await send());
      } catch (error) {
        expect(error).toMatchObject(WRITE_FAILED);
        return answered;
      }
    }
  }
  const spaceAgain = async () => {
    disk.empty();
    await expect.poll(() => chain.storage.refusal(), { timeout: 10_000 }).toBeUndefined();
  };

  it('has what it answered, and not what it refused, here and after a restart', async () => {
    const answered = await sendUntilRefused();
    await expect(send(1)).rejects.toMatchObject(WRITE_FAILED);
    expect(chain.pool.ready).toEqual([]);
    expect(await balance()).toBe(BigInt(answered.length));
    await chain.close();
    disk.fill();
    await open();
    disk.fill();
    await expect(send(2)).rejects.toMatchObject(WRITE_FAILED);
    expect(chain.storage.refusal()).toMatch(/no space/i);
    for (const hash of answered) expect(await chain.chain.transaction(hash)).toBeDefined();
    expect([chain.pool.ready, await balance()]).toEqual([[], BigInt(answered.length)]);
    await spaceAgain();
    await send(1);
    expect(await balance()).toBe(BigInt(answered.length) + 1n);
  });

  it('keeps blocks that it answered before they were worked out, and works them out when there is space', async () => {
    await chain.miner.setMode({ type: 'manual' });
    await chain.miner.record({ blocks: 9_000, interval: 12n });
    disk.fill();
    await expect(chain.chain.settled()).rejects.toMatchObject(WRITE_FAILED);
    expect(chain.chain.tip.number).toBe(9_000n);
    await expect(chain.control.setBalance(TO, 1n)).rejects.toMatchObject(WRITE_FAILED);
    expect([chain.chain.tip.number, await balance()]).toEqual([9_000n, 0n]);
    await expect(chain.miner.record({ blocks: 100 })).rejects.toMatchObject(WRITE_FAILED);
    expect(chain.chain.tip.number).toBe(9_000n);
    await spaceAgain();
    const { block } = await chain.chain.require(LATEST);
    expect(block.header.number).toBe(9_000n);
    const { timestamp } = chain.chain.genesis.block.header;
    const other = await createChain({ accounts: { count: 3 }, mining: { type: 'manual' }, timestamp });
    await other.chain.importBlock((await chain.chain.require({ number: 1n })).block);
    await other.miner.mine({ blocks: 8_999, interval: 12n, spaceFirst: true });
    expect(other.chain.head.block.toJSON()).toEqual(block.toJSON());
    await other.close();
  });

  it('takes back settings, snapshots and what was done to the pool when they cannot be written', async () => {
    await chain.miner.setMode({ type: 'manual' });
    const waiting = await send(1, { nonce: 5n });
    await chain.snapshots.saveCheckpoint('kept');
    const id = await chain.snapshots.take();
    await chain.storage.saved();
    await sendUntilRefused();
    const before = { offset: chain.clock.offset, accounts: chain.accounts.list(), gas: chain.miner.gasLimit };

    const set = chain.storage.settings();
    chain.clock.increase(1000n);
    chain.accounts.impersonate(TO);
    chain.miner.setGasLimit(1_000_000n);
    await expect(chain.storage.saved(set)).rejects.toMatchObject(WRITE_FAILED);
    expect({ offset: chain.clock.offset, accounts: chain.accounts.list(), gas: chain.miner.gasLimit }).toEqual(before);
    await expect(chain.control.setBalance(TO, 7n)).rejects.toMatchObject(WRITE_FAILED);
    await expect(chain.snapshots.take()).rejects.toMatchObject(WRITE_FAILED);
    await expect(chain.snapshots.saveCheckpoint('refused')).rejects.toMatchObject(WRITE_FAILED);
    await expect(chain.snapshots.removeCheckpoint('kept')).rejects.toMatchObject(WRITE_FAILED);
    await expect(chain.snapshots.revert(id)).rejects.toMatchObject(WRITE_FAILED);
    await expect(chain.control.reset()).rejects.toMatchObject(WRITE_FAILED);
    await expect(chain.control.dropTransaction(waiting)).rejects.toMatchObject(WRITE_FAILED);
    const state = () => ({
      queued: chain.pool.queued.map(({ hash }) => hash),
      taken: chain.snapshots.taken().map((one) => one.id),
      named: chain.snapshots.checkpoints().map(({ name }) => name),
    });
    expect(state()).toEqual({ queued: [waiting], taken: [id], named: ['kept'] });
    expect(await balance()).toBe(0n);

    await spaceAgain();
    await chain.miner.mine();
    await chain.close();
    await open({ mining: { type: 'manual' } });
    expect(state()).toEqual({ queued: [waiting], taken: [id], named: ['kept'] });
    expect({ offset: chain.clock.offset, accounts: chain.accounts.list(), gas: chain.miner.gasLimit }).toEqual(before);
  });

  it('keeps of many that write together all that were answered and none that was refused', async () => {
    disk.fill();
    const answered: Uint8Array[] = [];
    let refused = 0;
    while (refused === 0) {
      const round = await Promise.allSettled([send(0), send(1), send(2), chain.control.addBalance(address('bb'), 1n)]);
      for (const one of round.slice(0, 3)) {
        if (one.status === 'fulfilled') answered.push(one.value as Uint8Array);
        else refused++;
      }
    }
    const check = async () => {
      const found = await Promise.all(answered.map((hash) => chain.chain.transaction(hash)));
      expect(found.filter((one) => one === undefined)).toEqual([]);
      expect(await balance()).toBe(BigInt(answered.length));
      expect([...chain.pool.ready, ...chain.pool.queued]).toEqual([]);
    };
    await check();
    await chain.close();
    await open();
    await check();
  });
});
