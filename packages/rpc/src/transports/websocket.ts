import type { RawData, WebSocket } from 'ws';
import type { Connection, SubscriptionMessage } from '../subscriptions.ts';

export interface WebSocketOptions {
  readonly maxBufferedBytes: number;
  /** Answers a message; undefined when there is nothing to say. */
  readonly answer: (text: string, connection: Connection) => Promise<string | undefined>;
  /** The connection takes no more notifications. */
  readonly closed: (connection: Connection) => void;
}

/** "Policy violation" of RFC 6455. */
const SLOW_READER = 1008;
/** Messages that may wait for their turn before the socket is no longer read. */
const MAX_WAITING = 64;

/**
 * Serves one WebSocket: messages in order, the reply before any notification it causes. Replies wait for a client that
 * reads slowly, and so do its next requests; notifications cannot wait, and end the connection.
 */
export function serveWebSocket(socket: WebSocket, options: WebSocketOptions): void {
  let held: SubscriptionMessage[] | undefined;
  let waiting = 0;
  let tail: Promise<void> = Promise.resolve();

  const notify = (notification: SubscriptionMessage): void => {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount <= options.maxBufferedBytes) {
      socket.send(JSON.stringify(notification));
      return;
    }
    options.closed(connection);
    socket.close(SLOW_READER, 'too many unread notifications');
  };
  const connection: Connection = {
    push: (notification) => {
      if (held === undefined) notify(notification);
      else held.push(notification);
    },
  };

  const reply = async (text: string): Promise<void> => {
    if (socket.readyState !== socket.OPEN) return;
    const sent = new Promise<void>((resolve) => socket.send(text, () => resolve()));
    if (socket.bufferedAmount > options.maxBufferedBytes) await sent;
  };

  const serve = async (raw: RawData): Promise<void> => {
    held = [];
    const text = await options.answer(String(raw), connection);
    const notifications = held;
    const sent = text === undefined ? undefined : reply(text);
    held = undefined;
    for (const notification of notifications) notify(notification);
    await sent;
    waiting--;
    if (socket.isPaused && waiting < MAX_WAITING) socket.resume();
  };

  socket.on('message', (raw) => {
    waiting++;
    if (waiting >= MAX_WAITING) socket.pause();
    tail = tail.then(() => serve(raw));
  });
  socket.on('close', () => {
    options.closed(connection);
    // What was sent before the end is still done, and may subscribe.
    void tail.then(() => options.closed(connection));
  });
  // A frame that breaks the protocol: ws says so to the client and closes.
  socket.on('error', () => {});
}
