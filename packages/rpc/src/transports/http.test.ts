import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { answerHttp, type HttpOptions } from './http.ts';

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** A server whose answers are the texts it got. */
async function start(options: Partial<HttpOptions> = {}): Promise<string> {
  const all: HttpOptions = {
    cors: '*',
    allowedHosts: [],
    maxBodyBytes: 100,
    answer: async (text) => text,
    health: () => ({ status: 'ok' }),
    ...options,
  };
  const server = createServer((request, response) => void answerHttp(request, response, all));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const post = (url: string, body: BodyInit, type: string | undefined = 'application/json') =>
  fetch(url, { method: 'POST', body, headers: type === undefined ? {} : { 'content-type': type } });

describe('POST', () => {
  it.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON;charset=UTF-8'])(
    'takes %s',
    async (type) => {
      const reply = await post(await start(), '{"id":1}', type);
      expect([reply.status, reply.headers.get('content-type'), await reply.text()]).toEqual([
        200,
        'application/json',
        '{"id":1}',
      ]);
    },
  );

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', 'multipart/form-data; boundary=x'])(
    'refuses %s with a JSON error',
    async (type) => {
      const reply = await post(await start(), '{}', type);
      expect(reply.status).toBe(415);
      expect(await reply.json()).toEqual({
        jsonrpc: '2.0',
        id: null,
        error: { code: -32600, message: `content type must be application/json, got ${type}` },
      });
    },
  );

  it('refuses no content type at all, which a page can send without a preflight', async () => {
    const reply = await fetch(await start(), { method: 'POST', body: new Uint8Array([123, 125]) });
    expect([reply.status, (await reply.json()).error.message]).toEqual([
      415,
      'content type must be application/json, got none',
    ]);
  });

  it('refuses a body over the limit, and the connection stays good', async () => {
    const url = await start();
    const reply = await post(url, 'x'.repeat(3_000_000));
    expect([reply.status, (await reply.json()).error.message]).toEqual([
      413,
      "request body is over the limit of 100 bytes; the node's --max-body sets it",
    ]);
    expect((await post(url, '1')).status).toBe(200);
  });

  it('has no body where there is nothing to say', async () => {
    const reply = await post(await start({ answer: async () => undefined }), '{}');
    expect([reply.status, reply.headers.get('content-type'), await reply.text()]).toEqual([204, null, '']);
  });

  it('knows one path', async () => {
    const url = await start();
    expect((await post(`${url}/?key=1`, '1')).status).toBe(200);
    const reply = await post(`${url}/v1`, '1');
    expect([reply.status, (await reply.json()).error.message]).toEqual([404, 'no JSON-RPC at /v1; post to /']);
  });
});

describe('other methods', () => {
  it('GET / says what this is', async () => {
    const reply = await fetch(await start());
    expect([reply.status, await reply.text()]).toEqual([200, expect.stringContaining('Ethereum development chain')]);
  });

  it('GET /health tells', async () => {
    const reply = await fetch(`${await start()}/health`);
    expect([reply.status, await reply.json()]).toEqual([200, { status: 'ok' }]);
  });

  it('GET elsewhere is 404', async () => {
    expect((await fetch(`${await start()}/nowhere`)).status).toBe(404);
  });

  it('HEAD is GET without the body', async () => {
    const reply = await fetch(`${await start()}/health`, { method: 'HEAD' });
    expect([reply.status, reply.headers.get('content-length'), await reply.text()]).toEqual([200, '15', '']);
  });

  it.each(['PUT', 'DELETE', 'PATCH'])('%s is 405 and names those that are allowed', async (method) => {
    const reply = await fetch(await start(), { method });
    expect([reply.status, reply.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST, OPTIONS']);
    expect((await reply.json()).error.message).toBe(`method ${method} not allowed; send JSON-RPC by POST`);
  });

  it('OPTIONS is a preflight', async () => {
    const reply = await fetch(await start(), {
      method: 'OPTIONS',
      headers: { origin: 'http://page.example', 'access-control-request-headers': 'authorization' },
    });
    expect([reply.status, reply.headers.get('access-control-allow-headers')]).toEqual([204, 'authorization']);
  });
});

describe('pages', () => {
  const pages = {
    '/metrics': async () => ({ status: 200, contentType: 'text/plain; version=0.0.4', body: 'up 1\n' }),
    '/broken': () => {
      throw new Error('secret of the inside');
    },
  };

  it('are read by GET, never from a cache', async () => {
    const reply = await fetch(`${await start({ pages })}/metrics?x=1`);
    expect([reply.status, reply.headers.get('content-type'), reply.headers.get('cache-control')]).toEqual([
      ...[200, 'text/plain; version=0.0.4', 'no-store'],
    ]);
    expect(await reply.text()).toBe('up 1\n');
  });

  it('are named where somebody looks around', async () => {
    expect(await (await fetch(await start({ pages }))).text()).toContain('GET /health, /metrics, /broken');
  });

  it('say nothing of the inside when they break', async () => {
    const reply = await fetch(`${await start({ pages })}/broken`);
    expect([reply.status, await reply.text()]).toEqual([500, 'this could not be found out\n']);
  });

  it('are no others than those', async () => {
    const url = await start({ pages });
    for (const path of ['/constructor', '/__proto__', '/metrics/']) {
      expect((await fetch(`${url}${path}`)).status, path).toBe(404);
    }
  });
});

describe('request ids', () => {
  const ask = async (url: string, given?: string) => {
    const headers = { 'content-type': 'application/json', ...(given === undefined ? {} : { 'x-request-id': given }) };
    const reply = await fetch(url, { method: 'POST', headers, body: '{}' });
    return [reply.headers.get('x-request-id'), await reply.text()];
  };

  it('are the same in the answer and for who answers', async () => {
    const url = await start({ answer: async (_, id) => id });
    expect(await ask(url, 'checkout-17')).toEqual(['checkout-17', 'checkout-17']);
    const [first, inside] = await ask(url);
    expect(first).toMatch(/^[0-9a-f]{8}-\d+$/);
    expect(inside).toBe(first);
    expect((await ask(url))[0]).not.toBe(first);
  });

  it('are given to what is refused as well', async () => {
    const reply = await fetch(`${await start()}/nowhere`, { headers: { 'x-request-id': 'lost' } });
    expect(reply.headers.get('x-request-id')).toBe('lost');
  });
});

it('lets a page read errors too', async () => {
  const url = await start();
  for (const reply of [
    await post(url, '{}', 'text/plain'),
    await fetch(`${url}/nowhere`),
    await post(`${url}/x`, ''),
  ]) {
    expect(reply.headers.get('access-control-allow-origin')).toBe('*');
  }
});
