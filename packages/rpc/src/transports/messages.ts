import type { Connection } from '../subscriptions.ts';

/** A connection that carries messages both ways: a WebSocket of `ws`, or what looks like one. */
export interface MessageSocket {
  readonly readyState: number;
  readonly OPEN: number;
  /** Bytes that were sent and are not taken yet. */
  readonly bufferedAmount: number;
  readonly isPaused: boolean;
  send(text: string, taken?: () => void): void;
  close(code: number, reason: string): void;
  pause(): void;
  resume(): void;
  on(event: 'message', listener: (raw: unknown) => void): unknown;
  on(event: 'close' | 'error', listener: () => void): unknown;
}

export interface MessageOptions {
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
 * Serves one connection: messages in order, the reply before any notification it causes. Replies wait for a client that
 * reads slowly, and so do its next requests; notifications cannot wait, and end the connection.
 */
export function serveMessages(socket: MessageSocket, options: MessageOptions): void {
  let held: string[] | undefined;
  let heldBytes = 0;
  let waiting = 0;
  let tail: Promise<void> = Promise.resolve();

  const notify = (text: string): void => {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount <= options.maxBufferedBytes) {
      socket.send(text);
      return;
    }
    options.closed(connection);
    socket.close(SLOW_READER, 'too many unread notifications');
  };
  const release = (): void => {
    const texts = held ?? [];
    held = undefined;
    heldBytes = 0;
    for (const text of texts) notify(text);
  };
  const connection: Connection = {
    push: (notification) => {
      const text = JSON.stringify(notification);
      if (held === undefined) {
        notify(text);
        return;
      }
      held.push(text);
      heldBytes += text.length;
      // A request that takes so long has not caused all of them.
      if (heldBytes > options.maxBufferedBytes) release();
    },
  };

  const reply = async (text: string): Promise<void> => {
    if (socket.readyState !== socket.OPEN) return;
    const sent = new Promise<void>((resolve) => socket.send(text, () => resolve()));
    if (socket.bufferedAmount > options.maxBufferedBytes) await sent;
  };

  const serve = async (raw: unknown): Promise<void> => {
    held = [];
    const text = await options.answer(String(raw), connection);
    const sent = text === undefined ? undefined : reply(text);
    release();
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
