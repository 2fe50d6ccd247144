import { once } from 'node:events';
import { RpcError } from '@minichain/protocol';
import { WebSocket } from 'ws';
import { createRpc, type Rpc } from './createRpc.ts';
import { startServer } from './transports/server.ts';
import { CLIENT_VERSION, Counter, createOldWorld, createWorld, type Step, type Way } from './world.vectors.ts';

/** What a request was answered with, without its envelope. */
export type Reply = { readonly result: unknown } | { readonly error: Record<string, unknown> };

/** A world of its own, reached by one way. */
export interface OpenWay {
  /** Sends the steps one after the other and gathers the replies. */
  send(steps: readonly Step[]): Promise<Reply[]>;
  /** Runs something and takes back what it did to the chain. */
  restoring(run: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

type Send = OpenWay['send'];
type Message = { readonly id?: number; readonly jsonrpc: '2.0' } & Reply;

const requestOf = ([method, params]: Step, id: number) => ({ jsonrpc: '2.0', id, method, params });

function replyOf(message: Message): Reply {
  const { jsonrpc: _1, id: _2, ...reply } = message;
  return reply;
}

/** As JSON carries it: what is undefined is not there. */
const overTheWire = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

function inProcess(rpc: Rpc): Send {
  const connection = { push: () => {} };
  const ask = async ([method, params]: Step): Promise<Reply> => {
    try {
      return { result: overTheWire(await rpc.request(method, params, connection)) };
    } catch (error) {
      if (!(error instanceof RpcError)) throw error;
      return { error: overTheWire(error.toJSON()) as Record<string, unknown> };
    }
  };
  return async (steps) => {
    const replies: Reply[] = [];
    for (const step of steps) replies.push(await ask(step));
    return replies;
  };
}

async function post(url: string, body: unknown): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).json();
}

const overHttp =
  (url: string): Send =>
  async (steps) => {
    const replies: Reply[] = [];
    for (const [id, step] of steps.entries()) replies.push(replyOf((await post(url, requestOf(step, id))) as Message));
    return replies;
  };

const inOneBatch =
  (url: string): Send =>
  async (steps) =>
    ((await post(url, steps.map(requestOf))) as Message[]).map(replyOf);

async function overWebSocket(url: string): Promise<{ send: Send; close(): Promise<void> }> {
  const socket = new WebSocket(url.replace('http', 'ws'));
  await once(socket, 'open');
  const waiting = new Map<number, (reply: Reply) => void>();
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as Message;
    if (message.id !== undefined) waiting.get(message.id)?.(replyOf(message));
  });
  let next = 0;
  const ask = (step: Step): Promise<Reply> =>
    new Promise((resolve) => {
      const id = next++;
      waiting.set(id, resolve);
      socket.send(JSON.stringify(requestOf(step, id)));
    });
  return {
    send: async (steps) => {
      const replies: Reply[] = [];
      for (const step of steps) replies.push(await ask(step));
      return replies;
    },
    close: async () => {
      socket.close();
      await once(socket, 'close');
    },
  };
}

/** Makes a new world and opens a way to it. */
export async function openWay(way: Way, world: 'fresh' | 'old' = 'fresh'): Promise<OpenWay> {
  const counter = new Counter();
  const chain = await (world === 'old' ? createOldWorld : createWorld)(counter);
  const rpc = createRpc({ chain, clientVersion: CLIENT_VERSION });
  const server = way === 'in process' ? undefined : await startServer(rpc, { port: 0 });
  const socket = way === 'WebSocket' ? await overWebSocket(server?.url ?? '') : undefined;
  const url = server?.url ?? '';
  const send = {
    'in process': inProcess(rpc),
    HTTP: overHttp(url),
    batch: inOneBatch(url),
    WebSocket: socket?.send ?? overHttp(url),
  }[way];
  return {
    send,
    restoring: async (run) => {
      counter.restart();
      const id = await chain.snapshots.take();
      try {
        await run();
      } finally {
        await chain.snapshots.revert(id);
      }
    },
    close: async () => {
      await socket?.close();
      await server?.close();
      await chain.close();
    },
  };
}
