import { Address, type Chain, createChain } from '@minichain/core';
import { bytesFromHex, hexFromBytes } from '@minichain/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Filters } from './filters.ts';
import { queryLogs } from './logQuery.ts';
import { type RpcLimits, rpcLimits } from './rpcLimits.ts';

const LOGGER = new Address(bytesFromHex('0x00000000000000000000000000000000000000aa'));
const TOPIC = `0x${'7'.repeat(64)}` as const;
const OTHER_TOPIC = `0x${'8'.repeat(64)}` as const;

let chain: Chain;
let now = 0;
let filters: Filters;
let limits: RpcLimits;

beforeEach(async () => {
  chain = await createChain();
  now = 0;
  limits = rpcLimits({});
  filters = new Filters(chain, limits, () => now);
  // Logs its first word of calldata as a topic: LOG1(0, 0, CALLDATALOAD(0)).
  await chain.control.setCode(LOGGER, bytesFromHex('0x5f355f5fa100'));
});
afterEach(() => chain.close());

const send = (data: `0x${string}`) =>
  chain.control.submit({ from: chain.accounts.owned[0]?.address as Address, to: LOGGER, data: bytesFromHex(data) });
const topics = (changes: readonly unknown[]) => changes.map((log) => (log as { topics: string[] }).topics[0]);

describe('changes', () => {
  it('are told once: blocks and transactions by hash', async () => {
    const blocks = filters.create({ type: 'blocks' });
    const transactions = filters.create({ type: 'transactions', full: false });
    const hash = hexFromBytes(await send(TOPIC));
    expect(filters.changes(blocks)).toEqual([hexFromBytes(chain.chain.head.hash)]);
    expect(filters.changes(transactions)).toEqual([hash]);
    expect(filters.changes(blocks)).toEqual([]);
    expect(filters.changes(transactions)).toEqual([]);
  });

  it('hold whole transactions where they are asked for', async () => {
    const id = filters.create({ type: 'transactions', full: true });
    const hash = hexFromBytes(await send(TOPIC));
    expect(filters.changes(id)).toEqual([expect.objectContaining({ hash, to: LOGGER.toString(), blockHash: null })]);
  });

  it('hold the logs that match', async () => {
    const id = filters.create({ type: 'logs', filter: { topics: [[bytesFromHex(TOPIC)]] } });
    await send(OTHER_TOPIC);
    await send(TOPIC);
    expect(topics(filters.changes(id))).toEqual([TOPIC]);
  });

  it('keep to the range of the filter', async () => {
    const upToTwo = filters.create({ type: 'logs', filter: { to: { number: 2n } } });
    const fromTwo = filters.create({ type: 'logs', filter: { from: { number: 2n } } });
    for (let i = 0; i < 3; i++) await send(TOPIC);
    expect(filters.changes(upToTwo)).toHaveLength(2);
    expect(filters.changes(fromTwo)).toHaveLength(2);
  });

  it('begin with the logs that are there where a start is named, as those of Anvil and Hardhat', async () => {
    for (let i = 0; i < 3; i++) await send(TOPIC);
    const starts = [{ tag: 'earliest' }, { number: 2n }, { tag: 'latest' }, { number: 3n }, { number: 9n }] as const;
    const told = [];
    for (const from of starts) told.push(filters.changes(await filters.createLogs({ from })).length);
    told.push(filters.changes(await filters.createLogs({})).length);
    expect(told).toEqual([3, 2, 0, 0, 0, 0]);
    const bounded = await filters.createLogs({ from: { number: 1n }, to: { number: 2n } });
    const open = await filters.createLogs({ from: { number: 1n }, to: { number: 99n } });
    await send(TOPIC);
    expect([filters.changes(bounded), filters.changes(open), filters.changes(open)].map((of) => of.length)).toEqual([
      ...[2, 4, 0],
    ]);
  });

  it('are not begun by a filter that would begin with too many logs', async () => {
    for (let i = 0; i < 3; i++) await send(TOPIC);
    Object.assign(limits, { maxLogs: 2 });
    await expect(filters.createLogs({ from: { number: 1n } })).rejects.toMatchObject({ code: -32005 });
    expect(filters.counts().logs).toBe(0);
  });

  it('take back the logs of a block that is no more', async () => {
    const snapshot = await chain.snapshots.take();
    await send(TOPIC);
    const id = filters.create({ type: 'logs', filter: {} });
    await chain.snapshots.revert(snapshot);
    expect(filters.changes(id)).toEqual([expect.objectContaining({ removed: true })]);
  });

  it('keep the newest of what nobody fetches', async () => {
    const id = filters.create({ type: 'blocks' });
    const block = chain.chain.head;
    const added = Array.from({ length: 200_001 }, () => block);
    chain.events.emit('headChanged', { head: block, added, removed: [] });
    expect(filters.changes(id)).toHaveLength(100_000);
  });

  it('hold the logs of a block with more of them than a call takes arguments', async () => {
    const id = filters.create({ type: 'logs', filter: {} });
    const many = Array.from({ length: 200_000 }, (_, index) => index);
    chain.chain.logsOf = () => ({ map: () => many }) as never;
    chain.events.emit('headChanged', { head: chain.chain.head, added: [chain.chain.head], removed: [] });
    expect(filters.changes(id)).toHaveLength(100_000);
  });
});

describe('a filter', () => {
  it('has an id that is a quantity', () => {
    expect(filters.create({ type: 'blocks' })).toMatch(/^0x[1-9a-f][0-9a-f]*$/);
  });

  it('gives every log of its range on demand, however often', async () => {
    const id = filters.create({ type: 'logs', filter: { from: { number: 0n } } });
    await send(TOPIC);
    filters.changes(id);
    expect(await filters.logs(id)).toHaveLength(1);
    expect(await filters.logs(id)).toHaveLength(1);
  });

  it('of blocks has no logs to give', async () => {
    await expect(filters.logs(filters.create({ type: 'blocks' }))).rejects.toMatchObject({ code: -32000 });
  });

  it('goes away when nobody asks for five minutes, and stays while somebody does', () => {
    const [polled, left] = [filters.create({ type: 'blocks' }), filters.create({ type: 'blocks' })];
    now += 4 * 60_000;
    filters.changes(polled);
    now += 2 * 60_000;
    expect(filters.changes(polled)).toEqual([]);
    expect(() => filters.changes(left)).toThrow('filter not found');
  });

  it('is removed once', () => {
    const id = filters.create({ type: 'blocks' });
    expect([filters.remove(id), filters.remove(id)]).toEqual([true, false]);
    expect(() => filters.changes(id)).toThrow('filter not found');
  });
});

it('are refused beyond their limit, until some are gone', () => {
  limits.maxFilters = 2;
  const first = filters.create({ type: 'blocks' });
  filters.create({ type: 'blocks' });
  expect(() => filters.create({ type: 'blocks' })).toThrow(
    expect.objectContaining({
      code: -32005,
      message: expect.stringMatching(/^too many filters: there are 2, at most 2;/),
    }),
  );
  filters.remove(first);
  expect(filters.create({ type: 'blocks' })).toMatch(/^0x/);
  now += 6 * 60_000;
  expect(filters.create({ type: 'blocks' })).toMatch(/^0x/);
});

describe('a query of logs', () => {
  const from = { number: 0n };
  const refusal = (filter: object) =>
    queryLogs(chain, filter, limits).catch(({ code, message }) => ({ code, message }));
  beforeEach(async () => {
    for (let i = 0; i < 3; i++) await send(TOPIC);
  });

  it('that finds too much names the range that would fit', async () => {
    limits.maxLogs = 2;
    expect(await refusal({ from })).toEqual({
      code: -32005,
      message: 'query returned more than 2 results. Try with this block range [0x0, 0x2].',
    });
    expect(await queryLogs(chain, { from, to: { number: 2n } }, limits)).toHaveLength(2);
    await expect(filters.logs(filters.create({ type: 'logs', filter: { from } }))).rejects.toMatchObject({
      code: -32005,
    });
  });

  it('that finds too much in one block says so', async () => {
    await chain.miner.setMode({ type: 'manual' });
    for (let i = 0; i < 2; i++) await send(OTHER_TOPIC);
    const block = await chain.miner.mine();
    limits.maxLogs = 1;
    const alone =
      "query returned more than 1 results in block 4 alone: narrow it by address or topics, or raise the node's --max-logs";
    expect(await refusal({ from: { number: 4n } })).toEqual({ code: -32005, message: alone });
    expect(await refusal({ blockHash: block?.hash })).toEqual({ code: -32005, message: alone });
  });

  it('over too many blocks names the range that would fit', async () => {
    limits.maxLogRange = 2;
    expect(await refusal({ from, to: { tag: 'latest' } })).toEqual({
      code: -32005,
      message:
        'query exceeds max block range: 4 blocks, at most 2 (--max-log-range). Try with this block range [0x0, 0x1].',
    });
    expect(await queryLogs(chain, { from, to: { number: 1n } }, limits)).toHaveLength(1);
  });

  it('may find all at 0', async () => {
    limits.maxLogs = 0;
    expect(await queryLogs(chain, { from }, limits)).toHaveLength(3);
  });
});
