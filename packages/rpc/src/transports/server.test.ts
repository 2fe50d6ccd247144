import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Rpc } from '../createRpc.ts';
import { ListenError } from './listenError.ts';
import { type RpcServer, type ServerOptions, startServer } from './server.ts';

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
    socket.write(
      'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
    const ended = once(socket, 'close');
    await server.close();
    await ended;
  });
});

it('serves both transports on one port', async () => {
  const { url } = await start();
  const client = new WebSocket(url.replace('http', 'ws'));
  await once(client, 'open');
  client.send('1');
  const [raw] = await once(client, 'message');
  const reply = await fetch(url, { method: 'POST', body: '2', headers: { 'content-type': 'application/json' } });
  expect([String(raw), await reply.text()]).toEqual(['1', '2']);
  client.terminate();
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

describe('a change while it runs', () => {
  const post = (url: string, body: string, headers: Record<string, string> = {}) =>
    fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });

  it('holds from the next request on, and what is left out is the default again', async () => {
    const { url, change } = await start({ cors: ['http://a'] });
    const allowed = async (origin: string) =>
      (await post(url, '{}', { origin })).headers.get('access-control-allow-origin');
    expect(await allowed('http://b')).toBeNull();
    change({ cors: ['http://b'], maxBodyBytes: 1024 });
    expect([await allowed('http://a'), await allowed('http://b')]).toEqual([null, 'http://b']);
    expect((await post(url, ' '.repeat(1025))).status).toBe(413);
    change({});
    expect(await allowed('http://a')).toBe('*');
    expect((await post(url, ' '.repeat(1025))).status).toBe(200);
  });

  it('holds for WebSockets that are opened later', async () => {
    const { url, change } = await start();
    const sendLong = async (client: WebSocket): Promise<unknown> => {
      if (client.readyState !== client.OPEN) await once(client, 'open');
      client.send(`"${'x'.repeat(2000)}"`);
      return Promise.race([
        once(client, 'message').then(() => 'answered'),
        once(client, 'close').then(([code]) => code),
      ]);
    };
    const early = new WebSocket(url.replace('http', 'ws'));
    expect(await sendLong(early)).toBe('answered');
    change({ maxBodyBytes: 1024 });
    expect(await sendLong(new WebSocket(url.replace('http', 'ws')))).toBe(1009);
    expect(await sendLong(early)).toBe('answered');
    early.close();
  });
});

describe('an auth token', () => {
  const AUTH = { authorization: 'Bearer let-me-in-please' };
  const post = (url: string, headers: Record<string, string>) =>
    fetch(url, { method: 'POST', body: '{"id":1}', headers: { 'content-type': 'application/json', ...headers } });

  it('is asked of every request, and health and preflights need none', async () => {
    const { url } = await start({ authToken: 'let-me-in-please' });
    const stranger = await post(url, {});
    expect([stranger.status, stranger.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect(await stranger.json()).toMatchObject({ error: { message: expect.stringContaining('not authorized') } });
    expect((await post(url, { authorization: 'Bearer wrong' })).status).toBe(401);
    expect(await (await post(url, AUTH)).json()).toEqual({ id: 1 });
    expect((await fetch(`${url}/health`)).status).toBe(200);
    expect((await fetch(url, { method: 'OPTIONS', headers: { origin: 'http://a' } })).status).toBe(204);
  });

  it('is asked of WebSockets', async () => {
    const { url } = await start({ authToken: 'let-me-in-please' });
    const refused = new WebSocket(url);
    refused.on('error', () => {});
    const [, { statusCode }] = (await once(refused, 'unexpected-response')) as [unknown, { statusCode: number }];
    expect(statusCode).toBe(401);
    const socket = new WebSocket(url, { headers: AUTH });
    await once(socket, 'open');
    socket.send('{"id":2}');
    expect(String((await once(socket, 'message'))[0])).toBe('{"id":2}');
    socket.close();
  });
});

describe('large answers', () => {
  const ask = (url: string, body: string, encoding: string): Promise<Response> =>
    fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json', 'accept-encoding': encoding } });
  const large = JSON.stringify({ text: 'minichain €'.repeat(1000) });

  it('go out compressed from a size on, to who accepts that, and are the same', async () => {
    const { url } = await start({ compressAbove: 1000 });
    const packed = await ask(url, large, 'gzip');
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(Number(packed.headers.get('content-length'))).toBeLessThan(1000);
    expect(await packed.text()).toBe(large);
    const [plain, small] = [await ask(url, large, 'identity'), await ask(url, '{"a":1}', 'gzip')];
    expect([plain.headers.get('content-encoding'), await plain.text()]).toEqual([null, large]);
    expect([small.headers.get('content-encoding'), await small.text()]).toEqual([null, '{"a":1}']);
  });

  it('do not by default where there is no network between', async () => {
    const { url } = await start();
    const reply = await ask(url, JSON.stringify('x'.repeat(200_000)), 'gzip');
    expect(reply.headers.get('content-encoding')).toBeNull();
  });
});

describe('namespaces', () => {
  it('are handed on by transport', async () => {
    const asked: unknown[] = [];
    const answer: Rpc['answer'] = async (text, source) => {
      asked.push(source?.namespaces && [...source.namespaces]);
      return text;
    };
    const { url } = await start({ namespaces: { ws: ['eth'] } }, answer);
    await fetch(url, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } });
    const socket = new WebSocket(url);
    await once(socket, 'open');
    socket.send('{}');
    await once(socket, 'message');
    socket.close();
    expect(asked).toEqual([undefined, ['eth']]);
  });
});
