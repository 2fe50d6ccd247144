import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { Connection } from '../subscriptions.ts';
import { type MessageOptions, serveMessages } from './messages.ts';

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

async function connect(options: Partial<MessageOptions> = {}): Promise<{ client: WebSocket; received: string[] }> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (socket) =>
    serveMessages(socket, { maxBufferedBytes: 1 << 20, answer: async (text) => text, closed: () => {}, ...options }),
  );
  await once(server, 'listening');
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  stops.push(() => {
    client.terminate();
    server.close();
  });
  const received: string[] = [];
  client.on('message', (raw) => received.push(String(raw)));
  await once(client, 'open');
  return { client, received };
}

const note = (result: unknown) =>
  ({ jsonrpc: '2.0', method: 'eth_subscription', params: { subscription: '0x1', result } }) as const;
const until = async (condition: () => boolean) => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
};

/** Waits until a value stands still. */
const settled = async (value: () => number) => {
  for (let last = Number.NaN, same = 0; same < 10; same = value() === last ? same + 1 : 0) {
    last = value();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

it('answers in the order of the questions, text or binary', async () => {
  const { client, received } = await connect({
    answer: async (text) => {
      for (let i = Number(text); i > 0; i--) await new Promise((resolve) => setImmediate(resolve));
      return text;
    },
  });
  client.send('9');
  client.send(Buffer.from('0'));
  client.send('3');
  await until(() => received.length === 3);
  expect(received).toEqual(['9', '0', '3']);
});

it('sends the reply before the notifications it causes, and says nothing where there is nothing to say', async () => {
  const { client, received } = await connect({
    answer: async (text, connection) => {
      connection.push(note(text));
      return text === 'quiet' ? undefined : 'reply';
    },
  });
  client.send('quiet');
  client.send('loud');
  await until(() => received.length === 3);
  expect(received).toEqual([JSON.stringify(note('quiet')), 'reply', JSON.stringify(note('loud'))]);
});

it('does not hold back notifications without end while a request takes long', async () => {
  let release: () => void = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const wide = note('x'.repeat(10_000));
  const { client, received } = await connect({
    maxBufferedBytes: 50_000,
    answer: async (_, connection) => {
      for (let i = 0; i < 6; i++) connection.push(wide);
      await gate;
      return 'reply';
    },
  });
  client.send('slow');
  await until(() => received.length === 6);
  release();
  await until(() => received.length === 7);
  expect(received[6]).toBe('reply');
});

it('ends a connection that does not read its notifications, and says why', async () => {
  let connection: Connection | undefined;
  let closed = 0;
  const { client } = await connect({
    answer: async (text, from) => {
      connection = from;
      return text;
    },
    closed: () => closed++,
  });
  client.send('hello');
  await until(() => connection !== undefined);
  client.pause();
  const wide = note('x'.repeat(100_000));
  let pushed = 0;
  while (closed === 0 && pushed < 10_000) {
    connection?.push(wide);
    if (++pushed % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  expect(closed).toBe(1);
  for (let i = 0; i < 100; i++) connection?.push(wide);
  client.resume();
  const [code, reason] = await once(client, 'close');
  expect([code, String(reason)]).toEqual([1008, 'too many unread notifications']);
});

it('lets a client that reads slowly have all its replies', async () => {
  const reply = 'x'.repeat(1_000_000);
  let answered = 0;
  const { client, received } = await connect({
    answer: async () => {
      answered++;
      return reply;
    },
  });
  client.pause();
  for (let i = 0; i < 60; i++) client.send('more');
  await settled(() => answered);
  expect(answered).toBeLessThan(60);
  client.resume();
  await until(() => received.length === 60);
  expect(client.readyState).toBe(WebSocket.OPEN);
});

it('does not read on while requests wait for their turn', async () => {
  let release: () => void = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { client, received } = await connect({
    answer: async () => {
      await gate;
      return 'done';
    },
  });
  const wide = 'x'.repeat(300_000);
  for (let i = 0; i < 150; i++) client.send(wide);
  await settled(() => client.bufferedAmount);
  // What the node does not take in stays with the sender.
  expect(client.bufferedAmount).toBeGreaterThan(10_000_000);
  release();
  await until(() => received.length === 150);
});

it('does what was sent before the end, then forgets the connection', async () => {
  const events: string[] = [];
  const { client } = await connect({
    answer: async (text) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      events.push(text);
      return text;
    },
    closed: () => events.push('closed'),
  });
  for (const text of ['1', '2', '3']) client.send(text);
  client.close();
  await until(() => events.filter((event) => event === 'closed').length === 2);
  expect(events.filter((event) => event !== 'closed')).toEqual(['1', '2', '3']);
  expect(events.at(-1)).toBe('closed');
});
