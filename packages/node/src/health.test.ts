import { type Chain, createChain } from '@minichain/core';
import type { Page } from '@minichain/rpc';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Health } from './health.ts';

let chain: Chain;
beforeEach(async () => {
  chain = await createChain();
});
afterEach(() => chain.close());

const vitals = { uptimeMs: 1234, headAgeMs: 0, lag: () => ({ meanMs: 0, maxMs: 0 }) };

function open(options: { maxHeadAgeMs?: number } = {}, facts: Partial<typeof vitals> = {}) {
  const rpc = { vitals: { ...vitals, ...facts } } as never;
  const health = new Health({ maxHeadAgeMs: options.maxHeadAgeMs }, { chain, rpc });
  const ask = async (path: string) => {
    const page = health.pages()[path] as () => Page;
    const { status, body } = page();
    return [status, JSON.parse(body)];
  };
  return { health, live: () => ask('/health/live'), ready: () => ask('/health/ready') };
}

it('is live and ready', async () => {
  const { live, ready } = open();
  expect(await live()).toEqual([200, { status: 'live', uptimeSeconds: 1.234 }]);
  expect(await ready()).toEqual([200, { status: 'ready' }]);
});

it('is not ready while it closes, but lives', async () => {
  const { health, live, ready } = open();
  health.closing();
  const reasons = [{ check: 'closing', detail: 'the node is closing' }];
  expect(await ready()).toEqual([503, { status: 'not ready', reasons }]);
  expect((await live())[0]).toBe(200);
});

it('hears that the chain was closed by somebody else', async () => {
  const { ready } = open();
  await chain.close();
  expect(await ready()).toMatchObject([503, { reasons: [{ check: 'closing' }] }]);
});

it('is not ready from a block that could not be made to the next that was', async () => {
  const { ready } = open();
  chain.events.emit('miningFailed', new Error('no space left'));
  const reasons = [{ check: 'lastWrite', detail: 'the last block could not be made: no space left' }];
  expect(await ready()).toEqual([503, { status: 'not ready', reasons }]);
  await chain.miner.mine();
  expect((await ready())[0]).toBe(200);
});

it('is not ready while nothing can be written, whether a block is made or not', async () => {
  const { ready } = open();
  const refusal = vi.spyOn(chain.storage, 'refusal').mockReturnValue('no space left on device');
  const detail = 'nothing can be written: no space left on device; reads are answered';
  const reasons = [{ check: 'lastWrite', detail }];
  expect(await ready()).toEqual([503, { status: 'not ready', reasons }]);
  expect((await ready())[0]).toBe(503);
  refusal.mockReturnValue(undefined);
  expect((await ready())[0]).toBe(200);
});

it('is not ready while the database is opened again', async () => {
  const { ready } = open();
  vi.spyOn(chain.storage, 'ready').mockReturnValueOnce(Promise.resolve());
  const reasons = [{ check: 'storage', detail: 'the database is being opened again' }];
  expect(await ready()).toEqual([503, { status: 'not ready', reasons }]);
  expect((await ready())[0]).toBe(200);
});

it('is not ready when a clock makes its blocks and made none for too long', async () => {
  const { ready } = open({ maxHeadAgeMs: 3000 }, { headAgeMs: 4200 });
  expect((await ready())[0], 'instant mode').toBe(200);
  await chain.miner.setMode({ type: 'interval', intervalMs: 1_000_000 });
  const reasons = [{ check: 'headAge', detail: 'no new block for 4.2 s, at most 3.0 s are allowed' }];
  expect(await ready()).toEqual([503, { status: 'not ready', reasons }]);
  await chain.miner.setMode({ type: 'mixed', intervalMs: 1_000_000 });
  expect((await ready())[0], 'mixed mode').toBe(503);
});

it('says nothing of the age of the head unless told to', async () => {
  await chain.miner.setMode({ type: 'interval', intervalMs: 1_000_000 });
  expect((await open({}, { headAgeMs: 1e9 }).ready())[0]).toBe(200);
});

it('is not ready when it stood still', async () => {
  const { ready } = open({}, { lag: () => ({ meanMs: 30, maxMs: 7000 }) });
  const reasons = [{ check: 'eventLoop', detail: 'nothing could be answered for 7.0 s a moment ago' }];
  expect(await ready()).toEqual([503, { status: 'not ready', reasons }]);
});

it('gives all reasons at once', async () => {
  const { health, ready } = open({ maxHeadAgeMs: 1 }, { headAgeMs: 10, lag: () => ({ meanMs: 1, maxMs: 6000 }) });
  await chain.miner.setMode({ type: 'interval', intervalMs: 1_000_000 });
  chain.events.emit('miningFailed', 'odd');
  health.closing();
  const [, { reasons }] = await ready();
  expect(reasons.map(({ check }: { check: string }) => check)).toEqual([
    ...['closing', 'lastWrite', 'headAge', 'eventLoop'],
  ]);
});
