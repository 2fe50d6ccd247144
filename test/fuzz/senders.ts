import { once } from 'node:events';
import { connect } from 'node:net';
import { WebSocket } from 'ws';
import { createJsonRpc } from '../support/jsonRpc.ts';

/** Sends any text as a message and waits for what comes back. */
export interface Sender {
  readonly transport: 'HTTP' | 'WebSocket' | 'IPC';
  /** @returns the answer; undefined where the message was so large that the connection was closed for it. */
  send(body: string): Promise<{ readonly status: number; readonly text: string } | undefined>;
  close(): void;
}

export function httpSender(url: string): Sender {
  const rpc = createJsonRpc(url);
  return { transport: 'HTTP', send: (body) => rpc.post(body), close: () => rpc.close() };
}

/** What a subscription tells is no answer. */
const isAnswer = (text: string): boolean => !/^\{"jsonrpc":"2\.0","method":/.test(text);

const TOO_LARGE = 1009;

/** One message at a time; a connection that was closed for a message is opened again for the next. */
export function webSocketSender(url: string): Sender {
  let socket: WebSocket | undefined;
  const open = async (): Promise<WebSocket> => {
    if (socket?.readyState === WebSocket.OPEN) return socket;
    socket = new WebSocket(url);
    await once(socket, 'open');
    return socket;
  };
  return {
    transport: 'WebSocket',
    send: async (body) => {
      const own = await open();
      return new Promise((resolve, reject) => {
        const settle = (): void => {
          own.off('message', hear).off('close', end);
        };
        const hear = (data: unknown): void => {
          const text = String(data);
          if (!isAnswer(text)) return;
          settle();
          resolve({ status: 200, text });
        };
        const end = (code: number): void => {
          settle();
          if (code === TOO_LARGE) resolve(undefined);
          else reject(new Error(`the WebSocket was closed with ${code} for ${body.slice(0, 400)}`));
        };
        own.on('message', hear).on('close', end);
        own.send(body);
      });
    },
    close: () => socket?.terminate(),
  };
}

/** Texts that are JSON, and one at a time: where a text ends that is none, nobody can tell. */
export function ipcSender(path: string): Sender {
  const socket = connect(path);
  let buffered = '';
  let waiting: ((text: string) => void) | undefined;
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    buffered += chunk;
    let end = buffered.indexOf('\n');
    while (end !== -1) {
      const line = buffered.slice(0, end);
      buffered = buffered.slice(end + 1);
      if (isAnswer(line)) waiting?.(line);
      end = buffered.indexOf('\n');
    }
  });
  return {
    transport: 'IPC',
    send: (body) =>
      new Promise((resolve) => {
        waiting = (text) => resolve({ status: 200, text });
        socket.write(`${body}\n`);
      }),
    close: () => socket.destroy(),
  };
}
