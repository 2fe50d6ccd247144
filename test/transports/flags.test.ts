import { once } from 'node:events';
import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type RunningNode, startMinichain } from '../support/nodeProcess.ts';

const open: RunningNode[] = [];
afterEach(async () => {
  for (const node of open.splice(0)) await node.close();
});
const start = async (...flags: string[]): Promise<RunningNode> => {
  const node = await startMinichain(flags);
  open.push(node);
  return node;
};

const ORIGIN = 'http://page.example';
const BODY = '{"jsonrpc":"2.0","id":1,"method":"net_version"}';
const JSON_TYPE = { 'content-type': 'application/json' };

/** `fetch` sets Host and Origin by itself. */
function send(url: string, method: string, headers: Record<string, string>, body = ''): Promise<[number, Headers]> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers }, (incoming) => {
      incoming.resume();
      resolve([incoming.statusCode ?? 0, new Headers(incoming.headers as Record<string, string>)]);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** The status of the handshake; 101 when it succeeds. */
async function handshake(url: string, headers: Record<string, string>): Promise<number> {
  const socket = new WebSocket(url, { headers });
  const status = await Promise.race([
    once(socket, 'open').then(() => 101),
    once(socket, 'unexpected-response').then(([, { statusCode }]) => statusCode as number),
  ]);
  socket.on('error', () => {});
  socket.terminate();
  return status;
}

function corsNames(headers: Headers): string[] {
  const names: string[] = [];
  headers.forEach((_, name) => {
    names.push(name);
  });
  return names.filter((name) => name.startsWith('access-control-'));
}

describe('by default', () => {
  it('any page may ask, with an authorization header', async () => {
    const { url } = await start();
    const asked = {
      origin: ORIGIN,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    };
    const [status, preflight] = await send(url, 'OPTIONS', asked);
    expect([
      status,
      preflight.get('access-control-allow-origin'),
      preflight.get('access-control-allow-headers'),
    ]).toEqual([204, '*', 'authorization,content-type']);
    expect(preflight.get('access-control-allow-methods')).toContain('POST');
    const [, reply] = await send(url, 'POST', { ...JSON_TYPE, origin: ORIGIN, authorization: 'Bearer x' }, BODY);
    expect(reply.get('access-control-allow-origin')).toBe('*');
  });

  it('only names of this machine reach it', async () => {
    const { url, wsUrl } = await start();
    for (const [host, status] of [
      ['localhost', 200],
      ['127.0.0.1:8545', 200],
      ['evil.example', 403],
      ['evil.example:8545', 403],
    ] as const) {
      expect((await send(url, 'POST', { ...JSON_TYPE, host }, BODY))[0], host).toBe(status);
      expect(await handshake(wsUrl, { host }), host).toBe(status === 200 ? 101 : 403);
    }
  });
});

describe('--no-cors', () => {
  it('sends no CORS headers, and lets no page open a WebSocket', async () => {
    const { url, wsUrl } = await start('--no-cors');
    for (const method of ['OPTIONS', 'GET', 'POST']) {
      const [, headers] = await send(url, method, { ...JSON_TYPE, origin: ORIGIN }, method === 'POST' ? BODY : '');
      expect(corsNames(headers), method).toEqual([]);
    }
    expect(await handshake(wsUrl, { origin: ORIGIN })).toBe(403);
    expect(await handshake(wsUrl, {})).toBe(101);
  });
});

describe('--allow-origin', () => {
  it('lets in the pages it names', async () => {
    const { url, wsUrl } = await start('--allow-origin', `${ORIGIN},http://other.example`);
    for (const origin of [ORIGIN, 'http://other.example']) {
      const [, headers] = await send(url, 'POST', { ...JSON_TYPE, origin }, BODY);
      expect([headers.get('access-control-allow-origin'), headers.get('vary')]).toEqual([origin, 'Origin']);
      expect(await handshake(wsUrl, { origin })).toBe(101);
    }
    const [, headers] = await send(url, 'OPTIONS', { origin: 'http://evil.example' });
    expect(corsNames(headers)).toEqual([]);
    expect(await handshake(wsUrl, { origin: 'http://evil.example' })).toBe(403);
  });
});

describe('--allowed-hosts', () => {
  it('lets in the names it lists', async () => {
    const { url } = await start('--allowed-hosts', 'chain.internal,other.internal');
    expect((await send(url, 'POST', { ...JSON_TYPE, host: 'chain.internal:80' }, BODY))[0]).toBe(200);
    expect((await send(url, 'POST', { ...JSON_TYPE, host: 'evil.example' }, BODY))[0]).toBe(403);
  });
});

describe('--max-body-bytes and --max-batch', () => {
  it('set the limits of both transports', async () => {
    const { rpc, wsUrl } = await start('--max-body-bytes', '2000', '--max-batch', '2');
    expect((await rpc.post(`${BODY}${' '.repeat(2000)}`)).status).toBe(413);
    expect(JSON.parse((await rpc.post(`[${BODY},${BODY},${BODY}]`)).text).error).toEqual({
      code: -32005,
      message: 'batch too large: 3 requests, at most 2',
    });
    const socket = new WebSocket(wsUrl);
    await once(socket, 'open');
    socket.send(`${BODY}${' '.repeat(2000)}`);
    expect((await once(socket, 'close'))[0]).toBe(1009);
  });
});
