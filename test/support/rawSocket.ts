import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A connection on which any bytes can be sent, and what came back on it. */
export interface RawSocket {
  readonly socket: Socket;
  readonly received: () => string;
  /** Resolves when the other side is done, however it ends. */
  readonly closed: Promise<void>;
}

/** @example const { socket, closed } = await openRaw(node.url); socket.write('rubbish') */
export async function openRaw(url: string): Promise<RawSocket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let text = '';
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
  });
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  // Being cut off is among what these connections are for.
  socket.on('error', () => {});
  await once(socket, 'connect');
  return { socket, received: () => text, closed };
}
