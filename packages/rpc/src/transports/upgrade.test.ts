import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { declineUpgrade, isUpgradeRefused } from './upgrade.ts';

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** A server that lets in one page, and answers any request with its body. @returns its port. */
async function start(): Promise<number> {
  const server = createServer((request, response) => request.pipe(response));
  const sockets = new WebSocketServer({ noServer: true });
  const access = { cors: ['http://page.example'], allowedHosts: [] };
  server.on('upgrade', (request, socket, head) => {
    if (request.headers.upgrade !== 'websocket') declineUpgrade(server, request, socket, head);
    else if (!isUpgradeRefused(request, socket, access)) sockets.handleUpgrade(request, socket, head, () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => {
    for (const client of sockets.clients) client.terminate();
    server.close();
    server.closeAllConnections();
  });
  return (server.address() as AddressInfo).port;
}

/** Everything that comes back for some bytes, until the other side closes. */
async function exchange(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
  });
  await once(socket, 'close');
  return text;
}

describe('a WebSocket handshake', () => {
  const greeting = (path: string, headers: readonly string[]) =>
    [
      `GET ${path} HTTP/1.1`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      ...headers,
      '\r\n',
    ].join('\r\n');

  it.each([
    ['/', ['Host: evil.example'], '403 Forbidden', 'host "evil.example" is not allowed'],
    ['/', ['Host: 127.0.0.1', 'Origin: http://evil.example'], '403 Forbidden', 'origin "http://evil.example" is not'],
    ['/elsewhere', ['Host: 127.0.0.1'], '404 Not Found', 'no WebSocket at /elsewhere; it is at /'],
  ])('is refused at %s with %j', async (path, headers, status, why) => {
    const reply = await exchange(await start(), greeting(path, headers));
    expect(reply).toContain(`HTTP/1.1 ${status}\r\n`);
    expect(reply).toContain(why);
  });

  it('succeeds for the listed origin, and for clients without one', async () => {
    const port = await start();
    for (const options of [{}, { origin: 'http://page.example' }]) {
      const client = new WebSocket(`ws://127.0.0.1:${port}`, options);
      await once(client, 'open');
      client.terminate();
    }
  });
});

it('answers a request that offers HTTP/2 as if it had not, body and later requests included', async () => {
  const request = (body: string, extra: string) =>
    `POST / HTTP/1.1\r\nHost: 127.0.0.1\r\n${extra}Content-Length: ${body.length}\r\n\r\n${body}`;
  const offer = 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n';
  const reply = await exchange(await start(), request('"one"', offer) + request('"two"', 'Connection: close\r\n'));
  expect(reply.match(/HTTP\/1.1 200 OK/g)).toHaveLength(2);
  expect(reply).toMatch(/"one"[\s\S]*"two"/);
});
