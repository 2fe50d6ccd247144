import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket, WebSocketServer } from 'ws';

/** Closing code 1001: the server goes away. */
const GOING_AWAY = 1001;

/**
 * Takes over connections that become WebSockets. The library, with the compression it brings, is a good part of a node's
 * start, and most nodes never see a WebSocket: it is loaded with the first.
 */
export class SocketUpgrades {
  /** Bytes of one message, of connections from now on. */
  maxPayload: number;
  #server: Promise<WebSocketServer> | undefined;
  #clients: ReadonlySet<WebSocket> = new Set();
  #isClosed = false;

  constructor(options: { readonly maxPayload: number }) {
    this.maxPayload = options.maxPayload;
  }

  /** Finishes the handshake. @param serve gets the connection once it is open. */
  async upgrade(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    serve: (client: WebSocket) => void,
  ): Promise<void> {
    const destroy = (): void => {
      socket.destroy();
    };
    socket.on('error', destroy);
    this.#server ??= this.#open();
    const server = await this.#server;
    socket.off('error', destroy);
    if (this.#isClosed) destroy();
    else {
      server.options.maxPayload = this.maxPayload;
      server.handleUpgrade(request, socket, head, serve);
    }
  }

  /** Connections that are open. */
  get count(): number {
    return this.#clients.size;
  }

  /** Says goodbye to every client; none is taken over from now on. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const server = await this.#server;
    for (const client of server?.clients ?? []) client.close(GOING_AWAY, 'the node is closing');
    server?.close();
  }

  /** Ends the clients that did not answer the goodbye. */
  async cut(): Promise<void> {
    const server = await this.#server;
    for (const client of server?.clients ?? []) client.terminate();
  }

  async #open(): Promise<WebSocketServer> {
    const { WebSocketServer: Server } = await import('ws');
    const server = new Server({ noServer: true });
    this.#clients = server.clients;
    return server;
  }
}
