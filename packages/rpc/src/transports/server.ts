import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Rpc } from '../createRpc.ts';
import type { Meter } from '../dispatcher.ts';
import type { AllowedOrigins } from './access.ts';
import { authorizer } from './authorization.ts';
import { acceptsPlain, answerHttp, answerPlain, type HttpOptions } from './http.ts';
import { DEFAULT_LIMITS, type TransportLimits } from './limits.ts';
import { ListenError } from './listenError.ts';
import { serveMessages } from './messages.ts';
import type { Pages } from './pages.ts';
import { PlainConnection } from './plainConnection.ts';
import type { PlainHead } from './plainHead.ts';
import { RateLimiter, tooManyRequests } from './rateLimiter.ts';
import { requestIdFrom } from './requestId.ts';
import { SocketUpgrades } from './socketUpgrades.ts';
import { declineUpgrade, isUpgradeRefused } from './upgrade.ts';

export interface ServerOptions extends Partial<TransportLimits> {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 8545; 0 lets the system choose. */
  readonly port?: number;
  /** Origins whose pages may use the node: default `*`, all; an empty list is none. */
  readonly cors?: AllowedOrigins;
  /** Host names, besides localhost and IP addresses, under which the node may be reached. */
  readonly allowedHosts?: readonly string[];
  /** What JSON-RPC must bring to be answered: this token, or a JWT signed with it where it is 32 bytes in hex. Default: nothing. */
  readonly authToken?: string;
  /** Bytes from which answers go out by gzip to who accepts it; 0 for none. Default: 64 KiB, and to other machines only. */
  readonly compressAbove?: number;
  /** Namespaces (`eth`, `hardhat`, …) that are offered; left out: all. */
  readonly namespaces?: { readonly http?: readonly string[]; readonly ws?: readonly string[] };
}

/** Options that a running server takes over. */
export type LiveServerOptions = Pick<ServerOptions, 'cors' | 'allowedHosts' | 'maxBodyBytes' | 'rateLimit'>;

export interface RpcServer {
  readonly host: string;
  readonly port: number;
  /** `http://host:port`. */
  readonly url: string;
  /** Takes over who may use it and how much one may send, from the next request on; what is left out is the default. */
  change(options: LiveServerOptions): void;
  limits(): TransportLimits;
  /** How many connections are open now. */
  connections(): Promise<{ readonly http: number; readonly webSocket: number }>;
  /** Ends every connection; done within a moment. */
  close(): Promise<void>;
}

/** What to know about the commonest refusals of the system. */
const REFUSALS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the port is in use; choose another with --port, or any free one with --port 0',
  EACCES: 'the system does not allow it; ports below 1024 often need privileges',
  EADDRNOTAVAIL: 'this machine does not have that address',
  ENOTFOUND: 'there is no host of that name',
};

/** @param flag sets the port, for who has to choose another. @throws ListenError. */
export function listen(server: Server, host: string, port: number, flag = '--port'): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    // Stays for good: a process out of file descriptors reports here too, and goes on.
    server.on('error', (error: NodeJS.ErrnoException) => {
      const { code = 'UNKNOWN', message } = error;
      const why = (REFUSALS[code] ?? message).replaceAll('--port', flag);
      reject(new ListenError(`cannot listen on ${host}:${port}: ${why}`, code, { cause: error }));
    });
    server.listen(port, host, () => resolve(server.address() as AddressInfo));
  });
}

/** What each request is held to. */
function liveOptions(host: string, { cors = '*', allowedHosts = [], maxBodyBytes }: LiveServerOptions) {
  return { cors, allowedHosts: [host, ...allowedHosts], maxBodyBytes: maxBodyBytes ?? DEFAULT_LIMITS.maxBodyBytes };
}

/** Refuses the messages of a WebSocket that come too fast; by HTTP they are refused before they are read. */
const meterOf =
  (rate: RateLimiter, address: string): Meter =>
  (requests) => {
    const waitMs = rate.take(address);
    if (waitMs > 0) return tooManyRequests(rate.perSecond, waitMs);
    rate.charge(address, requests - 1);
    return undefined;
  };

async function connectionsOf(server: Server, { count }: SocketUpgrades): ReturnType<RpcServer['connections']> {
  const all = await new Promise<number>((resolve) => server.getConnections((_, open) => resolve(open ?? 0)));
  return { http: Math.max(0, all - count), webSocket: count };
}

/** How long what is under way at the end may still take. */
const CLOSING_MS = 200;

function closeAll(server: Server, sockets: SocketUpgrades, plain: ReadonlySet<PlainConnection>): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => {
      void sockets.cut();
      for (const connection of plain) connection.destroy();
      server.closeAllConnections();
    }, CLOSING_MS);
    void sockets.close();
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
    for (const connection of plain) connection.end();
  });
}

const KEEP_ALIVE_MS = 60_000;

/**
 * Stands before node:http: connections that send plain requests stay here.
 * @returns those that are here now.
 */
function servePlain(server: Server, http: HttpOptions, requestTimeoutMs: number): ReadonlySet<PlainConnection> {
  const open = new Set<PlainConnection>();
  const byNodeHttp = server.listeners('connection') as ((socket: Socket) => void)[];
  server.removeAllListeners('connection');
  server.on('connection', (socket: Socket) => {
    const handlers = {
      accepts: (head: PlainHead) => acceptsPlain(head, http),
      reply: (head: PlainHead, text: string, address: string) => answerPlain(head, text, address, http),
      handOver: () => {
        open.delete(connection);
        for (const listener of byNodeHttp) listener.call(server, socket);
      },
    };
    const connection = new PlainConnection(socket, handlers, { firstMs: requestTimeoutMs, keepAliveMs: KEEP_ALIVE_MS });
    open.add(connection);
    socket.once('close', () => open.delete(connection));
  });
  return open;
}

/**
 * Serves JSON-RPC over HTTP and WebSocket on one port.
 * @param pages what can be read by GET as well.
 * @throws ListenError.
 * @example const server = await startServer(rpc, { port: 0 })
 */
export async function startServer(rpc: Rpc, options: ServerOptions = {}, pages: Pages = {}): Promise<RpcServer> {
  const { host = '127.0.0.1', port = 8545 } = options;
  const limits = { ...DEFAULT_LIMITS, ...options };
  const rate = new RateLimiter(limits.rateLimit);
  const { http: byHttp, ws } = options.namespaces ?? {};
  const offered = { http: byHttp && new Set(byHttp), ws: ws && new Set(ws) };
  const http = {
    ...liveOptions(host, options),
    answer: (text: string, requestId: string, meter: Meter) =>
      rpc.answer(text, { requestId, meter, namespaces: offered.http }),
    authorize: options.authToken === undefined ? undefined : authorizer(options.authToken),
    compressAbove: options.compressAbove,
    rate,
    health: () => rpc.health(),
    pages,
  };
  const timeouts = {
    requestTimeout: limits.requestTimeoutMs,
    headersTimeout: limits.requestTimeoutMs,
    connectionsCheckingInterval: Math.min(limits.requestTimeoutMs, 5_000),
    keepAliveTimeout: KEEP_ALIVE_MS,
  };
  const server = createServer({ noDelay: true, ...timeouts }, (request, response) => {
    void answerHttp(request, response, http);
  });
  const plain = servePlain(server, http, limits.requestTimeoutMs);
  const sockets = new SocketUpgrades({ maxPayload: limits.maxBodyBytes });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (request.headers.upgrade?.toLowerCase() !== 'websocket') {
      declineUpgrade(server, request, socket, head);
      return;
    }
    if (isUpgradeRefused(request, socket, http)) return;
    void sockets.upgrade(request, socket, head, (client) => {
      const id = requestIdFrom(request.headers);
      let messages = 0;
      const address = request.socket.remoteAddress ?? '';
      serveMessages(client, {
        maxBufferedBytes: limits.maxBufferedBytes,
        answer: (text, connection) =>
          rpc.answer(text, {
            ...{ connection, requestId: `${id}.${++messages}`, meter: meterOf(rate, address) },
            namespaces: offered.ws,
          }),
        closed: (connection) => rpc.disconnected(connection),
      });
    });
  });
  const bound = await listen(server, host, port);
  const shown = host.includes(':') ? `[${host}]` : host;
  return {
    ...{ host, port: bound.port, url: `http://${shown}:${bound.port}` },
    change: (live) => {
      Object.assign(http, liveOptions(host, live));
      sockets.maxPayload = http.maxBodyBytes;
      rate.perSecond = live.rateLimit ?? DEFAULT_LIMITS.rateLimit;
    },
    limits: () => {
      const { requestTimeoutMs, maxBufferedBytes } = limits;
      return { maxBodyBytes: http.maxBodyBytes, requestTimeoutMs, maxBufferedBytes, rateLimit: rate.perSecond };
    },
    connections: () => connectionsOf(server, sockets),
    close: () => closeAll(server, sockets, plain),
  };
}
