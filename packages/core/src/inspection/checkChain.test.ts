import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { account, address, LATEST, place } from '../chain.fixture.ts';
import type { Chain } from '../contract.ts';
import { createChain } from '../createChain.ts';
import { keyOf, namePart, numberPart, rangeOf } from '../storage/keys.ts';
import { openDatabase } from '../storage/openDatabase.ts';
import { checkChain } from './checkChain.ts';
import { resolveRange } from './exportBlocks.ts';
import { withKeptChain } from './keptChain.ts';

let path: string;
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'minichain-check-'));
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

const TO = address('aa');
const CONTRACT = address('cc');
/** Logs its caller's value, and returns. */
const LOGS = '0x345f5260205fa0';
/** Makes an empty contract of value 0. */
const CREATES = '0x5f5f5ff000';

const check = (range = {}) => withKeptChain(path, (chain) => checkChain(chain, resolveRange(chain, range)));

/** A chain with all that is hard about it: logs, creations, setters, impersonated senders, a snapshot. */
async function grow(chain: Chain): Promise<void> {
  const { address: from } = account(chain);
  await chain.control.submit({ from, to: TO, value: 5n });
  await place(chain, CONTRACT, LOGS);
  await chain.control.submit({ from, to: CONTRACT });
  await place(chain, CONTRACT, CREATES);
  await chain.snapshots.take();
  await chain.control.submit({ from, to: CONTRACT });
  await chain.control.setBalance(CONTRACT, 10n ** 18n);
  chain.accounts.impersonate(CONTRACT);
  await chain.control.submit({ from: CONTRACT, to: TO, value: 1n });
  await chain.snapshots.saveCheckpoint('there');
  await chain.miner.mine();
}

async function kept(): Promise<Chain> {
  const chain = await createChain({ storage: { path } });
  await grow(chain);
  return chain;
}

/** Changes a closed database behind its back. */
async function spoil(change: (database: Awaited<ReturnType<typeof openDatabase>>) => void | Promise<void>) {
  const database = await openDatabase({ path });
  await change(database);
  await database.commit();
  await database.close();
}

describe('checkChain', () => {
  it('finds nothing wrong with a chain, whether it is open or not', async () => {
    const chain = await kept();
    const wellDone = { blocks: 6, executed: 5, statesGone: 0, problems: [] };
    expect(await check()).toEqual(wellDone);
    await chain.close();
    expect(await check()).toEqual(wellDone);
    expect(await check({ from: 2n, to: 3n })).toEqual({ ...wellDone, blocks: 2, executed: 2 });
  });

  it('passes over what was pruned, and says so', async () => {
    const chain = await kept();
    await chain.miner.mine({ blocks: 10 });
    await chain.snapshots.removeCheckpoint('there');
    await chain.control.reset().then(() => grow(chain));
    await chain.miner.mine({ blocks: 10 });
    await chain.snapshots.revert(chain.snapshots.taken()[0]?.id ?? 0n);
    await chain.snapshots.removeCheckpoint('there');
    await chain.miner.mine({ blocks: 10 });
    await chain.storage.prune({ states: 2 });
    await chain.close();
    const { problems, statesGone } = await check();
    expect(problems).toEqual([]);
    expect(statesGone).toBeGreaterThan(5);
  });

  it('names a missing index entry', async () => {
    const chain = await kept();
    const { block } = await chain.chain.require({ number: 1n });
    const hash = block.transactions[0]?.hash() ?? new Uint8Array();
    await chain.close();
    await spoil((database) => database.delete(keyOf('transaction', hash)));
    expect((await check()).problems).toEqual([
      `block 1: the index does not have it by transaction hash 0x${Buffer.from(hash).toString('hex')}`,
    ]);
  });

  it('names a block that is missing, and a head that is not the end', async () => {
    const chain = await kept();
    const { hash } = await chain.chain.require({ number: 3n });
    const { hash: fourth } = await chain.chain.require({ number: 4n });
    await chain.close();
    await spoil((database) => {
      database.delete(keyOf('canonical', numberPart(3n)));
      database.put(keyOf('meta', namePart('head')), fourth);
      database.delete(keyOf('block', hash));
    });
    const { problems } = await check();
    expect(problems).toContain('there is a block above the head 4');
    expect(problems).toContain('block 3: it is not there');
  });

  it('names a state that is not what the blocks make of it', async () => {
    const chain = await kept();
    const { block, hash } = await chain.chain.require({ number: 1n });
    await chain.close();
    // As if a setter had left the state of the genesis.
    await spoil((database) => database.delete(keyOf('editedRoot', hash)));
    const { problems } = await check();
    expect(problems.some((problem) => problem.startsWith('block 2: '))).toBe(true);
    expect(block.header.number).toBe(1n);
  });

  it('names what is wrong with all that is kept besides blocks', async () => {
    const chain = await kept();
    await chain.miner.setMode({ type: 'manual' });
    await chain.control.submit({ from: account(chain).address, to: TO });
    const [waiting] = chain.pool.ready;
    await chain.close();
    const garbage = new TextEncoder().encode('{');
    const place = keyOf('pool', waiting?.hash ?? new Uint8Array());
    const elsewhere = keyOf('pool', new Uint8Array(32));
    await spoil(async (database) => {
      database.put(elsewhere, database.get(place) ?? new Uint8Array());
      database.put(place, garbage);
      database.put(keyOf('owner', namePart('clock')), garbage);
      database.put(keyOf('checkpoint', namePart('there')), garbage);
    });
    const { problems } = await check();
    expect([...problems].sort()).toEqual([
      expect.stringMatching(/^checkpoint there: it cannot be read: /),
      expect.stringMatching(/^settings of clock: it cannot be read: /),
      `waiting transaction 0x${'00'.repeat(32)}: it is the transaction 0x${place.slice(2)}`,
      expect.stringMatching(new RegExp(`^waiting transaction 0x${place.slice(2)}: it cannot be read: `)),
    ]);
  });

  it('names a node that is missing from the state of the head', async () => {
    const chain = await kept();
    const accounts = await chain.state.dump(LATEST);
    expect(accounts.some(({ code }) => code.length > 0)).toBe(true);
    await chain.close();
    let gone = '';
    await spoil(async (database) => {
      for await (const [key] of database.entries(rangeOf('code'))) gone = key;
      database.delete(gone);
    });
    const { problems } = await check({ from: 0n, to: 0n });
    expect(problems.some((problem) => problem.endsWith(`the node or code 0x${gone.slice(2)} is missing`))).toBe(true);
  });
});
