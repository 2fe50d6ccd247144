import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { Rpc } from '../createRpc.ts';
import { answerHttp } from './http.ts';
import { DEFAULT_LIMITS, isHostAllowed, type TransportLimits } from './limits.ts';
import { serveWebSocket } from './websocket.ts';

export interface ServerOptions extends Partial<TransportLimits> {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 8545; 0 lets the system choose. */
  readonly port?: number;
  /** Default `*`. */
  readonly cors?: '*' | readonly string[];
  /** Host names, besides localhost and IP addresses, under which the node may be reached. */
  readonly allowedHosts?: readonly string[];
}

export interface RpcServer {
  readonly host: string;
  readonly port: number;
  /** `http://host:port`. */
  readonly url: string;
  /** Ends every connection; done within a moment. */
  close(): Promise<void>;
}

/** The address cannot be listened on. `code` is the system's, such as EADDRINUSE. */
export class ListenError extends Error {
  readonly code: string;

  constructor(message: string, code: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

function listen(server: Server, host: string, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'the port is in use; choose another with --port' : error.message;
      reject(new ListenError(`cannot listen on ${host}:${port}: ${why}`, error.code ?? 'UNKNOWN', { cause: error }));
    });
    server.listen(port, host, () => resolve(server.address() as AddressInfo));
  });
}

/**
 * Serves JSON-RPC over HTTP and WebSocket on one port.
 * @throws ListenError.
 * @example const server = await startServer(rpc, { port: 0 })
 */
export async function startServer(rpc: Rpc, options: ServerOptions = {}): Promise<RpcServer> {
  const { host = '127.0.0.1', port = 8545, cors = '*', allowedHosts = [] } = options;
  const limits = { ...DEFAULT_LIMITS, ...options };
  const http = {
    cors,
    allowedHosts,
    maxBodyBytes: limits.maxBodyBytes,
    handle: (message: unknown) => rpc.handle(message),
    health: () => rpc.health(),
  };
  const server = createServer({ noDelay: true, keepAliveTimeout: 60_000 }, (request, response) => {
    void answerHttp(request, response, http);
  });
  server.requestTimeout = limits.requestTimeoutMs;
  server.headersTimeout = limits.requestTimeoutMs;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: limits.maxBodyBytes });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    if (!isHostAllowed(request.headers.host, allowedHosts)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) => {
      serveWebSocket(client, {
        maxBufferedBytes: limits.maxBufferedBytes,
        handle: (message, connection) => rpc.handle(message, connection),
        closed: (connection) => rpc.disconnected(connection),
      });
    });
  });
  const bound = await listen(server, host, port);
  const shown = host.includes(':') ? `[${host}]` : host;
  return {
    host,
    port: bound.port,
    url: `http://${shown}:${bound.port}`,
    close: () =>
      new Promise((resolve) => {
        for (const client of sockets.clients) client.terminate();
        sockets.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
