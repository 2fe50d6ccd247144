import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Rpc } from '../createRpc.ts';
import { readPlainHead } from './plainHead.ts';
import { type RpcServer, type ServerOptions, startServer } from './server.ts';

const servers: RpcServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function start(answer: Rpc['answer'], options: ServerOptions = {}): Promise<RpcServer> {
  const rpc = { answer, health: () => ({ status: 'ok' }), disconnected: () => {} } as unknown as Rpc;
  const server = await startServer(rpc, { port: 0, ...options });
  servers.push(server);
  return server;
}

const HEAD = 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n';
const post = (body: string, more = ''): string =>
  `${HEAD}${more}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

/** What comes back for pieces that are sent one after the other, each when the one before was answered, until `done`. */
function talk(port: number, pieces: readonly string[], done: (text: string) => boolean): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    const rest = [...pieces];
    let text = '';
    const send = () => {
      const piece = rest.shift();
      if (piece !== undefined) socket.write(piece, 'utf8');
    };
    socket.on('connect', send);
    socket.on('data', (chunk) => {
      text += chunk.toString('utf8');
      send();
      if (done(text)) socket.destroy();
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(text));
  });
}

const count = (text: string, what: string): number => text.split(what).length - 1;
const echo: Rpc['answer'] = async (text) => text;
/** What differs from reply to reply. */
const settled = (text: string): string => text.replace(/Date: .*?\r\n/g, '').replace(/x-request-id: .*?\r\n/g, '');

describe('a plain request', () => {
  it('is answered byte by byte as node:http answers it', async () => {
    const { port } = await start(async () => '{"result":"ok"}');
    const plain = await talk(port, [post('{}')], (text) => text.endsWith('"}'));
    // An Origin is for node:http.
    const other = await talk(port, [post('{}', 'Origin: http://a\r\n')], (text) => text.endsWith('"}'));
    expect(settled(plain)).toBe(settled(other));
    expect(plain).toMatch(/\r\nDate: \w{3}, \d\d \w{3} \d{4} .* GMT\r\n/);
  });

  it('keeps the order of requests that come at once, and runs one at a time', async () => {
    let running = 0;
    const { port } = await start(async (text) => {
      running++;
      await new Promise((resolve) => setImmediate(resolve));
      expect(running--).toBe(1);
      return text;
    });
    const text = await talk(port, [post('"a"') + post('"b"') + post('"c"')], (seen) => seen.includes('"c"'));
    expect(text.match(/"[abc]"/g)).toEqual(['"a"', '"b"', '"c"']);
  });

  it('has its bytes counted, not its characters', async () => {
    const { port } = await start(echo);
    const text = await talk(port, [post('"grüße 🚀"')], (seen) => seen.includes('🚀"'));
    expect(text).toContain(`content-length: ${Buffer.byteLength('"grüße 🚀"')}\r\n`);
    expect(text).toContain('"grüße 🚀"');
  });

  it('that is a notification gets 204 without a body', async () => {
    const { port } = await start(async () => undefined);
    const text = await talk(port, [post('{}') + post('{}')], (seen) => count(seen, '204 No Content') === 2);
    expect(text).not.toContain('content-length');
  });

  it('is answered to a client that has nothing more to send', async () => {
    const { port } = await start(echo);
    const text = await new Promise<string>((resolve) => {
      let seen = '';
      const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () => socket.end(post('"last"')));
      socket.on('data', (chunk) => {
        seen += chunk;
      });
      socket.on('close', () => resolve(seen));
      socket.on('end', () => socket.end());
    });
    expect(text).toContain('"last"');
  });

  it('names the request as its client did, and is held to the rate', async () => {
    const { port } = await start(echo, { rateLimit: 1 });
    const pieces = [post('"a"', 'X-Request-Id: mine-1\r\n') + post('"b"', 'X-Request-Id: mine-2\r\n')];
    const text = await talk(port, pieces, (seen) => seen.includes('mine-2') && seen.includes('-32005'));
    expect(text).toContain('x-request-id: mine-1');
    expect(text).toMatch(/429 Too Many Requests[\s\S]*retry-after: 1[\s\S]*x-request-id: mine-2/);
  });
});

describe('any other request', () => {
  it.each([
    ['in pieces', [`${HEAD}Content-Le`, 'ngth: 3\r\n\r\n"x"']],
    ['whose body comes later', [`${HEAD}Content-Length: 3\r\n\r\n`, '"x"']],
  ])('%s is answered all the same', async (_name, [first, second]) => {
    const { port } = await start(echo);
    const text = await new Promise<string>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.setNoDelay(true);
        socket.write(first as string, () => setImmediate(() => socket.write(second as string)));
      });
      let seen = '';
      socket.on('data', (chunk) => {
        seen += chunk;
        if (seen.includes('"x"')) socket.destroy();
      });
      socket.on('error', reject);
      socket.on('close', () => resolve(seen));
    });
    expect(text).toMatch(/^HTTP\/1.1 200 OK/);
  });

  it.each([
    ['chunked', `${HEAD}Transfer-Encoding: chunked\r\n\r\n3\r\n"x"\r\n0\r\n\r\n`, '"x"'],
    ['for a page', 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n', 'minichain'],
    ['of another type', post('"x"').replace('application/json', 'text/plain'), '415'],
    ['for a strange host', post('"x"').replace('localhost', 'evil.example'), '403'],
    ['with two lengths', `${HEAD}Content-Length: 3\r\nContent-Length: 4\r\n\r\n"x"`, '400'],
    ['with a bad length', `${HEAD}Content-Length: +3\r\n\r\n"x"`, '400'],
  ])('%s finds node:http, also behind plain ones', async (_name, request, expected) => {
    const { port } = await start(echo);
    const text = await talk(port, [post('"first"'), request], (seen) => count(seen, 'HTTP/1.1 ') === 2);
    expect(text).toContain('"first"');
    expect(text.slice(text.lastIndexOf('HTTP/1.1 '))).toContain(expected);
  });

  it('over the limit of a body is refused with the limit', async () => {
    const { port } = await start(echo, { maxBodyBytes: 10 });
    const text = await talk(port, [post('"0123456789"')], (seen) => seen.includes('10 bytes'));
    expect(text).toMatch(/^HTTP\/1.1 413 /);
  });
});

describe('readPlainHead', () => {
  it.each([
    'GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1',
    'POST / HTTP/1.0\r\nHost: a\r\nContent-Length: 1',
    'POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1',
    'POST / HTTP/1.1\r\nContent-Length: 1',
    'POST / HTTP/1.1\r\nHost: a',
    'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n folded: b',
    'POST / HTTP/1.1\r\nHost: a\r\nContent-Length : 1',
    'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nConnection: close',
    'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nExpect: 100-continue',
    'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\nX: b',
  ])('leaves %j to node:http', (text) => {
    expect(readPlainHead(text)).toBeUndefined();
  });
});
