import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type AllowedOrigins, isHostAllowed, isOriginAllowed, pathOf } from './access.ts';
import type { Authorizer } from './authorization.ts';

/** Headers about the connection; a request stands without them. */
const HOP_HEADERS = new Set(['upgrade', 'connection', 'http2-settings']);

/**
 * A client may offer any upgrade (Java's offers HTTP/2 with every request), and means the request as it stands when
 * nobody takes the offer: the request is read again without it.
 */
export function declineUpgrade(server: Server, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const lines = [`${request.method} ${request.url} HTTP/${request.httpVersion}`];
  for (let i = 0; i < request.rawHeaders.length; i += 2) {
    const [name, value] = [request.rawHeaders[i] as string, request.rawHeaders[i + 1] as string];
    if (!HOP_HEADERS.has(name.toLowerCase())) lines.push(`${name}: ${value}`);
  }
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
  server.emit('connection', socket);
}

interface Access {
  readonly authorize?: Authorizer | undefined;
  readonly cors: AllowedOrigins;
  readonly allowedHosts: readonly string[];
}

function whyRefused(
  request: IncomingMessage,
  { cors, allowedHosts, authorize }: Access,
): [status: string, why: string] | undefined {
  const { host, origin } = request.headers;
  if (!isHostAllowed(host, allowedHosts)) {
    return ['403 Forbidden', `host "${host}" is not allowed; the node's --allowed-hosts names those that are`];
  }
  if (!isOriginAllowed(request.headers, cors)) {
    return ['403 Forbidden', `origin "${origin}" is not allowed; the node's --allow-origin names those that are`];
  }
  const stranger = authorize?.(request.headers.authorization);
  if (stranger !== undefined) return ['401 Unauthorized', `not authorized: ${stranger}`];
  return pathOf(request) === '/' ? undefined : ['404 Not Found', `no WebSocket at ${pathOf(request)}; it is at /`];
}

/** Ends a WebSocket handshake that must not succeed. @returns whether it did. */
export function isUpgradeRefused(request: IncomingMessage, socket: Duplex, access: Access): boolean {
  const refused = whyRefused(request, access);
  if (refused === undefined) return false;
  const [status, why] = refused;
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-type: text/plain\r\n\r\n${why}\n`);
  return true;
}
