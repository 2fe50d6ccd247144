import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Rpc } from '../createRpc.ts';
import { ListenError, type RpcServer, type ServerOptions, startServer } from './server.ts';

const servers: RpcServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function start(options: ServerOptions = {}, answer: Rpc['answer'] = async (text) => text): Promise<RpcServer> {
  const rpc = { answer, health: () => ({ status: 'ok' }), disconnected: () => {} } as unknown as Rpc;
  const server = await startServer(rpc, { port: 0, ...options });
  servers.push(server);
  return server;
}

/** Everything that comes back for some bytes, until the other side closes. */
function exchange(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(text));
  });
}

const upgrade = (headers: readonly string[]) =>
  [
    'GET / HTTP/1.1',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
    '\r\n',
  ].join('\r\n');

describe('listening', () => {
  it('tells the port that the system chose', async () => {
    const { port, url } = await start();
    expect(port).toBeGreaterThan(0);
    expect(url).toBe(`http://127.0.0.1:${port}`);
  });

  it('fails on a port in use with what to do', async () => {
    const { port } = await start();
    const error = await startServer({} as Rpc, { port }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ListenError);
    expect(error).toMatchObject({
      code: 'EADDRINUSE',
      message: `cannot listen on 127.0.0.1:${port}: the port is in use; choose another with --port, or any free one with --port 0`,
    });
  });
});

describe('the first WebSockets', () => {
  it('are taken over though the library loads only then', async () => {
    const { url } = await start();
    const clients = Array.from({ length: 3 }, () => new WebSocket(url.replace('http', 'ws')));
    await Promise.all(clients.map((client) => once(client, 'open')));
    for (const client of clients) client.close();
  });

  it('do not keep a node open that closes meanwhile', async () => {
    const server = await startServer({ disconnected: () => {} } as unknown as Rpc, { port: 0 });
    const socket = connect(server.port, '127.0.0.1').on('error', () => {});
    await once(socket, 'connect');
    socket.write(upgrade(['Host: 127.0.0.1']));
    const ended = once(socket, 'close');
    await server.close();
    await ended;
  });
});

describe('WebSocket handshake', () => {
  it.each([
    [['Host: evil.example'], '403 Forbidden', 'host "evil.example" is not allowed'],
    [
      ['Host: 127.0.0.1', 'Origin: http://evil.example'],
      '403 Forbidden',
      'origin "http://evil.example" is not allowed',
    ],
  ])('refuses %j', async (headers, status, why) => {
    const { port } = await start({ cors: ['http://page.example'] });
    const reply = await exchange(port, upgrade(headers));
    expect(reply).toContain(`HTTP/1.1 ${status}\r\n`);
    expect(reply).toContain(why);
  });

  it('lets in the listed origin, and clients without one', async () => {
    const { port } = await start({ cors: ['http://page.example'] });
    for (const options of [{}, { origin: 'http://page.example' }]) {
      const client = new WebSocket(`ws://127.0.0.1:${port}`, options);
      await once(client, 'open');
      client.terminate();
    }
  });

  it('is at / alone', async () => {
    const { port } = await start();
    const client = new WebSocket(`ws://127.0.0.1:${port}/elsewhere`);
    const [error] = await once(client, 'error');
    expect(String(error)).toContain('404');
  });
});

it('answers a request that offers HTTP/2 as if it had not, body and later requests included', async () => {
  const { port } = await start();
  const head = (body: string, extra = '') =>
    `POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n${extra}Content-Length: ${body.length}\r\n\r\n${body}`;
  const offer = 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n';
  const reply = await exchange(port, head('"one"', offer) + head('"two"', 'Connection: close\r\n'));
  expect(reply.match(/HTTP\/1.1 200 OK/g)).toHaveLength(2);
  expect(reply).toMatch(/"one"[\s\S]*"two"$/);
});

it('cuts a request that does not arrive in time', async () => {
  const { port } = await start({ requestTimeoutMs: 100 });
  for (const begun of [
    '',
    'POST / HT',
    'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
  ]) {
    expect(await exchange(port, begun)).toMatch(/^HTTP\/1.1 408 /);
  }
});

describe('close', () => {
  it('tells WebSockets why, and lets a request under way be answered', async () => {
    let begun: () => void = () => {};
    const underWay = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const server = await start({}, async (text) => {
      begun();
      await new Promise((resolve) => setTimeout(resolve, 50));
      return text;
    });
    const client = new WebSocket(server.url.replace('http', 'ws'));
    await once(client, 'open');
    const ended = once(client, 'close');
    const reply = fetch(server.url, { method: 'POST', body: '1', headers: { 'content-type': 'application/json' } });
    await underWay;
    await server.close();
    expect(await (await reply).text()).toBe('1');
    const [code, reason] = await ended;
    expect([code, String(reason)]).toEqual([1001, 'the node is closing']);
  });

  it('does not wait for what never ends', async () => {
    const server = await start({}, () => new Promise(() => {}));
    void fetch(server.url, { method: 'POST', body: '1', headers: { 'content-type': 'application/json' } }).catch(
      () => {},
    );
    const silent = connect(server.port, '127.0.0.1');
    silent.on('error', () => {});
    const client = new WebSocket(server.url.replace('http', 'ws'));
    client.on('error', () => {});
    await once(client, 'open');
    client.pause();
    const started = performance.now();
    await server.close();
    expect(performance.now() - started).toBeLessThan(1000);
    silent.destroy();
  });
});
