import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Bystander, startBystander } from '../support/bystander.ts';
import { type RunningNode, startMinichain } from '../support/nodeProcess.ts';
import { openRaw } from '../support/rawSocket.ts';

let node: RunningNode;
let other: Bystander;
beforeAll(async () => {
  node = await startMinichain();
});
afterAll(() => node.close());
beforeEach(() => {
  other = startBystander(node.url);
});
/** Whatever a test did: everybody else goes on. */
afterEach(async () => {
  await other.answered(3);
  await other.stop();
});

interface Client {
  readonly socket: WebSocket;
  readonly received: string[];
  call(method: string, params?: unknown[]): Promise<unknown>;
}

async function open(): Promise<Client> {
  const socket = new WebSocket(node.wsUrl, { maxPayload: 0 });
  const received: string[] = [];
  const waiting = new Map<number, (result: unknown) => void>();
  let ids = 0;
  socket.on('message', (raw) => {
    const text = String(raw);
    const { id, result } = JSON.parse(text);
    if (waiting.has(id)) waiting.get(id)?.(result);
    else received.push(text);
  });
  socket.on('error', () => {});
  await once(socket, 'open');
  const call = (method: string, params: unknown[] = []) =>
    new Promise((resolve) => {
      waiting.set(++ids, resolve);
      socket.send(JSON.stringify({ jsonrpc: '2.0', id: ids, method, params }));
    });
  return { socket, received, call };
}

const UPGRADE =
  'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';
const residentMb = () => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${node.pid}/status`, 'utf8'))?.[1]) / 1024;

describe('a client that', () => {
  it.each([
    ['bytes of chance', randomBytes(4096)],
    ['a frame without mask', Buffer.from([0x81, 0x02, 0x7b, 0x7d])],
    ['a frame with reserved bits', Buffer.from([0xf1, 0x80, 0, 0, 0, 0])],
    ['text that is not UTF-8', Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0xc3, 0x28])],
    ['a length of 2^63', Buffer.from([0x82, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])],
    ['a continuation of nothing', Buffer.from([0x80, 0x80, 0, 0, 0, 0])],
  ])('sends %s is cut off', async (_, bytes) => {
    const { socket, received, closed } = await openRaw(node.url);
    socket.write(UPGRADE);
    await expect.poll(received).toContain('101 Switching Protocols');
    socket.write(bytes);
    // The closing frame; some wait for ours before they close.
    await expect.poll(() => received().includes('\x88') || socket.destroyed).toBe(true);
    socket.destroy();
    await closed;
  });

  it('sends a handshake without key is told so', async () => {
    const { socket, received, closed } = await openRaw(node.url);
    socket.write(UPGRADE.replace(/Sec-WebSocket-Key.*\r\n/, ''));
    await closed;
    expect(received()).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('sends a message over the limit is closed with 1009', async () => {
    const { socket } = await open();
    socket.send('x'.repeat(11 * 1024 * 1024));
    const [code] = await once(socket, 'close');
    expect(code).toBe(1009);
  });

  it('sends text that is no JSON is told so, and may go on', async () => {
    const { socket, received, call } = await open();
    socket.send('{bad');
    expect(await call('net_version')).toBe('31337');
    expect(received.map((text) => JSON.parse(text).error.code)).toEqual([-32700]);
    socket.terminate();
  });

  it('leaves in the middle of a message does no harm', async () => {
    const { socket, received, closed } = await openRaw(node.url);
    socket.write(UPGRADE);
    await expect.poll(received).toContain('101 Switching Protocols');
    socket.write(Buffer.from([0x81, 0xfe, 0x10, 0x00, 0, 0, 0, 0, 0x7b]));
    socket.destroy();
    await closed;
  });
});

describe('a client that never reads', () => {
  const LOGGER = '0x00000000000000000000000000000000000000aa';
  const BLOCKS = 80;
  let from: string;
  beforeAll(async () => {
    [from] = (await node.rpc.call<string[]>('eth_accounts')) as [string];
    // LOG0 of 100 kB: 200 kB of text for whoever hears of it.
    await node.rpc.call('anvil_setCode', [LOGGER, '0x620190005fa0']);
  });

  it('what it is told of is cut off with a reason, and costs a bounded amount of memory', async () => {
    const slow = await open();
    for (let i = 0; i < 20; i++) await slow.call('eth_subscribe', ['logs', { address: LOGGER }]);
    const before = residentMb();
    slow.socket.pause();
    // 4 MB of notifications a block, 320 MB in all.
    for (let i = 0; i < BLOCKS; i++)
      await node.rpc.call('eth_sendTransaction', [{ from, to: LOGGER, gas: '0x1e8480' }]);
    expect(residentMb() - before).toBeLessThan(200);
    slow.socket.resume();
    const [code, reason] = await once(slow.socket, 'close');
    expect([code, String(reason)]).toEqual([1008, 'too many unread notifications']);
  });

  it('its answers is not asked for more, and costs a bounded amount of memory', async () => {
    const slow = await open();
    const before = residentMb();
    slow.socket.pause();
    // 8 MB an answer, 480 MB in all.
    const params = [{ fromBlock: 'earliest', toBlock: '0x28' }];
    for (let i = 0; i < 60; i++) void slow.call('eth_getLogs', params);
    await other.answered(100);
    expect(residentMb() - before).toBeLessThan(200);
    slow.socket.terminate();
  });
});

describe('many at once', () => {
  it('that subscribe and leave: nothing stays behind', async () => {
    for (let round = 0; round < 3; round++) {
      const clients = await Promise.all(Array.from({ length: 100 }, open));
      await Promise.all(clients.map(({ call }) => call('eth_subscribe', ['newHeads'])));
      const reader = clients[0] as Client;
      await node.rpc.call('evm_mine');
      await expect.poll(() => reader.received.length).toBe(1);
      for (const { socket } of clients) socket.terminate();
    }
  });

  it('that each hear only of what they asked for', async () => {
    const [heads, pending, nothing] = await Promise.all([open(), open(), open()]);
    const [headsId, pendingId] = await Promise.all([
      heads.call('eth_subscribe', ['newHeads']),
      pending.call('eth_subscribe', ['newPendingTransactions']),
    ]);
    await node.rpc.call('evm_mine');
    const [from] = await node.rpc.call<string[]>('eth_accounts');
    await node.rpc.call('eth_sendTransaction', [{ from, to: from }]);
    await expect.poll(() => heads.received.length).toBe(2);
    await expect.poll(() => pending.received.length).toBe(1);
    const idsOf = ({ received }: Client) => new Set(received.map((text) => JSON.parse(text).params.subscription));
    expect(idsOf(heads)).toEqual(new Set([headsId]));
    expect(idsOf(pending)).toEqual(new Set([pendingId]));
    expect(await nothing.call('net_version')).toBe('31337');
    expect(nothing.received).toEqual([]);
    for (const { socket } of [heads, pending, nothing]) socket.terminate();
  });
});
