import { Address, type Chain, createChain } from '@minichain/core';
import { bytesFromHex, hexFromBytes } from '@minichain/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RpcLimits, rpcLimits } from './rpcLimits.ts';
import { type Connection, type SubscriptionMessage, Subscriptions } from './subscriptions.ts';

const LOGGER = new Address(bytesFromHex('0x00000000000000000000000000000000000000aa'));

let chain: Chain;
let subscriptions: Subscriptions;
let limits: RpcLimits;

beforeEach(async () => {
  chain = await createChain();
  limits = rpcLimits({});
  subscriptions = new Subscriptions(chain, limits);
  // Logs twice: LOG0(0, 0) with no data, then LOG1(0, 0, 1).
  await chain.control.setCode(LOGGER, bytesFromHex('0x5f5fa060015f5fa100'));
});
afterEach(() => chain.close());

function connect(): { connection: Connection; messages: SubscriptionMessage[] } {
  const messages: SubscriptionMessage[] = [];
  return { connection: { push: (message) => messages.push(message) }, messages };
}
const send = () => chain.control.submit({ from: chain.accounts.owned[0]?.address as Address, to: LOGGER });

describe('receipts', () => {
  it('are told by block, all or those that are waited for', async () => {
    const { connection, messages } = connect();
    subscriptions.add(connection, { type: 'transactionReceipts' });
    const hash = hexFromBytes(await send());
    expect(messages).toHaveLength(1);
    expect(messages[0]?.params.result).toMatchObject([{ transactionHash: hash, status: '0x1', logs: [{}, {}] }]);
    await chain.miner.mine();
    expect(messages).toHaveLength(1);
  });

  it('of other transactions are not told to who waits for one', async () => {
    const { connection, messages } = connect();
    subscriptions.add(connection, { type: 'transactionReceipts', hashes: new Set([`0x${'11'.repeat(32)}`]) });
    await send();
    expect(messages).toEqual([]);
    await chain.miner.setMode({ type: 'manual' });
    const hash = hexFromBytes(await send());
    subscriptions.add(connection, { type: 'transactionReceipts', hashes: new Set([hash]) });
    await send();
    await chain.miner.mine();
    expect(messages).toHaveLength(1);
    expect(messages[0]?.params.result).toMatchObject([{ transactionHash: hash }]);
  });
});

describe('one mined transaction', () => {
  it('is told as pending, then its logs in order, then the head', async () => {
    const { connection, messages } = connect();
    const kinds = new Map<string, string>([
      [subscriptions.add(connection, { type: 'newHeads' }), 'head'],
      [subscriptions.add(connection, { type: 'logs', filter: {} }), 'log'],
      [subscriptions.add(connection, { type: 'newPendingTransactions', full: false }), 'pending'],
      [subscriptions.add(connection, { type: 'newPendingTransactions', full: true }), 'pending in full'],
    ]);
    const hash = hexFromBytes(await send());
    expect(messages.map(({ params }) => kinds.get(params.subscription))).toEqual([
      'pending',
      'pending in full',
      'log',
      'log',
      'head',
    ]);
    const results = messages.map(({ params }) => params.result as Record<string, unknown>);
    expect(results[0]).toBe(hash);
    expect(results[1]).toMatchObject({ hash, blockHash: null });
    expect(results.slice(2, 4).map((log) => log['logIndex'])).toEqual(['0x0', '0x1']);
    expect(results[4]).toMatchObject({ number: '0x1', hash: hexFromBytes(chain.chain.head.hash) });
    expect(results[4]).not.toHaveProperty('transactions');
  });

  it('is taken back newest first when its block is', async () => {
    const snapshot = await chain.snapshots.take();
    await send();
    await send();
    const { connection, messages } = connect();
    subscriptions.add(connection, { type: 'logs', filter: {} });
    await chain.snapshots.revert(snapshot);
    const places = messages.map(({ params }) => params.result as Record<string, unknown>);
    expect(places.map((log) => [log['blockNumber'], log['logIndex'], log['removed']])).toEqual([
      ['0x2', '0x1', true],
      ['0x2', '0x0', true],
      ['0x1', '0x1', true],
      ['0x1', '0x0', true],
    ]);
  });
});

describe('a connection', () => {
  it('hears only what it subscribed to, until it leaves', async () => {
    const [one, two] = [connect(), connect()];
    subscriptions.add(one.connection, { type: 'newHeads' });
    subscriptions.add(two.connection, { type: 'newHeads' });
    await send();
    subscriptions.removeAll(one.connection);
    await send();
    expect([one.messages.length, two.messages.length]).toEqual([1, 2]);
  });

  it('cannot end the subscription of another', async () => {
    const [one, two] = [connect(), connect()];
    const id = subscriptions.add(one.connection, { type: 'newHeads' });
    expect(subscriptions.remove(two.connection, id)).toBe(false);
    expect(subscriptions.remove(one.connection, id)).toBe(true);
    expect(subscriptions.remove(one.connection, id)).toBe(false);
    await send();
    expect(one.messages).toEqual([]);
  });

  it('hears once that the chain is not syncing, after it heard its id', async () => {
    const { connection, messages } = connect();
    const id = await Promise.resolve().then(() => subscriptions.add(connection, { type: 'syncing' }));
    expect(messages).toEqual([]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(messages.map(({ params }) => params)).toEqual([{ subscription: id, result: false }]);
  });
});

it('are refused beyond the limit of a connection', () => {
  limits.maxSubscriptions = 2;
  const [one, two] = [connect(), connect()];
  const first = subscriptions.add(one.connection, { type: 'newHeads' });
  subscriptions.add(one.connection, { type: 'newHeads' });
  const more = () => subscriptions.add(one.connection, { type: 'newHeads' });
  expect(more).toThrow(
    expect.objectContaining({
      code: -32005,
      message: expect.stringMatching(/^too many subscriptions: this connection has 2/),
    }),
  );
  expect(subscriptions.add(two.connection, { type: 'newHeads' })).toMatch(/^0x/);
  subscriptions.remove(one.connection, first);
  expect(more()).toMatch(/^0x/);
});
