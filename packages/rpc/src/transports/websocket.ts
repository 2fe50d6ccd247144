import { RPC_CODES } from '@minichain/protocol';
import type { RawData, WebSocket } from 'ws';
import { failure } from '../dispatcher.ts';
import type { Connection } from '../subscriptions.ts';

export interface WebSocketOptions {
  readonly maxBufferedBytes: number;
  readonly handle: (message: unknown, connection: Connection) => Promise<unknown>;
  readonly closed: (connection: Connection) => void;
}

const SLOW_READER = 1008;

/**
 * Serves one WebSocket: messages in order, the reply before any notification it causes, and an end to a client that does
 * not read what it is sent.
 */
export function serveWebSocket(socket: WebSocket, options: WebSocketOptions): void {
  const send = (message: unknown): void => {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > options.maxBufferedBytes) {
      socket.close(SLOW_READER, 'client does not read its messages');
      return;
    }
    socket.send(JSON.stringify(message));
  };
  let held: unknown[] | undefined;
  const connection: Connection = {
    push: (notification) => {
      if (held === undefined) send(notification);
      else held.push(notification);
    },
  };
  const answer = async (raw: RawData): Promise<void> => {
    let message: unknown;
    try {
      message = JSON.parse(String(raw));
    } catch (error) {
      send(failure(null, RPC_CODES.parse, `parse error: ${(error as Error).message}`));
      return;
    }
    held = [];
    const reply = await options.handle(message, connection);
    if (reply !== undefined) send(reply);
    const waiting = held;
    held = undefined;
    for (const notification of waiting) send(notification);
  };
  let tail: Promise<void> = Promise.resolve();
  socket.on('message', (raw) => {
    tail = tail.then(() => answer(raw));
  });
  socket.on('close', () => options.closed(connection));
  socket.on('error', () => socket.terminate());
}
